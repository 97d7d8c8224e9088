package dev.selvage.changes;

import dev.selvage.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;

/** Changes are told when no older transaction runs any more; PostgreSQL's own work has short ones. */
final class Settled {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Settled() {}

    /** Waits until everything that is committed by now is told. */
    static void await(TestDatabase database) {
        var now = database.query("SELECT pg_current_xact_id()::text", row -> row.getString(1))
                .getFirst();
        var end = Instant.now().plus(PATIENCE);
        while (!database.query(
                        "SELECT pg_snapshot_xmin(pg_current_snapshot()) > ?::xid8", row -> row.getBoolean(1), now)
                .getFirst()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("A transaction goes on for longer than " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }
}
