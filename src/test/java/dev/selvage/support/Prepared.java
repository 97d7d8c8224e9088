package dev.selvage.support;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A statement prepared on a connection as the gateway's driver does it: with the text as it is, and each value of the type
 * that the driver gives it.
 */
public final class Prepared implements AutoCloseable {
    /** A server goes over to one plan for all values after five for these, if that is no dearer. */
    private static final int PLANS_FOR_VALUES = 5;

    private final Connection connection;
    private final String values;

    private Prepared(Connection connection, String values) {
        this.connection = connection;
        this.values = values;
    }

    public static Prepared of(Connection connection, String text, List<Object> values) throws SQLException {
        return of(connection, text, values, false);
    }

    /** @param plannedForItsValues whether the server is told to plan it anew for each values */
    public static Prepared of(Connection connection, String text, List<Object> values, boolean plannedForItsValues)
            throws SQLException {
        execute(connection, "SET LOCAL plan_cache_mode = " + (plannedForItsValues ? "force_custom_plan" : "auto"));
        var types = values.stream().map(Prepared::type).collect(Collectors.joining(", "));
        execute(connection, "PREPARE asked" + (types.isEmpty() ? "" : " (" + types + ")") + " AS " + text);
        var literals = values.stream().map(Prepared::literal).collect(Collectors.joining(", "));
        return new Prepared(connection, literals.isEmpty() ? "" : "(" + literals + ")");
    }

    /** One whose types the server finds, and whose values are some of each type. */
    public static Prepared inferred(Connection connection, String text) throws SQLException {
        execute(connection, "PREPARE asked AS " + text);
        var types = TestDatabase.query(
                connection,
                "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'asked'",
                row -> row.getString(1));
        var values = types.stream().map(Prepared::some).collect(Collectors.joining(", ", "(", ")"));
        return new Prepared(connection, types.isEmpty() ? "" : values);
    }

    private static String some(String type) {
        return switch (type) {
            case "bigint[]", "integer[]" -> "'{1,2,3,17,50,99,100,150,400}'";
            case "uuid" -> "'01970000-0001-7000-8000-000000000001'";
            case "uuid[]" -> "'{01970000-0001-7000-8000-000000000001,01970000-0001-7000-8000-000000000002}'";
            case "text[]" -> "'{2000000000015,admin@example.com,consignor@example.com}'";
            // JSON as well.
            case "text" -> "'20'";
            case "date" -> "'2026-01-01'";
            case "timestamp with time zone" -> "'2026-01-01T00:00:00Z'";
            case "integer", "bigint", "numeric" -> "20";
            case "real" -> "0.1";
            case "boolean" -> "false";
            default -> throw new IllegalStateException("No value of " + type);
        };
    }

    /** One that was prepared and could not be closed, because its transaction had failed. */
    public static void forget(Connection connection) throws SQLException {
        execute(connection, "DEALLOCATE ALL");
    }

    /** How it would run. */
    public Plan plan() throws SQLException {
        return explain("");
    }

    /** How it ran. */
    public Plan run() throws SQLException {
        return explain("ANALYZE, BUFFERS, TIMING OFF, ");
    }

    /** The plan for these values, and the one that the server settles on. */
    public List<Plan> plans() throws SQLException {
        var first = plan();
        settle();
        return List.of(first, plan());
    }

    /** The same, run. */
    public List<Plan> runs() throws SQLException {
        var first = run();
        settle();
        return List.of(first, run());
    }

    private void settle() throws SQLException {
        for (int i = 1; i < PLANS_FOR_VALUES; i++) {
            plan();
        }
    }

    /** Its rows. */
    public <T> List<T> rows(TestDatabase.RowReader<T> reader) throws SQLException {
        return TestDatabase.query(connection, "EXECUTE asked" + values, reader);
    }

    private Plan explain(String options) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("EXPLAIN (" + options + "FORMAT JSON) EXECUTE asked" + values)) {
            rows.next();
            return Plan.read(rows.getString(1));
        }
    }

    @Override
    public void close() throws SQLException {
        execute(connection, "DEALLOCATE asked");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String type(Object value) {
        return switch (value) {
            case Object[] array -> type(array[0]) + "[]";
            case Long _ -> "bigint";
            case Integer _ -> "int";
            case UUID _ -> "uuid";
            case java.time.Instant _ -> "timestamptz";
            case java.time.LocalDate _ -> "date";
            case Boolean _ -> "bool";
            default -> "varchar";
        };
    }

    private static String literal(Object value) {
        return switch (value) {
            case Object[] array ->
                "'{" + Arrays.stream(array).map(Object::toString).collect(Collectors.joining(",")) + "}'";
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }
}
