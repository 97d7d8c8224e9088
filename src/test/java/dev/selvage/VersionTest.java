package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When a row's version and {@code updated_at} rise: with what callers change, and not with what the database counts. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class VersionTest {
    /** For each column that can be set: another value, and whether the version rises or stays, or the value never changes. */
    private static final String COLUMNS = """
            users.email                         | 'other@example.com'                    | rises
            users.name                          | 'Other'                                | rises
            users.role                          | 'admin'                                | rises
            users.email_verified                | now()                                  | rises
            users.image                         | 'https://example.com/other.png'        | rises
            users.issuer, subject               | 'https://other.example.com', 'other'   | stays
            consignors.number                   | 77                                     | stays
            consignors.user_id                  | '00000000-0000-0000-0000-000000000002' | rises
            consignors.name                     | 'Other'                                | rises
            consignors.email                    | 'other@example.com'                    | rises
            consignors.phone                    | '+441234567'                           | rises
            consignors.address                  | 'Elsewhere'                            | rises
            consignors.preferred_contact        | 'email'                                | rises
            events.name                         | 'Other'                                | rises
            events.description                  | 'Other'                                | rises
            events.location                     | 'Elsewhere'                            | rises
            events.start_date                   | '2030-01-03 01:00'                     | rises
            events.end_date                     | '2030-01-04 01:00'                     | rises
            events.drop_off_start               | '2030-01-01 01:00'                     | rises
            events.drop_off_end                 | '2030-01-02 01:00'                     | rises
            events.pick_up_start                | '2030-01-05 01:00'                     | rises
            events.pick_up_end                  | '2030-01-06 01:00'                     | rises
            events.max_consignors               | 20                                     | rises
            events.registered_count             | 1                                      | stays
            events.status                       | 'draft'                                | rises
            event_registrations.event_id        | 4                                      | stays
            event_registrations.consignor_id    | 2                                      | stays
            event_registrations.status          | 'registered'                           | rises
            fabrics.name                        | 'Other'                                | rises
            fabrics.description                 | 'Other'                                | rises
            fabrics.category                    | 'other'                                | rises
            fabrics.subcategory                 | 'other'                                | rises
            fabrics.price                       | 2                                      | rises
            fabrics.weight                      | 2                                      | rises
            fabrics.width                       | 2                                      | rises
            fabrics.composition                 | 'Other'                                | rises
            fabrics.care_instructions           | 'Other'                                | rises
            fabrics.stock_quantity              | 7                                      | stays
            fabrics.images                      | '["other"]'                            | rises
            fabrics.tags                        | '["other"]'                            | rises
            fabrics.etsy_listing_id             | 'other'                                | rises
            fabrics.archived_at                 | now()                                  | rises
            orders.user_id                      | '00000000-0000-0000-0000-000000000002' | rises
            orders.customer_email               | 'other@example.com'                    | rises
            orders.customer_name                | 'Other'                                | rises
            orders.items                        | jsonb_set(items, '{0,name}', '"Other"') | rises
            orders.subtotal, total_amount, items | 6, 6, jsonb_set(items, '{0,unit_price}', '6') | rises
            orders.discount, total_amount       | 1, 4                                   | rises
            orders.shipping, total_amount       | 1, 6                                   | rises
            orders.tax, total_amount            | 1, 6                                   | rises
            orders.status                       | 'processing'                           | rises
            orders.etsy_order_id                | 'other'                                | rises
            orders.shipping_address             | '{}'                                   | rises
            orders.tracking_number              | 'other'                                | rises
            orders.notes                        | 'Other'                                | rises
            orders.reserved_until               | now()                                  | rises
            inventory_items.event_id            | 1                                      | rises
            inventory_items.event_id, event_status, status | 3, 'cancelled', 'returned'  | rises
            inventory_items.consignor_id, user_id | 2, '00000000-0000-0000-0000-000000000003' | rises
            inventory_items.name                | 'Other'                                | rises
            inventory_items.description         | 'Other'                                | rises
            inventory_items.category            | 'other'                                | rises
            inventory_items.size                | 'M'                                    | rises
            inventory_items.price               | 6                                      | rises
            inventory_items.condition           | 'new'                                  | rises
            inventory_items.status              | 'returned'                             | rises
            inventory_items.rejection_reason, status | 'Torn', 'returned'                | rises
            inventory_items.barcode             | '2000000000022'                        | never
            inventory_items.order_id, status    | '00000000-0000-0000-0000-000000000001', 'sold' | rises
            content_calendar.user_id            | '00000000-0000-0000-0000-000000000002' | rises
            content_calendar.platform           | 'facebook'                             | rises
            content_calendar.content_type       | 'story'                                | rises
            content_calendar.title              | 'Other'                                | rises
            content_calendar.description        | 'Other'                                | rises
            content_calendar.media_urls         | '["other"]'                            | rises
            content_calendar.hashtags           | '["#other"]'                           | rises
            content_calendar.scheduled_date     | now()                                  | rises
            content_calendar.published, published_date | true, now()                     | rises
            content_calendar.engagement_metrics | '{"likes": 1}'                         | rises
            client_apps.client_id               | 'renamed'                              | stays
            client_apps.name                    | 'Other'                                | rises
            client_apps.policy                  | 'published_only'                       | rises
            """;

    /** Of constraints/given.sql, which has one in each table. */
    static final String ROW_ONE = "id::text ~ '^[-0]*1$'";

    record Update(String table, List<String> columns, String values, String effect) {
        String sql() {
            return "UPDATE %s SET (%s) = ROW (%s) WHERE %s"
                    .formatted(table, String.join(", ", columns), values, ROW_ONE);
        }

        boolean isRefused() {
            return effect.equals("never");
        }
    }

    static final List<Update> UPDATES = COLUMNS.lines().map(VersionTest::read).toList();

    private final TestDatabase database;

    VersionTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyColumnOfATableWithAVersionHasAnEntry() {
        var found = database.query("""
                SELECT attrelid::regclass || '.' || attname
                  FROM pg_attribute
                 WHERE attrelid IN (SELECT attrelid FROM pg_attribute WHERE attname = 'version')
                   AND attrelid IN (SELECT oid FROM pg_class
                                     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                                       AND relname <> 'flyway_schema_history')
                   AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                   AND attname NOT IN ('id', 'version', 'created_at', 'updated_at')
                """, row -> row.getString(1));

        assertThat(UPDATES.stream()
                        .flatMap(update -> update.columns.stream().map(column -> update.table + "." + column))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void aChangeOfWhatCallersSeeRaisesTheVersionOnce() {
        SoftAssertions.assertSoftly(softly -> {
            for (var update : UPDATES) {
                database.rolledBack("selvage_owner", connection -> {
                    give(connection);
                    var before = versions(connection, update.table);
                    softly.assertThat(before).as(update.table).containsExactly("1 then");
                    if (update.isRefused()) {
                        softly.assertThat(TestDatabase.refusal(connection, update.sql())
                                        .state())
                                .as(update.sql())
                                .isEqualTo("23514");
                        return true;
                    }
                    change(connection, update.sql());
                    softly.assertThat(versions(connection, update.table))
                            .as(update.sql())
                            .containsExactly(update.effect.equals("rises") ? "2 now" : "1 then");
                    return true;
                });
            }
        });
    }

    @Test
    void anUpdateThatChangesNothingRaisesNothing() {
        SoftAssertions.assertSoftly(softly -> {
            for (var update : UPDATES) {
                database.rolledBack("selvage_owner", connection -> {
                    give(connection);
                    var same = update.columns.stream()
                            .map(column -> column + " = " + column)
                            .toList();
                    change(
                            connection,
                            "UPDATE %s SET %s WHERE %s".formatted(update.table, String.join(", ", same), ROW_ONE));
                    softly.assertThat(versions(connection, update.table))
                            .as(update.sql())
                            .containsExactly("1 then");
                    return true;
                });
            }
        });
    }

    @Test
    void anItemStaysWhenItsEventOrItsConsignorChangesHands() {
        database.rolledBack("selvage_owner", connection -> {
            give(connection);
            change(connection, "UPDATE inventory_items SET status = 'returned'");
            change(connection, "UPDATE events SET status = 'completed' WHERE id = 5");
            change(connection, "UPDATE consignors SET user_id = '00000000-0000-0000-0000-000000000002' WHERE id = 1");

            assertThat(versions(connection, "inventory_items")).containsExactly("2 now");
            assertThat(TestDatabase.query(
                            connection,
                            "SELECT event_status || ' ' || right(user_id::text, 1) FROM inventory_items",
                            row -> row.getString(1)))
                    .containsExactly("completed 2");
            return true;
        });
    }

    @Test
    void twoChangesRaiseItTwice() {
        database.rolledBack("selvage_owner", connection -> {
            give(connection);
            change(
                    connection,
                    "UPDATE events SET name = 'Other', location = 'Elsewhere', registered_count = 1 WHERE id = 1");
            change(connection, "UPDATE events SET name = 'Third' WHERE id = 1");

            assertThat(versions(connection, "events")).containsExactly("3 now");
            return true;
        });
    }

    static void give(Connection connection) throws SQLException {
        change(connection, TestPostgres.resource("constraints/given.sql"));
    }

    private static void change(Connection connection, String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }

    private static List<String> versions(Connection connection, String table) throws SQLException {
        return TestDatabase.query(
                connection,
                "SELECT version || CASE WHEN updated_at > now() THEN ' now' ELSE ' then' END FROM " + table + " WHERE "
                        + ROW_ONE,
                row -> row.getString(1));
    }

    private static Update read(String line) {
        var cells = line.split("\\|", -1);
        var name = cells[0].trim().split("\\.", -1);
        return new Update(name[0], Arrays.asList(name[1].split(", ")), cells[1].trim(), cells[2].trim());
    }
}
