package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selvage.support.Gateway;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As which database role the gateway starts to serve, and as which it does not. */
class LoginRoleTest {
    private static final TestDatabase database = TestPostgres.embedded18().database("login_role");

    @BeforeEach
    void makeRoles() {
        database.execute("postgres", """
                CREATE ROLE another_login LOGIN NOINHERIT;
                CREATE ROLE another_parent;
                GRANT CONNECT ON DATABASE login_role TO another_login;
                GRANT selvage_system TO another_login;
                """);
    }

    /** Roles are the whole server's. */
    @AfterEach
    void dropRoles() {
        database.execute("postgres", """
                REVOKE CONNECT ON DATABASE login_role FROM another_login;
                DROP ROLE another_login, another_parent;
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GRANT selvage_user TO another_login                                             | ''
            ALTER ROLE another_login SUPERUSER                                              | all of them
            ALTER ROLE another_login BYPASSRLS                                              | another_login
            ALTER ROLE another_login CREATEROLE                                             | another_login
            ALTER ROLE another_login REPLICATION                                            | another_login
            GRANT pg_read_server_files TO another_login                                     | pg_read_server_files
            GRANT selvage_owner TO another_login                                            | selvage_owner
            GRANT another_parent TO another_login; ALTER ROLE another_parent BYPASSRLS      | another_parent
            GRANT another_parent TO another_login; GRANT selvage_owner TO another_parent    | selvage_owner
            """)
    void aWayRoundRowSecurityIsFound(String made, String wayRound) {
        database.execute("postgres", made);

        var found = database.within(
                "another_login",
                connection -> TestDatabase.query(
                                connection, LoginRoleRepository.FIND_WAY_ROUND.text(), row -> row.getString(2))
                        .getFirst());

        if (wayRound.equals("all of them")) {
            assertThat(found).contains("another_login", "postgres", "selvage_owner");
        } else {
            assertThat(found).isEqualTo(wayRound);
        }
    }

    @Test
    void theGatewayDoesNotServeAsSuchARole() {
        database.execute("postgres", "ALTER ROLE another_login BYPASSRLS");

        assertThatThrownBy(() -> Gateway.start(database, "spring.r2dbc.username=another_login"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("the database role another_login, ")
                .hasMessageContaining("Connect as selvage_login");
    }

    @Test
    void whereNothingNeedsProtectionItMayBeAllowed() {
        database.execute("postgres", "ALTER ROLE another_login SUPERUSER");
        var gateway =
                Gateway.start(database, "spring.r2dbc.username=another_login", "gateway.allow-privileged-login=true");
        try {
            assertThat(gateway.anonymous().query("{ viewer { roles } }").ok().status())
                    .isEqualTo(200);
        } finally {
            gateway.stop();
        }
    }

    @Test
    void aRoleThatMayTakeNoneOfOursIsToldWhatToDo() {
        database.execute("postgres", "REVOKE selvage_system FROM another_login");

        assertThatThrownBy(() -> Gateway.start(database, "spring.r2dbc.username=another_login"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("db/roles.sql");
    }
}
