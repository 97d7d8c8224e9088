package dev.selvage;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the database writes down of each change of a row: one entry, whoever changes it and by whatever statement. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ChangeLogTest {
    private static final String GUEST =
            "INSERT INTO orders (customer_email, customer_name, items, subtotal, total_amount)"
                    + " VALUES ('new@example.com', 'Guest', '[{\"kind\": \"inventory_item\", \"inventory_item_id\": 1, \"name\": \"Shirt\","
                    + " \"quantity\": 1, \"unit_price\": 5}]', 5, 5)";

    private final TestDatabase database;

    ChangeLogTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyTableOfRecordsHasATopicAndEveryColumnIsDecidedOn() {
        var columns = database.query("""
                SELECT attrelid::regclass || '.' || attname
                  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                   AND relname NOT IN ('flyway_schema_history', 'changes', 'idempotency_keys',
                                       'persisted_documents', 'document_ids')
                   AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                """, row -> row.getString(1));

        assertThat(ChangeColumns.all()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(columns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"selvage_owner", "postgres"})
    void everyRowThatIsMadeChangedOrGoneIsOneEntry(String writer) {
        database.rolledBack(writer, connection -> {
            VersionTest.give(connection);
            assertThat(whats(ChangeEntry.all(connection)))
                    .hasSizeGreaterThan(15)
                    .containsExactlyInAnyOrderElementsOf(records(connection, "created"));

            var last = ChangeEntry.last(connection);
            change(connection, "UPDATE content_calendar SET title = title || '!'");
            change(connection, "UPDATE users SET image = 'https://example.com/' || email");
            assertThat(whats(ChangeEntry.since(connection, last)))
                    .containsExactlyInAnyOrderElementsOf(
                            records(connection, "updated", Set.of("users", "content_calendar")));

            last = ChangeEntry.last(connection);
            var gone = records(connection, "deleted");
            for (var table : List.of(
                    "analytics",
                    "content_calendar",
                    "inventory_items",
                    "orders",
                    "fabrics",
                    "document_ids",
                    "persisted_documents",
                    "client_apps")) {
                change(connection, "DELETE FROM " + table);
            }
            change(connection, "DELETE FROM event_registrations");
            change(connection, "DELETE FROM events");
            change(connection, "DELETE FROM consignors");
            change(connection, "DELETE FROM users");
            assertThat(whats(ChangeEntry.since(connection, last))).containsExactlyInAnyOrderElementsOf(gone);
            assertThat(ChangeEntry.since(connection, last))
                    .allSatisfy(entry -> assertThat(entry.versionAfter()).isNull());
            return true;
        });
    }

    @Test
    void anEntryTellsTheOldAndTheNewValueOfEachColumnThatChanged() {
        SoftAssertions.assertSoftly(softly -> {
            for (var update : VersionTest.UPDATES.stream()
                    .filter(update -> !update.isRefused())
                    .toList()) {
                database.rolledBack("selvage_owner", connection -> {
                    VersionTest.give(connection);
                    var last = ChangeEntry.last(connection);
                    var before = row(connection, update);
                    change(connection, "SET LOCAL timezone = 'Asia/Tokyo'");
                    change(connection, update.sql());
                    var after = row(connection, update);
                    // A registration that comes to hold a place changes its event's count as well.
                    var topic = ChangeColumns.TOPICS.get(update.table());
                    var entries = ChangeEntry.since(connection, last).stream()
                            .filter(entry -> entry.topic().equals(topic))
                            .toList();

                    softly.assertThat(entries).as(update.sql()).singleElement().satisfies(entry -> {
                        assertThat(entry.kind()).isEqualTo("updated");
                        assertThat(entry.versionAfter())
                                .isEqualTo(after.path("version").asInt());
                        var told = entry.changed();
                        var values = ChangeColumns.values(update.table());
                        var personal = ChangeColumns.personal(update.table());
                        assertThat(told.propertyNames())
                                .containsExactlyInAnyOrderElementsOf(update.columns().stream()
                                        .filter(column -> values.contains(column) || personal.contains(column))
                                        .toList());
                        told.properties()
                                .forEach(column -> assertThat(column.getValue().toString())
                                        .isEqualTo(
                                                personal.contains(column.getKey())
                                                        ? "{\"changed\":true}"
                                                        : "{\"new\":%s,\"old\":%s}"
                                                                .formatted(
                                                                        after.path(column.getKey()),
                                                                        before.path(column.getKey()))));
                    });
                    return true;
                });
            }
        });
    }

    @Test
    void anUpdateThatChangesNothingThatIsToldIsNoEntry() {
        database.rolledBack("selvage_owner", connection -> {
            VersionTest.give(connection);
            var last = ChangeEntry.last(connection);
            for (var update : VersionTest.UPDATES) {
                var same = update.columns().stream()
                        .map(column -> column + " = " + column)
                        .collect(joining(", "));
                change(connection, "UPDATE " + update.table() + " SET " + same);
            }
            change(connection, "UPDATE analytics SET created_at = '2020-01-01'");
            change(connection, "UPDATE fabrics SET version = 7, updated_at = now(), created_at = now(), price = 1.0");

            assertThat(ChangeEntry.since(connection, last)).isEmpty();
            return true;
        });
    }

    @Test
    void whatFollowsAnotherRecordIsToldOfThatOneOnly() {
        database.rolledBack("selvage_owner", connection -> {
            VersionTest.give(connection);
            change(connection, "UPDATE inventory_items SET status = 'returned'");
            var last = ChangeEntry.last(connection);
            change(connection, "UPDATE events SET status = 'completed' WHERE id = 5");
            change(connection, "UPDATE consignors SET user_id = '00000000-0000-0000-0000-000000000002' WHERE id = 1");

            assertThat(whats(ChangeEntry.since(connection, last)))
                    .containsExactly("updated event 5", "updated consignor 1");
            return true;
        });
    }

    @Test
    void whatWasTakenBackIsNoEntry() {
        database.rolledBack("selvage_owner", connection -> {
            VersionTest.give(connection);
            var last = ChangeEntry.last(connection);
            var before = connection.setSavepoint();
            change(connection, "UPDATE fabrics SET stock_quantity = 5");
            connection.rollback(before);
            change(connection, "UPDATE fabrics SET stock_quantity = 6");

            assertThat(ChangeEntry.since(connection, last))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.changed().toString())
                            .isEqualTo("{\"stock_quantity\":{\"new\":6,\"old\":0}}"));
            return true;
        });
    }

    @Test
    void signingInIsToldOfEachRecordThatItMakesOrTakesOver() {
        database.rolledBack("postgres", connection -> {
            VersionTest.give(connection);
            change(connection, GUEST);
            var last = ChangeEntry.last(connection);
            new DatabaseViewer("system", null, Set.of()).ask(connection);

            signIn(connection, "newcomer", "new@example.com");
            assertThat(ChangeEntry.since(connection, last).stream()
                            .map(entry -> entry.kind() + " " + entry.topic() + " "
                                    + entry.changed().propertyNames()))
                    .containsExactly(
                            "created user [role, email, issuer, subject, email_verified]", "updated order [user_id]");

            last = ChangeEntry.last(connection);
            signIn(connection, "newcomer", "new@example.com");
            assertThat(ChangeEntry.since(connection, last)).isEmpty();

            signIn(connection, "imported", "free@example.com");
            assertThat(ChangeEntry.since(connection, last))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(entry.what()).isEqualTo("updated user 00000000-0000-0000-0000-000000000002"));
            return true;
        });
    }

    private static void signIn(Connection connection, String subject, String email) throws SQLException {
        TestDatabase.query(
                connection, "SELECT outcome FROM sign_in('issuer', ?, ?, '', false)", _ -> true, subject, email);
    }

    /** All that there is, as entries of this kind would tell it. */
    private static List<String> records(Connection connection, String kind) throws SQLException {
        return records(connection, kind, ChangeColumns.TOPICS.keySet());
    }

    private static List<String> records(Connection connection, String kind, Set<String> tables) throws SQLException {
        var all = tables.stream()
                .map(table -> "SELECT '%s %s ' || id FROM %s".formatted(kind, ChangeColumns.TOPICS.get(table), table))
                .collect(joining(" UNION ALL "));
        return TestDatabase.query(connection, all, row -> row.getString(1));
    }

    private static JsonNode row(Connection connection, VersionTest.Update update) throws SQLException {
        // Times are told so, whatever the zone of whoever writes.
        change(connection, "SET LOCAL timezone = 'UTC'");
        return TestDatabase.query(
                        connection,
                        "SELECT to_jsonb(%1$s) FROM %1$s WHERE %2$s".formatted(update.table(), VersionTest.ROW_ONE),
                        row -> JsonMapper.shared().readTree(row.getString(1)))
                .getFirst();
    }

    private static List<String> whats(List<ChangeEntry> entries) {
        return entries.stream().map(ChangeEntry::what).toList();
    }

    private static void change(Connection connection, String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }
}
