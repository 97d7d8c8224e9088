package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code sales} counts: which orders, which lines of them, on which days. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class SalesTest {
    private static final String COTTON = "01970000-0000-7000-8000-000000000001";
    private static final String GONE = "01970000-0000-7000-8000-000000000002";

    private final TestDatabase database;

    SalesTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyLineOfAnOrderCountsAndEveryOrderOnce() {
        var found = sales("'{}', NULL, NULL, 'UTC', 10", connection -> {
            order(connection, "2026-03-01 12:00Z", "pending", fabric(COTTON, 3, "2.50"), item(7, "10.00"));
            order(connection, "2026-03-02 12:00Z", "delivered", fabric(COTTON, 1, "2.50"));
        });

        assertThat(found).containsExactly("{} 2 5 20.00");
    }

    @Test
    void aCancelledOrderIsNotASale() {
        var found = sales("'{}', NULL, NULL, 'UTC', 10", connection -> {
            for (var status : List.of("pending", "processing", "shipped", "delivered", "cancelled")) {
                order(connection, "2026-03-01 12:00Z", status, fabric(COTTON, 1, "1.00"));
            }
        });

        assertThat(found).containsExactly("{} 4 4 4.00");
    }

    @Test
    void whereNothingWasSoldThereIsOneGroupOfAllAndNoneOfAnything() {
        assertThat(sales("'{}', NULL, NULL, 'UTC', 10", _ -> {})).containsExactly("{} 0 0 0");
        assertThat(sales("'{day}', NULL, NULL, 'UTC', 10", _ -> {})).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            day          | {2026-01-01} 1 1 1.00, {2026-01-04} 2 4 14.00
            week         | {2026-W01} 3 5 15.00
            month        | {2026-01} 3 5 15.00
            subject_kind | {FABRIC} 3 4 5.00, {INVENTORY_ITEM} 1 1 10.00
            category     | {cotton} 2 3 4.00, {toys} 1 1 10.00, {NULL} 1 1 1.00
            event        | {1} 1 1 10.00, {NULL} 3 4 5.00
            """)
    void aDimensionMakesTheKey(String dimension, String groups) {
        var found = sales("'{%s}', NULL, NULL, 'UTC', 10".formatted(dimension), SalesTest::threeOrders);

        assertThat(String.join(", ", found)).isEqualTo(groups);
    }

    @Test
    void severalDimensionsStandInTheKeyInTheOrderAskedFor() {
        assertThat(sales("'{subject_kind,day}', NULL, NULL, 'UTC', 10", SalesTest::threeOrders))
                .containsExactly(
                        "{FABRIC,2026-01-01} 1 1 1.00",
                        "{FABRIC,2026-01-04} 2 3 4.00",
                        "{INVENTORY_ITEM,2026-01-04} 1 1 10.00");
        assertThat(sales("'{day,subject_kind,day}', NULL, NULL, 'UTC', 10", SalesTest::threeOrders))
                .containsExactly(
                        "{2026-01-01,FABRIC,2026-01-01} 1 1 1.00",
                        "{2026-01-04,FABRIC,2026-01-04} 2 3 4.00",
                        "{2026-01-04,INVENTORY_ITEM,2026-01-04} 1 1 10.00");
    }

    @Test
    void thereAreNoMoreGroupsThanAskedForAndTheFirstOfThem() {
        assertThat(sales("'{category}', NULL, NULL, 'UTC', 2", SalesTest::threeOrders))
                .containsExactly("{cotton} 2 3 4.00", "{toys} 1 1 10.00");
    }

    /** A week that begins in the year before is a week of the year that holds its Thursday. */
    @Test
    void aWeekIsThatOfIso8601() {
        var found = sales("'{week,month}', NULL, NULL, 'UTC', 10", connection -> {
            order(connection, "2025-12-29 00:00Z", "pending", fabric(COTTON, 1, "1.00"));
            order(connection, "2027-01-03 23:59Z", "pending", fabric(COTTON, 1, "1.00"));
        });

        assertThat(found).containsExactly("{2026-W01,2025-12} 1 1 1.00", "{2026-W53,2027-01} 1 1 1.00");
    }

    /**
     * Days of the zone, both inclusive. Berlin's 29 March 2026 has 23 hours and its 25 October 25; in Havana the clock
     * goes back at 1 o'clock on 1 November, so that the day begins twice.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UTC            | 2026-03-01 00:00:00Z      | 2026-03-01
            UTC            | 2026-03-01 23:59:59Z      | 2026-03-01
            Europe/Berlin  | 2026-02-28 23:00:00Z      | 2026-03-01
            Europe/Berlin  | 2026-02-28 22:59:59Z      | 2026-02-28
            Europe/Berlin  | 2026-03-28 23:00:00Z      | 2026-03-29
            Europe/Berlin  | 2026-03-29 21:59:59Z      | 2026-03-29
            Europe/Berlin  | 2026-03-29 22:00:00Z      | 2026-03-30
            Europe/Berlin  | 2026-10-24 22:00:00Z      | 2026-10-25
            Europe/Berlin  | 2026-10-25 22:59:59Z      | 2026-10-25
            Europe/Berlin  | 2026-10-25 23:00:00Z      | 2026-10-26
            America/Havana | 2026-11-01 03:59:59Z      | 2026-10-31
            America/Havana | 2026-11-01 04:00:00Z      | 2026-11-01
            America/Havana | 2026-11-01 05:30:00Z      | 2026-11-01
            America/Havana | 2026-11-02 04:59:59Z      | 2026-11-01
            Pacific/Apia   | 2026-03-01 10:59:59Z      | 2026-03-01
            """)
    void anOrderBelongsToTheDayOfTheZone(String zone, String instant, String day) {
        Rows sold = connection -> order(connection, instant, "pending", fabric(COTTON, 1, "1.00"));
        var span = "'{day}', %s, %s, '" + zone + "', 10";
        var here = "date '" + day + "'";
        var group = "{" + day + "} 1 1 1.00";

        assertThat(sales(span.formatted(here, here), sold)).containsExactly(group);
        assertThat(sales(span.formatted(here, "NULL"), sold)).containsExactly(group);
        assertThat(sales(span.formatted("NULL", here), sold)).containsExactly(group);
        assertThat(sales(span.formatted("NULL", here + " - 1"), sold)).isEmpty();
        assertThat(sales(span.formatted(here + " + 1", "NULL"), sold)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'{hour}'", "'{Day}'", "'{\"day; SELECT 1\"}'", "'{day,NULL}'", "NULL"})
    void anUnknownDimensionIsAnError(String dimensions) {
        var refusal = database.rolledBack("selvage_login", connection -> {
            connection.createStatement().execute("SET LOCAL ROLE selvage_admin");
            return TestDatabase.refusal(
                    connection, "SELECT * FROM sales(" + dimensions + "::text[], NULL, NULL, 'UTC', 10)");
        });

        assertThat(refusal.state()).isNotEmpty();
    }

    /** Makes rows. */
    @FunctionalInterface
    private interface Rows {
        void write(Connection connection) throws SQLException;
    }

    /** The groups of these orders, each as its key and its three figures. */
    private List<String> sales(String arguments, Rows rows) {
        return database.rolledBack("postgres", connection -> {
            rows.write(connection);
            connection.createStatement().execute("SET LOCAL ROLE selvage_admin");
            return TestDatabase.query(
                    connection,
                    "SELECT key || ' ' || orders || ' ' || units || ' ' || revenue"
                            + " FROM (SELECT key::text AS key, orders, units, revenue FROM sales(" + arguments
                            + ")) found",
                    row -> row.getString(1));
        });
    }

    private static void threeOrders(Connection connection) throws SQLException {
        connection.createStatement().execute("""
                INSERT INTO fabrics (id, name, category, price) VALUES ('%s', 'Poplin', 'cotton', 1);
                INSERT INTO users (id, email) VALUES ('%1$s', 'consignor@example.com');
                INSERT INTO consignors (id, user_id, name, email) VALUES (1, '%1$s', 'C', 'consignor@example.com');
                INSERT INTO events (id, name, location, max_consignors, status, drop_off_start, drop_off_end,
                                    start_date, end_date, pick_up_start, pick_up_end)
                VALUES (1, 'Fair', 'Hall', 9, 'published', '2030-01-01', '2030-01-02', '2030-01-03', '2030-01-04',
                        '2030-01-05', '2030-01-06');
                INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, category, price,
                                             condition)
                VALUES (7, 1, 'published', 1, '%1$s', 'Bear', 'toys', 10, 'good');
                """.formatted(COTTON));
        order(connection, "2026-01-01 12:00Z", "pending", fabric(GONE, 1, "1.00"));
        order(connection, "2026-01-04 12:00Z", "pending", fabric(COTTON, 1, "2.00"), item(7, "10.00"));
        order(connection, "2026-01-04 13:00Z", "pending", fabric(COTTON, 2, "1.00"));
    }

    private static void order(Connection connection, String instant, String status, String... lines)
            throws SQLException {
        TestDatabase.query(connection, """
                INSERT INTO orders (customer_email, customer_name, items, subtotal, total_amount, status,
                                    shipping_address, created_at)
                SELECT 'a@example.com', 'A', items, order_items_subtotal(items), order_items_subtotal(items), ?, '{}',
                       ?::timestamptz
                  FROM (VALUES (?::jsonb)) row (items)
                RETURNING 1
                """, row -> row.getInt(1), status, instant, "[" + String.join(",", lines) + "]");
    }

    private static String fabric(String id, int quantity, String price) {
        return """
                {"kind": "fabric", "fabric_id": "%s", "name": "Poplin", "quantity": %d, "unit_price": %s}
                """.formatted(id, quantity, price);
    }

    private static String item(long id, String price) {
        return """
                {"kind": "inventory_item", "inventory_item_id": %d, "name": "Bear", "quantity": 1, "unit_price": %s}
                """.formatted(id, price);
    }
}
