package dev.selvage.kernel;

import io.netty.util.concurrent.EventExecutor;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * A session of one thread of the event loop, for what is over in a moment: such statements follow one another on it without
 * waiting for each other's answers, each a transaction of its own. Nothing is handed to another thread, and the server's
 * process is not woken for each of them.
 *
 * <p>While it is not there, or what runs on it takes longer than was thought, there is the pool. Only who came right behind
 * one that takes long waits for it.
 */
final class SharedSession {
    private static final Logger log = LoggerFactory.getLogger(SharedSession.class);

    /** Statements on their way at once. */
    private static final int MAX_UNANSWERED = 32;

    /** How long the one that is being answered may have taken. */
    private static final long PATIENCE = Duration.ofMillis(20).toNanos();

    /** What is not answered by now never will be: the server would have stopped it. */
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    /** As connections of the pool are, so that it comes to another server when the old one is to be left. */
    private static final long LIFE = Duration.ofMinutes(30).toNanos();

    /** As connections of the pool are: on the way there may be somebody who forgets those that say nothing. */
    private static final long IDLE = Duration.ofMinutes(5).toNanos();

    private static final Duration OPENING = Duration.ofSeconds(2);

    /** How long after a failure it is tried again. */
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final EventExecutor thread;
    private final ConnectionFactory driver;
    private @Nullable Connection connection;
    private @Nullable Session session;
    private long opened;
    private long used;
    private boolean opening;
    private boolean closed;

    private SharedSession(EventExecutor thread, ConnectionFactory driver) {
        this.thread = thread;
        this.driver = driver;
        this.opened = System.nanoTime() - LIFE;
    }

    /** One for each thread of an event loop. */
    static List<SharedSession> ofEach(LoopResources loops, ConnectionFactory driver) {
        var each = new ArrayList<SharedSession>();
        loops.onServer(LoopResources.DEFAULT_NATIVE).forEach(thread -> each.add(new SharedSession(thread, driver)));
        return each;
    }

    boolean isOfThisThread() {
        return thread.inEventLoop();
    }

    /** On its own thread only; null if it cannot be used now. */
    @Nullable
    Session session() {
        var current = session;
        if (current == null) {
            open();
            return null;
        }
        long now = System.nanoTime();
        long waiting = now - current.unansweredSince();
        boolean isBusy = current.unanswered() > 0;
        boolean isOld = now - opened > LIFE;
        if (!current.isOpen() || waiting > LONGEST || (!isBusy && (isOld || now - used > IDLE))) {
            leave();
            return null;
        }
        if (isOld || waiting > PATIENCE || current.unanswered() == MAX_UNANSWERED) {
            return null;
        }
        used = now;
        return current;
    }

    private void open() {
        if (opening || closed || System.nanoTime() - opened < PAUSE) {
            return;
        }
        opening = true;
        Mono.from(driver.create()).timeout(OPENING).subscribe(this::take, error -> {
            log.debug("No connection to share", error);
            thread.execute(this::failed);
        });
    }

    private void take(Connection fresh) {
        thread.execute(() -> {
            opening = false;
            opened = System.nanoTime();
            used = opened;
            var taken = Sessions.of(fresh);
            if (!taken.isOfThisThread()) {
                log.warn("Look-ups share no connection: the driver opens them on other threads");
                closed = true;
            }
            if (closed) {
                close(fresh);
            } else {
                connection = fresh;
                session = taken;
            }
        });
    }

    private void failed() {
        opening = false;
        opened = System.nanoTime();
    }

    private void leave() {
        if (connection != null) {
            close(connection);
        }
        connection = null;
        session = null;
    }

    /** For good. */
    void close() {
        thread.execute(() -> {
            closed = true;
            leave();
        });
    }

    private static void close(Connection connection) {
        Mono.from(connection.close()).subscribe(_ -> {}, error -> log.debug("It was closed already", error));
    }
}
