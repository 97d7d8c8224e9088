package dev.selvage.support;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** What tests of the database itself run on: the version that the product brings along, and the oldest. */
public enum PostgresVersion {
    EMBEDDED_18,
    PACKAGED_15;

    private static final Map<PostgresVersion, TestDatabase> MIGRATED = new ConcurrentHashMap<>();

    /** A machine without it leaves the test undecided, but not where CI decides. */
    public TestPostgres server() {
        if (this == EMBEDDED_18) {
            return TestPostgres.embedded18();
        }
        if (!TestPostgres.hasPackaged15()) {
            var message = "PostgreSQL 15 was not tried: Debian's package postgresql-15 is not on this machine.";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            Assumptions.abort(message);
        }
        return TestPostgres.packaged15();
    }

    /** A migrated database without rows, shared by those who leave it as it is. */
    public TestDatabase migrated() {
        return MIGRATED.computeIfAbsent(this, version -> version.server().database("migrated"));
    }
}
