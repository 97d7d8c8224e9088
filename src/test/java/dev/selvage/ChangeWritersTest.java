package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes the change log: the database, for whoever changes a row, and nobody by a statement of their own. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class ChangeWritersTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String VIEWER = "00000000-0000-0000-0000-000000000001";
    private static final String INSERTION =
            "INSERT INTO changes (kind, topic, subject, changed) VALUES ('deleted', 'user', '1', '{}')";

    private final TestDatabase database;

    ChangeWritersTest(PostgresVersion version) {
        database = version.migrated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "selvage_anonymous",
                "selvage_user",
                "selvage_integrator",
                "selvage_admin",
                "selvage_system"
            })
    void nobodyWhoIsServedWritesChangesOrClearsTheLog(String role) {
        database.rolledBack("postgres", connection -> {
            VersionTest.give(connection);
            assertThat(ChangeEntry.all(connection)).isNotEmpty();
            execute(connection, "SET SESSION AUTHORIZATION selvage_login");
            execute(connection, "SET LOCAL ROLE " + role);
            set(connection, Map.of("selvage.viewer", VIEWER, "selvage.scopes", "read:changes"));

            for (var statement : List.of(
                    INSERTION,
                    "UPDATE changes SET changed = '{}'",
                    "UPDATE changes SET actor = NULL WHERE false",
                    "DELETE FROM changes",
                    "DELETE FROM changes WHERE false",
                    "TRUNCATE changes",
                    "DROP TABLE changes",
                    "ALTER TABLE changes DISABLE ROW LEVEL SECURITY",
                    "ALTER TABLE fabrics DISABLE TRIGGER fabrics_updated",
                    "SET LOCAL session_replication_role = replica")) {
                assertThat(TestDatabase.refusal(connection, statement).state())
                        .as(statement)
                        .isEqualTo(INSUFFICIENT_PRIVILEGE);
            }
            return true;
        });
    }

    @Test
    void theOwnerWhoMigratesAddsToTheLogAndTakesNothingAway() {
        database.rolledBack("selvage_owner", connection -> {
            VersionTest.give(connection);
            for (var statement :
                    List.of("UPDATE changes SET changed = '{}'", "DELETE FROM changes", "TRUNCATE changes")) {
                assertThat(TestDatabase.refusal(connection, statement).state())
                        .as(statement)
                        .isEqualTo(INSUFFICIENT_PRIVILEGE);
            }
            assertThat(TestDatabase.refusal(connection, INSERTION).state()).isEmpty();
            return true;
        });
    }

    private record Context(
            @Nullable String actor,
            @Nullable String subject,
            @Nullable String client,
            @Nullable String request,
            @Nullable String operation) {}

    @Test
    void anEntryTellsWhoDidItAndByWhat() {
        database.rolledBack("selvage_owner", connection -> {
            set(
                    connection,
                    Map.of(
                            "selvage.viewer", VIEWER,
                            "selvage.subject", "auth0|7",
                            "selvage.client", "till",
                            "selvage.request", "0197",
                            "selvage.operation", "PublishEvent"));
            VersionTest.give(connection);

            assertThat(contexts(connection))
                    .isNotEmpty()
                    .containsOnly(new Context(VIEWER, "auth0|7", "till", "0197", "PublishEvent"));
            return true;
        });
    }

    /** Also of a connection that served somebody before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatNobodySaidIsNotTold(boolean usedBefore) {
        database.rolledBack("selvage_owner", connection -> {
            if (usedBefore) {
                set(connection, Map.of("selvage.viewer", VIEWER, "selvage.subject", "7", "selvage.client", "till"));
                set(connection, Map.of("selvage.request", "0197", "selvage.operation", "PublishEvent"));
                connection.commit();
            }
            VersionTest.give(connection);

            assertThat(contexts(connection)).isNotEmpty().containsOnly(new Context(null, null, null, null, null));
            return true;
        });
    }

    @Test
    void aViewerWhoIsNonsenseWritesNothing() {
        database.rolledBack("selvage_owner", connection -> {
            set(connection, Map.of("selvage.viewer", "nobody"));

            assertThat(TestDatabase.refusal(
                                    connection, "INSERT INTO fabrics (name, category, price) VALUES ('a', 'b', 1)")
                            .state())
                    .isEqualTo("22P02");
            return true;
        });
    }

    private static List<Context> contexts(Connection connection) throws SQLException {
        return TestDatabase.query(
                connection,
                "SELECT actor::text, actor_subject, client, request_id, operation FROM changes",
                row -> new Context(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    private static void set(Connection connection, Map<String, String> settings) throws SQLException {
        for (var setting : settings.entrySet()) {
            TestDatabase.query(
                    connection,
                    "SELECT set_config(?, ?, true)",
                    row -> Objects.requireNonNull(row.getString(1)),
                    setting.getKey(),
                    setting.getValue());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }
}
