package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.DemoRows;
import dev.selvage.support.Integrity;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The data that the project brings along obeys the rules of the domain and has something of everything. */
class DataTest {
    /** Every status of every state machine; a calendar entry is a draft, scheduled or published by two columns. */
    private static final String STATUSES = """
            events              | status | draft published cancelled completed
            event_registrations | status | waitlisted registered checked_in checked_out cancelled
            inventory_items     | status | pending approved rejected sold returned
            orders              | status | pending processing shipped delivered cancelled
            content_calendar    | %s | draft scheduled published
            """.formatted(
                    "CASE WHEN published THEN 'published' WHEN scheduled_date IS NULL THEN 'draft' ELSE 'scheduled' END");

    /** Who signs in with the local token issuer. */
    private static final String PERSONAS = """
            SELECT concat_ws(' ', subject, users.email, role, CASE WHEN number IS NOT NULL THEN 'is a consignor' END)
              FROM users LEFT JOIN consignors ON consignors.user_id = users.id
             WHERE subject IS NOT NULL
            """;

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void theDemoDataIsWhole(PostgresVersion version) {
        var database = version.server().database("demo_data");
        DemoRows.insertInto(database);

        assertWhole(database);
    }

    @Test
    void theLargeDataIsWhole() {
        var database = TestPostgres.embedded18().database("large_data");
        database.execute("selvage_owner", TestPostgres.resource("large-data.sql"));

        assertWhole(database);
        assertThat(count(database, "inventory_items")).isGreaterThanOrEqualTo(100_000);
    }

    private static void assertWhole(TestDatabase database) {
        Integrity.assertWhole(database);
        SoftAssertions.assertSoftly(softly -> {
            STATUSES.lines().forEach(line -> {
                var cells = Arrays.stream(line.split("\\|")).map(String::trim).toList();
                var found = database.query(
                        "SELECT DISTINCT %s FROM %s".formatted(cells.get(1), cells.get(0)), row -> row.getString(1));
                softly.assertThat(found)
                        .as("the statuses of " + cells.get(0))
                        .containsExactlyInAnyOrder(cells.get(2).split(" "));
            });
            for (var table : List.of("users", "consignors", "fabrics", "analytics")) {
                softly.assertThat(count(database, table)).as(table).isPositive();
            }
            softly.assertThat(database.query(PERSONAS, row -> row.getString(1)))
                    .containsExactlyInAnyOrder(
                            "admin admin@example.com admin",
                            "consignor consignor@example.com user is a consignor",
                            "customer customer@example.com user");
        });
    }

    private static long count(TestDatabase database, String table) {
        return database.query("SELECT count(*) FROM " + table, row -> row.getLong(1))
                .getFirst();
    }
}
