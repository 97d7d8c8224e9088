package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.RowSecurityWorld.Person;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that say who asks: transaction-local, and no rows where they say nothing or nonsense. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ViewerSettingsTest {
    private static final String CLARA = Person.CLARA.user().toString();

    /** What only a viewer's identity shows. */
    private static final List<String> OWN_ROWS = List.of(
            "SELECT FROM users",
            "SELECT FROM consignors",
            "SELECT FROM event_registrations",
            "SELECT FROM events WHERE NOT listed",
            "SELECT FROM inventory_items WHERE NOT listed",
            "SELECT FROM orders",
            "SELECT FROM content_calendar",
            "SELECT FROM users_matching('clara')",
            "SELECT FROM consignors_matching('linen')",
            "SELECT FROM orders_matching('linen')",
            "SELECT FROM orders_ranked('linen', 10)",
            "SELECT FROM content_calendar_matching('linen')",
            "SELECT FROM content_calendar_ranked('linen', 10)",
            "SELECT FROM orders_containing('01970001-0000-7000-8000-000000000000')",
            "SELECT FROM words_in_use('{linen}', '{order}')",
            "SELECT FROM words_in_use('{linen}', '{calendar_entry}')",
            "SELECT FROM waitlist_positions(ARRAY(SELECT generate_series(1::bigint, 1000)))");

    private final TestDatabase database;

    ViewerSettingsTest(PostgresVersion version) {
        database = RowSecurityWorld.on(version).database;
    }

    @Test
    void aViewerSeesTheirOwnRows() {
        database.rolledBack("selvage_login", connection -> {
            take(connection, "selvage_user", CLARA, "");
            for (var sql : OWN_ROWS) {
                assertThat(TestDatabase.query(connection, sql, _ -> sql))
                        .as(sql)
                        .isNotEmpty();
            }
            return true;
        });
    }

    @Test
    void theNextTransactionOfTheConnectionKnowsNothingOfTheViewerBefore() {
        database.rolledBack("selvage_login", connection -> {
            take(connection, "selvage_user", CLARA, "read:consignors read:inventory");
            connection.commit();

            assertThat(TestDatabase.refusal(connection, "SELECT FROM consignors")
                            .state())
                    .isEqualTo("42501");
            for (var role : List.of("selvage_user", "selvage_integrator")) {
                connection.commit();
                connection.createStatement().execute("SET LOCAL ROLE " + role);
                assertNothingOfAnybody(connection);
            }
            return true;
        });
    }

    @Test
    void aTransactionThatFailedLeavesNothingEither() {
        database.rolledBack("selvage_login", connection -> {
            take(connection, "selvage_admin", CLARA, "");
            connection.rollback();

            assertThat(TestDatabase.refusal(connection, "SELECT FROM consignors")
                            .state())
                    .isEqualTo("42501");
            connection.createStatement().execute("SET LOCAL ROLE selvage_user");
            assertNothingOfAnybody(connection);
            return true;
        });
    }

    @Test
    void aConnectionThatNeverHadAViewerShowsNothingOfAnybody() {
        database.rolledBack("selvage_login", connection -> {
            connection.createStatement().execute("SET LOCAL ROLE selvage_user");
            assertNothingOfAnybody(connection);
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"})
    void aViewerWhoIsNobodySeesNothingOfAnybody(String viewer) {
        database.rolledBack("selvage_login", connection -> {
            take(connection, "selvage_user", viewer, "");
            assertNothingOfAnybody(connection);
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "null", "100", "01970000-0000-7000-8000-00000000000", "' OR true --"})
    void aViewerWhoIsNonsenseIsAnError(String viewer) {
        database.rolledBack("selvage_login", connection -> {
            take(connection, "selvage_user", viewer, "");
            for (var sql : OWN_ROWS) {
                assertThat(TestDatabase.refusal(connection, sql).state())
                        .as(sql)
                        .isEqualTo("22P02");
            }
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "read",
                "read:",
                "read:%",
                "READ:CONSIGNORS READ:INVENTORY READ:ORDERS READ:CALENDAR",
                "read:consignors,read:inventory",
                "read:orders,read:calendar",
                "read:consignors\tread:inventory",
                "{read:consignors}",
                "xread:consignors read:inventoryx"
            })
    void aScopeIsAWholeWord(String scopes) {
        database.rolledBack("selvage_login", connection -> {
            take(connection, "selvage_integrator", "", scopes);
            assertNothingOfAnybody(connection);
            return true;
        });
    }

    private static void take(Connection connection, String role, String viewer, String scopes) throws SQLException {
        connection.createStatement().execute("SET LOCAL ROLE " + role);
        TestDatabase.query(connection, "SELECT set_config('selvage.viewer', ?, true)", _ -> true, viewer);
        TestDatabase.query(connection, "SELECT set_config('selvage.scopes', ?, true)", _ -> true, scopes);
    }

    private static void assertNothingOfAnybody(Connection connection) throws SQLException {
        for (var sql : OWN_ROWS) {
            assertThat(TestDatabase.query(connection, sql, _ -> sql)).as(sql).isEmpty();
        }
        // It is the viewer that is missing, not the role.
        assertThat(TestDatabase.query(connection, "SELECT FROM events", _ -> true))
                .isNotEmpty();
    }
}
