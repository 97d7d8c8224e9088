package dev.selvage.kernel;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What the database tells those who listen, over a connection of their own. */
@Component
public final class Notifications {
    private static final Logger log = LoggerFactory.getLogger(Notifications.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ConnectionFactory driver;

    Notifications(ConnectionFactory pool) {
        this.driver = Sessions.unpooled(pool);
    }

    /**
     * An element for each time that something was told, and one whenever it begins to listen, also after the connection was lost:
     * what was told meanwhile nobody knows. It neither ends nor fails.
     *
     * @param channel a name that needs no quotes
     */
    public Flux<String> of(String channel) {
        return Flux.usingWhen(driver.create(), connection -> listen(connection, channel), Connection::close)
                // A connection that ends is as good as one that fails.
                .concatWith(Mono.error(() -> new IllegalStateException("The connection was closed")))
                .doOnError(why -> log.warn("Nobody listens to {} for a moment: {}", channel, why.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true));
    }

    private static Flux<String> listen(Connection connection, String channel) {
        var told = Sessions.postgres(connection).getNotifications().map(Notification::getName);
        var listening = Flux.from(
                        connection.createStatement("LISTEN " + channel).execute())
                .flatMap(result -> result.getRowsUpdated())
                .then(Mono.just(channel));
        // Listened to before anything can be told.
        return Flux.merge(told, listening);
    }
}
