package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row that a statement makes, changes or removes is one entry, however many it does, and in whatever way. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ChangeStatementsTest {
    private static final int MANY = 2_000;

    private final TestDatabase database;

    ChangeStatementsTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void ofManyRowsEachEntryTellsItsOwnRowInTheOrderOfTheStatement() {
        during(connection -> {
            // First of one row: the plan that is kept then has to do for many.
            change(
                    connection,
                    "INSERT INTO fabrics (id, name, category, price) VALUES (" + uuid("0") + ", 'a', 'b', 1)");
            change(connection, "UPDATE fabrics SET price = 2 WHERE id = " + uuid("0"));
            change(connection, "DELETE FROM fabrics WHERE id = " + uuid("0"));
            var last = ChangeEntry.last(connection);

            var made = numbers(connection, """
                    INSERT INTO fabrics (id, name, category, price)
                    SELECT %s, 'a', 'b', n FROM generate_series(1, %d) n
                    """.formatted(uuid("n"), MANY));
            var dearer = numbers(connection, "UPDATE fabrics SET price = price + 10000 WHERE name = 'a'");
            var gone = numbers(connection, "DELETE FROM fabrics WHERE name = 'a'");

            assertThat(List.of(made.size(), dearer.size(), gone.size())).containsOnly(MANY);
            var entries = ChangeEntry.since(connection, last);
            assertThat(entries).hasSize(3 * MANY);
            assertThat(prices(entries.subList(0, MANY))).isEqualTo(each(made, n -> "created " + n + ": null -> " + n));
            assertThat(prices(entries.subList(MANY, 2 * MANY)))
                    .isEqualTo(each(dearer, n -> "updated " + n + ": " + n + " -> " + (n + 10_000)));
            assertThat(prices(entries.subList(2 * MANY, 3 * MANY)))
                    .isEqualTo(each(gone, n -> "deleted " + n + ": " + (n + 10_000) + " -> null"));
        });
    }

    @Test
    void anUpsertIsAnEntryForEachRowThatItMadeOrChanged() {
        during(connection -> {
            fabrics(connection, 1, 2, 3);
            var last = ChangeEntry.last(connection);

            change(connection, """
                    INSERT INTO fabrics (id, name, category, price)
                    SELECT %s, 'a', 'b', n FROM unnest('{1, 7, 2, 8}'::int[]) n
                        ON CONFLICT (id) DO UPDATE SET price = CASE excluded.price WHEN 1 THEN fabrics.price ELSE 99 END
                    """.formatted(uuid("n")));
            change(connection, """
                    INSERT INTO fabrics (id, name, category, price)
                    SELECT %s, 'a', 'b', n FROM unnest('{3, 9}'::int[]) n
                        ON CONFLICT DO NOTHING
                    """.formatted(uuid("n")));

            assertThat(prices(ChangeEntry.since(connection, last)))
                    .containsExactlyInAnyOrder(
                            "created 7: null -> 7",
                            "created 8: null -> 8",
                            "updated 2: 2 -> 99",
                            "created 9: null -> 9");
        });
    }

    @Test
    void aMergeIsAnEntryForEachRow() {
        during(connection -> {
            fabrics(connection, 1, 2, 3);
            var last = ChangeEntry.last(connection);

            change(connection, """
                    MERGE INTO fabrics USING (SELECT n, %s AS id FROM generate_series(1, 4) n) wanted ON fabrics.id = wanted.id
                     WHEN MATCHED AND n = 1 THEN DELETE
                     WHEN MATCHED AND n = 2 THEN UPDATE SET price = 20
                     WHEN MATCHED THEN UPDATE SET price = fabrics.price
                     WHEN NOT MATCHED THEN INSERT (id, name, category, price) VALUES (wanted.id, 'a', 'b', n)
                    """.formatted(uuid("n")));

            assertThat(prices(ChangeEntry.since(connection, last)))
                    .containsExactlyInAnyOrder("deleted 1: 1 -> null", "updated 2: 2 -> 20", "created 4: null -> 4");
        });
    }

    @Test
    void partsOfAStatementThatChangeTheSameTableAreToldOfTogether() {
        during(connection -> {
            fabrics(connection, 1, 2, 3);
            var last = ChangeEntry.last(connection);

            change(connection, """
                    WITH dearer AS (UPDATE fabrics SET price = 20 WHERE price = 2),
                         gone AS (DELETE FROM fabrics WHERE price = 3),
                         made AS (INSERT INTO fabrics (id, name, category, price) VALUES (%s, 'a', 'b', 4)),
                         nothing AS (UPDATE events SET location = 'Elsewhere' WHERE false)
                    UPDATE fabrics SET price = 10 WHERE price = 1
                    """.formatted(uuid("4")));

            assertThat(prices(ChangeEntry.since(connection, last)))
                    .containsExactlyInAnyOrder(
                            "updated 1: 1 -> 10", "updated 2: 2 -> 20", "deleted 3: 3 -> null", "created 4: null -> 4");
        });
    }

    /** The item changes by itself and then again by a cascade; PostgreSQL shows both to the trigger at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH item AS (UPDATE inventory_items SET name = 'Other') UPDATE consignors SET user_id = FREE WHERE id = 1",
                "WITH item AS (UPDATE inventory_items SET name = 'Other'),"
                        + " event AS (UPDATE events SET status = 'completed' WHERE id = 5)"
                        + " UPDATE consignors SET user_id = FREE WHERE id = 1"
            })
    void aRowThatAStatementTouchesTwiceIsToldOfOnce(String statement) {
        during(connection -> {
            change(connection, "UPDATE inventory_items SET status = 'returned'");
            // Two, which could be taken for one another.
            change(connection, """
                    INSERT INTO inventory_items
                           (id, event_id, event_status, consignor_id, user_id, name, category, price, condition, status)
                    SELECT 2, event_id, event_status, consignor_id, user_id, 'Hat', category, price, condition, status
                      FROM inventory_items
                    """);
            var last = ChangeEntry.last(connection);
            change(connection, statement.replace("FREE", "'00000000-0000-0000-0000-000000000002'"));

            assertThat(ChangeEntry.since(connection, last))
                    .filteredOn(entry -> entry.topic().equals("inventory_item"))
                    .extracting(entry -> entry.subject() + " " + entry.changed())
                    .containsExactlyInAnyOrder(
                            "1 {\"name\":{\"new\":\"Other\",\"old\":\"Taken\"}}",
                            "2 {\"name\":{\"new\":\"Other\",\"old\":\"Hat\"}}");
            assertThat(ChangeEntry.since(connection, last))
                    .filteredOn(entry -> entry.topic().equals("consignor"))
                    .hasSize(1);
            assertThat(ChangeEntry.since(connection, last))
                    .filteredOn(entry -> entry.topic().equals("event"))
                    .hasSize(statement.contains("event AS") ? 1 : 0);
        });
    }

    @Test
    void aKeyThatChangesIsToldAndWhatFollowsIt() {
        during(connection -> {
            fabrics(connection, 2, 1);
            change(connection, "DELETE FROM event_registrations");
            var last = ChangeEntry.last(connection);
            // One takes the key that the other had: by their keys they would be taken for one another.
            change(connection, "UPDATE fabrics SET id = %s, price = price + 1".formatted(uuid("price + 1")));
            change(connection, "UPDATE events SET id = 50 WHERE id = 5");

            assertThat(ChangeEntry.since(connection, last))
                    .extracting(entry -> entry.what() + " " + entry.changed())
                    .containsExactlyInAnyOrder(
                            "updated fabric %s {\"id\":{\"new\":\"%s\",\"old\":\"%s\"},\"price\":{\"new\":3.0,\"old\":2.0}}"
                                    .formatted(key(3), key(3), key(2)),
                            "updated fabric %s {\"id\":{\"new\":\"%s\",\"old\":\"%s\"},\"price\":{\"new\":2.0,\"old\":1.0}}"
                                    .formatted(key(2), key(2), key(1)),
                            "updated event 50 {\"id\":{\"new\":50,\"old\":5}}",
                            "updated inventory_item 1 {\"event_id\":{\"new\":50,\"old\":5}}");
        });
    }

    @Test
    void aStatementThatIsRefusedLeavesNoEntryAndWhatCameBeforeItsSavepointStays() {
        during(connection -> {
            fabrics(connection, 1, 2);
            var last = ChangeEntry.last(connection);
            change(connection, "UPDATE fabrics SET price = 10 WHERE price = 1");
            assertThat(TestDatabase.refusal(connection, "UPDATE fabrics SET price = price - 5")
                            .state())
                    .isEqualTo("23514");
            change(connection, "UPDATE fabrics SET price = 20 WHERE price = 2");

            assertThat(prices(ChangeEntry.since(connection, last)))
                    .containsExactly("updated 1: 1 -> 10", "updated 2: 2 -> 20");
        });
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** With the rows of constraints/given.sql, but no fabric. */
    private void during(Work work) {
        database.rolledBack("selvage_owner", connection -> {
            VersionTest.give(connection);
            change(connection, "DELETE FROM fabrics");
            work.with(connection);
            return true;
        });
    }

    /** With a price that is the number. */
    private static void fabrics(Connection connection, Integer... numbers) throws SQLException {
        for (var number : numbers) {
            change(
                    connection,
                    "INSERT INTO fabrics (id, name, category, price) VALUES (%s, 'a', 'b', %d)"
                            .formatted(uuid(number.toString()), number));
        }
    }

    /** SQL for the key with this number. */
    private static String uuid(String number) {
        return "lpad((" + number + ")::int::text, 32, '0')::uuid";
    }

    private static String key(int number) {
        return "00000000-0000-0000-0000-%012d".formatted(number);
    }

    /** Changes fabrics, and says which, in the order in which it came to them. */
    private static List<Integer> numbers(Connection connection, String change) throws SQLException {
        return TestDatabase.query(connection, change + " RETURNING id", row -> number(row.getString(1)));
    }

    private static int number(String key) {
        return Integer.parseInt(key.replace("-", ""));
    }

    private static List<String> each(List<Integer> numbers, Function<Integer, String> told) {
        return numbers.stream().map(told).toList();
    }

    /** The kind, the number in the key, and the price as it was and is. */
    private static List<String> prices(List<ChangeEntry> entries) {
        return entries.stream()
                .map(entry -> "%s %d: %s -> %s"
                        .formatted(entry.kind(), number(entry.subject()), price(entry, "old"), price(entry, "new")))
                .toList();
    }

    private static String price(ChangeEntry entry, String which) {
        return entry.changed().path("price").path(which).toString().replace(".0", "");
    }

    private static void change(Connection connection, String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }
}
