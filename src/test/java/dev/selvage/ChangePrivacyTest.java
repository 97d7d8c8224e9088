package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.Schema;
import dev.selvage.support.TestDatabase;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The change log says that personal data changed, and never what they were or became. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ChangePrivacyTest {
    /** By table: each personal column with an expression that holds the word, or its length. */
    private static final Map<String, Map<String, String>> CANARIES = Map.of(
            "users",
                    Map.of(
                            "email", "'WORD@example.com'",
                            "name", "'Name WORD'",
                            "image", "'https://example.com/WORD.png'",
                            "subject", "'subject-WORD'"),
            "consignors",
                    Map.of(
                            "name", "'Name WORD'",
                            "email", "'WORD@example.com'",
                            "phone", "'+4915550001' || length('WORD')",
                            "address", "'WORD Street'"),
            "orders",
                    Map.of(
                            "customer_email", "'WORD@example.com'",
                            "customer_name", "'Name WORD'",
                            "shipping_address", "'{\"line1\": \"WORD Street\", \"city\": \"WORD\"}'",
                            "notes", "'For WORD'"));

    /** What else a new row needs. */
    private static final Map<String, Map<String, String>> REST = Map.of(
            "users",
            Map.of("issuer", "'https://issuer.example.com'"),
            "consignors",
            Map.of("id", "1000", "number", "1000", "user_id", "'00000000-0000-0000-0000-000000000002'"),
            "orders",
            Map.of(
                    "items",
                    "'[{\"kind\": \"inventory_item\", \"inventory_item_id\": 1, \"name\": \"Shirt\", \"quantity\": 1,"
                            + " \"unit_price\": 5}]'",
                    "subtotal",
                    "5",
                    "total_amount",
                    "5"));

    private static final String FIRST = "CanaryFirst";

    private static final String SECOND = "CanarySecond";

    /** How the telephone numbers begin. */
    private static final String PHONE = "4915550001";

    private final TestDatabase database;

    ChangePrivacyTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void whatTheSchemaCallsPersonalIsPersonalHereToo() {
        var personal = Schema.of(Schema.ofFiles()).getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .flatMap(type -> type.getFieldDefinitions().stream()
                        .filter(field -> field.hasAppliedDirective("pii"))
                        .map(field -> table(type) + "." + column(field)))
                .toList();

        assertThat(personal).hasSizeGreaterThan(5);
        assertThat(CANARIES.entrySet().stream()
                        .flatMap(table ->
                                table.getValue().keySet().stream().map(column -> table.getKey() + "." + column)))
                .containsAll(personal)
                .contains("orders.notes", "users.subject");
        CANARIES.forEach(
                (table, columns) -> assertThat(ChangeColumns.personal(table)).isEqualTo(columns.keySet()));
    }

    private static String table(GraphQLObjectType type) {
        return type.getName().toLowerCase(Locale.ROOT) + "s";
    }

    private static String column(GraphQLFieldDefinition field) {
        return field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void noColumnOfTheLogHoldsWhatIsPersonal() {
        database.rolledBack("selvage_owner", connection -> {
            VersionTest.give(connection);
            var last = ChangeEntry.last(connection);
            for (var table : CANARIES.keySet()) {
                execute(connection, insertion(table));
                execute(connection, update(table));
                execute(connection, "DELETE FROM " + table + " WHERE " + isCanary(table));
            }

            assertThat(ChangeEntry.since(connection, last))
                    .hasSize(9)
                    .allSatisfy(entry -> assertThat(entry.changed().properties())
                            .filteredOn(column ->
                                    ChangeColumns.personal(table(entry)).contains(column.getKey()))
                            .isNotEmpty()
                            .allSatisfy(column ->
                                    assertThat(column.getValue().toString()).isEqualTo("{\"changed\":true}")));
            assertThat(places(connection)).isEmpty();

            // What is not personal would have been found.
            execute(
                    connection,
                    "INSERT INTO fabrics (name, category, price) VALUES ('canaryother', '%s', 1)".formatted(PHONE));
            assertThat(places(connection)).containsExactlyInAnyOrder("changed", "changed");
            return true;
        });
    }

    private static String table(ChangeEntry entry) {
        return ChangeColumns.TOPICS.entrySet().stream()
                .filter(topic -> topic.getValue().equals(entry.topic()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Columns of the log in which a canary is, in any spelling. */
    private static List<String> places(Connection connection) throws SQLException {
        var columns = TestDatabase.query(
                connection,
                "SELECT attname FROM pg_attribute WHERE attrelid = 'changes'::regclass AND attnum > 0 AND NOT attisdropped",
                row -> row.getString(1));
        assertThat(columns).hasSizeGreaterThan(10);
        var found = new ArrayList<String>();
        for (var column : columns) {
            for (var word : List.of("canary", PHONE)) {
                TestDatabase.query(
                        connection,
                        "SELECT FROM changes WHERE " + column + "::text ILIKE '%" + word + "%'",
                        _ -> found.add(column));
            }
        }
        return found;
    }

    private static String insertion(String table) {
        var columns = Stream.of(CANARIES, REST)
                .flatMap(all -> all.getOrDefault(table, Map.of()).entrySet().stream())
                .toList();
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                        table,
                        String.join(
                                ", ", columns.stream().map(Map.Entry::getKey).toList()),
                        String.join(
                                ", ", columns.stream().map(Map.Entry::getValue).toList()))
                .replace("WORD", FIRST);
    }

    private static String update(String table) {
        var columns = CANARIES.getOrDefault(table, Map.of()).entrySet().stream()
                .map(column -> column.getKey() + " = " + column.getValue())
                .toList();
        return "UPDATE %s SET %s WHERE %s"
                .formatted(table, String.join(", ", columns).replace("WORD", SECOND), isCanary(table));
    }

    private static String isCanary(String table) {
        return (table.equals("orders") ? "customer_email" : "email") + " LIKE 'Canary%'";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }
}
