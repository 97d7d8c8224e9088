package dev.selvage.support;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What somebody else has written and not committed yet, while a caller's change is under way. */
public final class Meanwhile {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private Meanwhile() {}

    /**
     * Writes, lets the change run until it waits for what was written, commits, and has the change's answer. A change that does
     * not wait is answered before the commit.
     *
     * @param written one or more statements, as the owner
     */
    public static <T> T of(TestDatabase database, String written, Callable<T> change) {
        try (var callers = Executors.newSingleThreadExecutor()) {
            var answer = database.within("selvage_owner", connection -> {
                connection.createStatement().execute(written);
                var running = callers.submit(change);
                untilItWaits(connection, running);
                return running;
            });
            return answer.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void untilItWaits(Connection connection, Future<?> running) throws SQLException {
        var deadline = Instant.now().plus(LONGEST_WAIT);
        while (!running.isDone() && !isWaitedFor(connection)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The change neither ended nor waited");
            }
            Thread.onSpinWait();
        }
    }

    private static boolean isWaitedFor(Connection connection) throws SQLException {
        return TestDatabase.query(
                        connection,
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))",
                        row -> row.getBoolean(1))
                .getFirst();
    }
}
