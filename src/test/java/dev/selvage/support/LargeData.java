package dev.selvage.support;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Databases filled by {@code large-data.sql}, one a server, which all tests share: nobody writes to them. */
public final class LargeData {
    private static final class On18 {
        static final TestDatabase DATABASE = filled(TestPostgres.embedded18());
    }

    private static final class On15 {
        static final TestDatabase DATABASE = filled(TestPostgres.packaged15());
    }

    private LargeData() {}

    /** On PostgreSQL 18. */
    public static TestDatabase on18() {
        return On18.DATABASE;
    }

    /** On PostgreSQL 15, where {@link TestPostgres#hasPackaged15()}. */
    public static TestDatabase on15() {
        return On15.DATABASE;
    }

    private static TestDatabase filled(TestPostgres server) {
        var database = server.database("large");
        database.execute("selvage_owner", TestPostgres.resource("large-data.sql"));
        // What autovacuum would do some time later, so that plans are the same whenever they are made.
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), "selvage_owner", "");
                var statement = connection.createStatement()) {
            statement.execute("VACUUM (FREEZE, ANALYZE)"
                    + " users, consignors, events, event_registrations, fabrics, orders, inventory_items,"
                    + " content_calendar, analytics, changes");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }
}
