package dev.selvage.budgets;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection to Redis, opened when it is first needed, and again whenever it was lost. */
final class RedisConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);
    private static final Duration OPENING = Duration.ofSeconds(1);

    /** After an opening that failed, how long it is not tried. */
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final RedisURI address;
    private final RedisClient client;
    private final AtomicBoolean opening = new AtomicBoolean();
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private volatile long tried = System.nanoTime() - PAUSE;

    /** @param url such as {@code redis://:password@cache.example.com:6379}, {@code rediss://} with TLS */
    RedisConnection(String url) {
        this.address = RedisURI.create(url);
        this.client = RedisClient.create(address);
        client.setOptions(ClientOptions.builder()
                // What waits for a server that is away would be answered too late for anybody.
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(OPENING).build())
                .build());
    }

    /** The connection; null while there is none. Nobody waits for it. */
    @Nullable
    StatefulRedisConnection<byte[], byte[]> current() {
        var open = connection;
        if (open == null) {
            open();
        }
        return open == null || !open.isOpen() ? null : open;
    }

    boolean isOpen() {
        var open = connection;
        return open != null && open.isOpen();
    }

    private void open() {
        if (System.nanoTime() - tried < PAUSE || !opening.compareAndSet(false, true)) {
            return;
        }
        var _ = client.connectAsync(ByteArrayCodec.INSTANCE, address).whenComplete((opened, why) -> {
            tried = System.nanoTime();
            if (opened == null) {
                log.warn("Redis cannot be reached at {}: {}", address.getHost(), String.valueOf(why));
            } else {
                connection = opened;
            }
            opening.set(false);
        });
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, OPENING);
    }
}
