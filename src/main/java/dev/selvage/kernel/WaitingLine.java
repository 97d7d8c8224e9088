package dev.selvage.kernel;

import io.r2dbc.spi.R2dbcTransientResourceException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Those who wait for a connection. Whoever would wait too long is turned away at once: to find that out only after the waiting
 * would have cost them the time, and the gateway the work.
 */
final class WaitingLine {
    /** The line is foreseen from what was, which may be wrong by this much. */
    private static final int CAUTION = 2;

    /** Of how many borrowers the mean is taken, about. */
    private static final int REMEMBERED = 16;

    /** Nanoseconds for which it says something that connections were lent for so long: then others ask for other things. */
    private static final long WORTH_KNOWING = Duration.ofSeconds(5).toNanos();

    private final int connections;
    private final long longestWait;

    /** Those who wait, and those who have a connection. */
    private final AtomicInteger inside = new AtomicInteger();

    private final AtomicLong turnedAway = new AtomicLong();

    /** Nanoseconds for which a connection was lent of late; written without care, for it is a guess. */
    private volatile long lentFor;

    /** When that was last found out. */
    private volatile long knownAt = System.nanoTime();

    /**
     * @param connections that there are in all
     * @param longestWait nanoseconds
     */
    WaitingLine(int connections, long longestWait) {
        this.connections = connections;
        this.longestWait = longestWait;
    }

    /**
     * Waits for what comes free.
     *
     * <p>Errors: {@link TurnedAway}.
     */
    <T> Mono<T> join(Mono<T> free) {
        return Mono.defer(() -> {
            int ahead = inside.get() - connections;
            if (ahead > 0 && ahead * expected() / connections > longestWait / CAUTION) {
                turnedAway.incrementAndGet();
                return Mono.error(new TurnedAway());
            }
            inside.incrementAndGet();
            return free.doOnError(_ -> inside.decrementAndGet()).doOnCancel(inside::decrementAndGet);
        });
    }

    private long expected() {
        return System.nanoTime() - knownAt < WORTH_KNOWING ? lentFor : 0;
    }

    /** To be said of each that came free, when it has been given back: after how many nanoseconds. */
    void wasLentFor(long nanos) {
        inside.decrementAndGet();
        long before = lentFor;
        lentFor = before + (nanos - before) / REMEMBERED;
        knownAt = System.nanoTime();
    }

    /** How many wait for others now, about. */
    int waiting() {
        return Math.max(0, inside.get() - connections);
    }

    /** How many have been turned away so far. */
    long turnedAway() {
        return turnedAway.get();
    }

    /** There are too many before this one. */
    static final class TurnedAway extends R2dbcTransientResourceException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        /** There are many of them when there is no time for stack traces. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
