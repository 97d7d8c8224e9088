package dev.selvage.changes;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * People who change fabrics at once, each their own, over connections of their own. Their transactions are of one statement or of
 * dozens, so that many begin long before others that are over sooner; one in ten is taken back, as is every eighth statement.
 */
final class ChangeWriters implements AutoCloseable {
    private static final int WRITERS = 16;
    private static final int FABRICS_OF_EACH = 40;
    private static final int NEW_AT_ONCE = 10;

    private final TestDatabase database;
    private final List<Future<List<String>>> work = new ArrayList<>();
    private final Semaphore turns = new Semaphore(0, true);
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    /** @param changes that all of them commit at least */
    ChangeWriters(TestDatabase database, int changes) {
        this.database = database;
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Callable<List<String>> write = () -> write(changes / WRITERS + 1, new Random(writer));
            work.add(threads.submit(write));
        }
    }

    /** Each transaction waits at its end, until somebody has read, so that reading goes on all the while. */
    void letEnd(int transactions) {
        turns.release(transactions);
    }

    boolean areDone() {
        return work.stream().allMatch(Future::isDone);
    }

    /** What they have committed, when they are done: {@link #change} for each row and statement. */
    List<String> committed() throws InterruptedException, ExecutionException {
        var committed = new ArrayList<String>();
        for (var writer : work) {
            committed.addAll(writer.get());
        }
        return committed;
    }

    static String change(ChangeKind kind, Object key) {
        return kind + " " + ChangeTopic.FABRIC.globalId(key.toString());
    }

    private List<String> write(int changes, Random random) throws SQLException, InterruptedException {
        var committed = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), "selvage_owner", "")) {
            connection.setAutoCommit(false);
            var fabrics = keys(FABRICS_OF_EACH, random);
            upsert(connection, fabrics);
            connection.commit();
            fabrics.forEach(key -> committed.add(change(ChangeKind.CREATED, key)));
            while (committed.size() < changes) {
                int statements = random.nextInt(20) == 0 ? 20 + random.nextInt(20) : 1 + random.nextInt(3);
                var changed = new ArrayList<String>();
                for (int i = 0; i < statements; i++) {
                    changed.addAll(change(connection, fabrics, random));
                }
                turns.acquire();
                if (random.nextInt(10) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.addAll(changed);
                }
            }
            return committed;
        }
    }

    private static List<UUID> keys(int number, Random random) {
        return random.longs(number)
                .mapToObj(bits -> new UUID(bits, random.nextLong()))
                .toList();
    }

    /** One statement, and what it changed. */
    private static List<String> change(Connection connection, List<UUID> fabrics, Random random) throws SQLException {
        var some = fabrics.subList(random.nextInt(FABRICS_OF_EACH), FABRICS_OF_EACH);
        var updated = some.stream().map(key -> change(ChangeKind.UPDATED, key));
        return switch (random.nextInt(8)) {
            case 0 -> {
                var before = connection.setSavepoint();
                update(connection, some, 1);
                connection.rollback(before);
                yield List.of();
            }
            case 1 -> {
                update(connection, some, 0);
                yield List.of();
            }
            case 2 -> {
                var both = new ArrayList<>(keys(NEW_AT_ONCE, random));
                var created = both.stream()
                        .map(key -> change(ChangeKind.CREATED, key))
                        .toList();
                both.addAll(some);
                upsert(connection, both);
                var changed = new ArrayList<>(created);
                updated.forEach(changed::add);
                yield changed;
            }
            default -> {
                update(connection, some, 1);
                yield updated.toList();
            }
        };
    }

    private static void update(Connection connection, List<UUID> keys, int by) throws SQLException {
        execute(connection, "UPDATE fabrics SET stock_quantity = stock_quantity + " + by + " WHERE id = ANY (?)", keys);
    }

    private static void upsert(Connection connection, List<UUID> keys) throws SQLException {
        execute(connection, """
                INSERT INTO fabrics (id, name, category, price)
                SELECT id, 'Linen', 'linen', 1 FROM unnest(?) id
                    ON CONFLICT (id) DO UPDATE SET stock_quantity = fabrics.stock_quantity + 1
                """, keys);
    }

    private static void execute(Connection connection, String sql, List<UUID> keys) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
