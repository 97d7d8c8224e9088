package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Catalogue;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code db/roles.sql} makes, and what it leaves a role without. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class DatabaseRolesTest {
    private static final String OURS = "rolname LIKE 'selvage\\_%'";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final TestDatabase database;

    DatabaseRolesTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void twoRolesLogInAndNoneHasAnAdministratorsRights() {
        var found = database.query("""
                SELECT concat_ws(' ', rolname,
                                 CASE WHEN rolcanlogin THEN 'login' END,
                                 CASE WHEN NOT rolinherit THEN 'noinherit' END,
                                 CASE WHEN rolsuper THEN 'superuser' END,
                                 CASE WHEN rolbypassrls THEN 'bypassrls' END,
                                 CASE WHEN rolcreaterole THEN 'createrole' END,
                                 CASE WHEN rolcreatedb THEN 'createdb' END,
                                 CASE WHEN rolreplication THEN 'replication' END)
                  FROM pg_roles
                 WHERE %s
                """.formatted(OURS), row -> row.getString(1));

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "selvage_owner login",
                        "selvage_login login noinherit",
                        "selvage_anonymous",
                        "selvage_user",
                        "selvage_integrator",
                        "selvage_admin",
                        "selvage_system");
    }

    @Test
    void onlyTheLoginRoleTakesAViewersRole() {
        var found = database.query("""
                SELECT concat(member::regrole, ' may be ', roleid::regrole, CASE WHEN admin_option THEN ' and grant it' END)
                  FROM pg_auth_members
                 WHERE EXISTS (SELECT FROM pg_roles WHERE oid IN (member, roleid) AND %s)
                """.formatted(OURS), row -> row.getString(1));

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "selvage_login may be selvage_anonymous",
                        "selvage_login may be selvage_user",
                        "selvage_login may be selvage_integrator",
                        "selvage_login may be selvage_admin",
                        "selvage_login may be selvage_system",
                        "selvage_owner may be selvage_system");
    }

    @Test
    void theLoginRoleReadsAndWritesNothingByItself() {
        SoftAssertions.assertSoftly(softly -> database.rolledBack("selvage_login", connection -> {
            var tables = TestDatabase.query(
                    connection,
                    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
                    row -> row.getString(1));
            softly.assertThat(tables).hasSizeGreaterThan(5);
            for (var table : tables) {
                for (var statement :
                        List.of("SELECT FROM ", "INSERT INTO %s DEFAULT VALUES", "DELETE FROM ", "TRUNCATE ")) {
                    var sql = statement.contains("%s") ? statement.formatted(table) : statement + table;
                    var refusal = TestDatabase.refusal(connection, sql);
                    softly.assertThat(refusal.state()).as(sql).isEqualTo(INSUFFICIENT_PRIVILEGE);
                }
            }
            return tables;
        }));
    }

    @Test
    void nothingIsGrantedToTheLoginRoleButTheWayIn() {
        var found = database.query("""
                SELECT classid::regclass::text
                  FROM pg_shdepend
                 WHERE refobjid = 'selvage_login'::regrole AND deptype = 'o'
                """, row -> row.getString(1));
        var granted = database.query("""
                SELECT classid::regclass::text
                  FROM pg_shdepend
                 WHERE refobjid = 'selvage_login'::regrole
                   AND (dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                        OR (dbid = 0 AND classid = 'pg_database'::regclass
                            AND objid = (SELECT oid FROM pg_database WHERE datname = current_database())))
                """, row -> row.getString(1));

        assertThat(found).as("owned by the login role").isEmpty();
        assertThat(granted).containsExactlyInAnyOrder("pg_namespace", "pg_database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"selvage_owner", "postgres", "pg_read_all_data"})
    void theLoginRoleDoesNotBecome(String role) {
        var refusal = database.rolledBack(
                "selvage_login", connection -> TestDatabase.refusal(connection, "SET LOCAL ROLE " + role));

        assertThat(refusal.state()).isEqualTo(INSUFFICIENT_PRIVILEGE);
    }

    /** Also after migrations, which let selvage_system create for as long as a function changes hands. */
    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "user", "integrator", "admin", "system"})
    void noRoleThatServesCreatesAnything(String role) {
        for (var sql : List.of(
                "CREATE TABLE public.mine (id int)",
                "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql RETURN 1",
                "CREATE TEMPORARY TABLE mine (id int)",
                "CREATE SCHEMA mine")) {
            var refusal = database.rolledBack("selvage_login", connection -> {
                connection.createStatement().execute("SET LOCAL ROLE selvage_" + role);
                return TestDatabase.refusal(connection, sql);
            });

            assertThat(refusal.state()).as(sql).isEqualTo(INSUFFICIENT_PRIVILEGE);
        }
    }

    @Test
    void runningTheFileAgainChangesNothing() {
        var before = Catalogue.of(database);
        database.execute("postgres", TestPostgres.resource("db/roles.sql"));

        assertThat(Catalogue.of(database)).isEqualTo(before);
    }
}
