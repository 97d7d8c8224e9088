package dev.selvage.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where operations get a session from: one that the pool lends to them alone, or one that is shared. */
@Component
final class Sessions implements SmartLifecycle {
    private static final Cache<PostgresqlConnection, Session> KNOWN =
            Caffeine.newBuilder().weakKeys().build();

    private final Mono<Connection> pool;
    private final WaitingLine line;
    private final List<SharedSession> shared;
    private volatile boolean running = true;

    /**
     * @param connections that the pool may have
     * @param longestWait for one of them
     */
    @Autowired
    Sessions(
            ConnectionFactory pool,
            ReactorResourceFactory resources,
            MeterRegistry metrics,
            @Value("${spring.r2dbc.pool.max-size}") int connections,
            @Value("${spring.r2dbc.pool.max-acquire-time}") Duration longestWait) {
        this(
                Mono.from(pool.create()),
                new WaitingLine(connections, longestWait.toNanos()),
                SharedSession.ofEach(resources.getLoopResources(), unpooled(pool)));
        Gauge.builder("selvage.connections.waiting", line, WaitingLine::waiting)
                .description("Operations that wait for a database connection")
                .register(metrics);
        FunctionCounter.builder("selvage.connections.turned.away", line, WaitingLine::turnedAway)
                .description("Operations that would have waited too long for a database connection")
                .register(metrics);
    }

    Sessions(Mono<Connection> pool, WaitingLine line, List<SharedSession> shared) {
        this.pool = line.join(pool);
        this.line = line;
        this.shared = shared;
    }

    /** What the pool has its connections from. */
    static ConnectionFactory unpooled(ConnectionFactory pool) {
        return pool instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof ConnectionFactory driver
                ? driver
                : pool;
    }

    /** A connection for one borrower, to be closed. */
    Mono<Connection> lend() {
        return pool;
    }

    /** To be said of each that was lent, when it has been given back: after how many nanoseconds. */
    void wasLentFor(long nanos) {
        line.wasLentFor(nanos);
    }

    /** The session that is shared by all that runs on this thread, unless it is busy or not there. */
    @Nullable
    Session shared() {
        for (var one : shared) {
            if (one.isOfThisThread()) {
                return one.session();
            }
        }
        return null;
    }

    @Override
    public void start() {
        // Each is opened when it is first asked for.
    }

    @Override
    public void stop() {
        running = false;
        shared.forEach(SharedSession::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before their threads are stopped. */
    @Override
    public int getPhase() {
        return 1;
    }

    /** The session of a connection. */
    static Session of(Connection connection) {
        return KNOWN.get(postgres(connection), Sessions::open);
    }

    /** The driver's connection behind one that was lent by the pool. */
    static PostgresqlConnection postgres(Connection lent) {
        return switch (lent) {
            case PostgresqlConnection connection -> connection;
            case Wrapped<?> wrapped when wrapped.unwrap() instanceof PostgresqlConnection connection -> connection;
            default -> throw new IllegalStateException("Not a connection of r2dbc-postgresql: " + lent);
        };
    }

    private static Session open(PostgresqlConnection connection) {
        var channel = DriversChannel.of(connection);
        // Behind what decrypts, and before what takes the driver's messages apart.
        var driver = channel.pipeline().context(LengthFieldBasedFrameDecoder.class);
        if (driver == null) {
            throw new R2dbcNonTransientResourceException("The connection was lost", Session.CONNECTION_FAILURE);
        }
        var session = new Session(channel);
        channel.pipeline().addBefore(driver.name(), "selvage.session", session);
        return session;
    }
}
