package dev.selvage.shop;

import static java.util.stream.Collectors.joining;

import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** What stands in every table at a moment: how many rows, and a sum over all that is in them. */
final class Snapshot {
    private static final String TABLES = """
            SELECT relname FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'
            """;

    private final String sql;

    /** @param connection one that sees all rows */
    Snapshot(Connection connection) throws SQLException {
        sql = TestDatabase.query(connection, TABLES, row -> row.getString(1)).stream()
                .map(Snapshot::ofTable)
                .collect(joining(" UNION ALL "));
    }

    private static String ofTable(String table) {
        // Entries are added and never changed, and there are soon more of them than of all else.
        return table.equals("changes")
                ? "SELECT 'changes', concat_ws(' ', count(*), max(id)) FROM changes"
                : "SELECT '%1$s', concat_ws(' ', count(*), sum(hashtextextended(%1$s::text, 0))) FROM %1$s"
                        .formatted(table);
    }

    Map<String, String> take(Connection connection) throws SQLException {
        var tables = new TreeMap<String, String>();
        TestDatabase.query(connection, sql, row -> tables.put(row.getString(1), row.getString(2)));
        return tables;
    }
}
