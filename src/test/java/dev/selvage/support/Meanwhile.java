package dev.selvage.support;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        return inTurn(database, written, List.of(change)).getFirst();
    }

    /** The same with several changes: each begins when those before it wait or are answered. */
    public static <T> List<T> inTurn(TestDatabase database, String written, List<Callable<T>> changes) {
        try (var callers = Executors.newFixedThreadPool(changes.size())) {
            var running = new ArrayList<Future<T>>();
            database.within("selvage_owner", connection -> {
                connection.createStatement().execute(written);
                for (var change : changes) {
                    running.add(callers.submit(change));
                    untilAllWait(connection, running);
                }
                return true;
            });
            var answers = new ArrayList<T>();
            for (var one : running) {
                answers.add(one.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS));
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until each of them waits for a lock of somebody's, or has been answered. */
    public static void untilAllWait(Connection connection, List<? extends Future<?>> running) throws SQLException {
        var deadline = Instant.now().plus(LONGEST_WAIT);
        while (running.stream().filter(one -> !one.isDone()).count() > waiting(connection)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("A change neither ended nor waited");
            }
            Thread.onSpinWait();
        }
    }

    private static int waiting(Connection connection) throws SQLException {
        // Within a transaction pg_stat_activity stays as it was when it was looked at first.
        return TestDatabase.query(
                        connection, "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted", row -> row.getInt(1))
                .getFirst();
    }
}
