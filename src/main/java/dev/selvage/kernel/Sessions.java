package dev.selvage.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Wrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
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
    private final List<SharedSession> shared;
    private volatile boolean running = true;

    @Autowired
    Sessions(ConnectionFactory pool, ReactorResourceFactory resources) {
        this(Mono.from(pool.create()), SharedSession.ofEach(resources.getLoopResources(), unpooled(pool)));
    }

    Sessions(Mono<Connection> pool, List<SharedSession> shared) {
        this.pool = pool;
        this.shared = shared;
    }

    /** What the pool has its connections from. */
    private static ConnectionFactory unpooled(ConnectionFactory pool) {
        return pool instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof ConnectionFactory driver
                ? driver
                : pool;
    }

    /** A connection for one borrower, to be closed. */
    Mono<Connection> lend() {
        return pool;
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
