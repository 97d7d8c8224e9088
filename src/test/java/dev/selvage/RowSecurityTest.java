package dev.selvage;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What each role may do on each table, by grant and by policy; {@link VisibleRowsTest} is about which rows. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class RowSecurityTest {
    /** S is SELECT, I INSERT, U UPDATE, D DELETE. Whatever stands nowhere here, a table or a right, is a failure. */
    private static final String ACCESS = """
            table                anonymous  user  integrator  admin  system
            users                S          S     S           S      SIU
            consignors           S          S     S           S      S
            events               S          S     S           S      S
            event_registrations  S          S     S           S      S
            inventory_items      S          S     S           S      S
            fabrics              S          S     S           S      S
            orders               S          S     S           S      SU
            content_calendar     S          S     S           S      S
            analytics            S          S     S           S      -
            """;

    /** One statement for each command that needs no knowledge of the table. */
    private static final Map<String, String> STATEMENTS = Map.of(
            "SELECT", "SELECT FROM %s",
            "INSERT", "INSERT INTO %s DEFAULT VALUES",
            "UPDATE", "UPDATE %s SET id = id",
            "DELETE", "DELETE FROM %s",
            "TRUNCATE", "TRUNCATE %s CASCADE");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private record Right(String table, String role, String command) {}

    private static final List<String> ROLES = cells(ACCESS.lines().findFirst().orElseThrow()).stream()
            .skip(1)
            .map("selvage_"::concat)
            .toList();
    private static final List<String> TABLES =
            ACCESS.lines().skip(1).map(line -> cells(line).getFirst()).toList();
    private static final Set<Right> RIGHTS =
            ACCESS.lines().skip(1).flatMap(RowSecurityTest::rights).collect(toSet());

    private final TestDatabase database;

    RowSecurityTest(PostgresVersion version) {
        database = version.migrated();
    }

    @Test
    void everyTableHasAnEntry() {
        var found = database.query("""
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                   AND relname <> 'flyway_schema_history'
                """, row -> row.getString(1));

        assertThat(found).containsExactlyInAnyOrderElementsOf(TABLES);
    }

    @Test
    void rowSecurityIsOnForEverybodyTheOwnerIncluded() {
        var found = database.query("""
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                   AND relrowsecurity AND relforcerowsecurity
                """, row -> row.getString(1));

        assertThat(found).containsExactlyInAnyOrderElementsOf(TABLES);
    }

    @Test
    void nothingElseIsGranted() {
        var found = database.query("""
                SELECT relname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, privilege_type
                  FROM pg_class, aclexplode(relacl)
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                   AND grantee <> relowner
                """, row -> new Right(row.getString(1), row.getString(2), row.getString(3)));

        assertThat(found).containsExactlyInAnyOrderElementsOf(RIGHTS);
    }

    @Test
    void noColumnIsGrantedByItself() {
        var found = database.query("""
                SELECT attrelid::regclass || '.' || attname FROM pg_attribute
                 WHERE attacl IS NOT NULL
                   AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
                """, row -> row.getString(1));

        assertThat(found).isEmpty();
    }

    @Test
    void everyRightHasAPolicyAndEveryPolicyARight() {
        var found = database.query("""
                SELECT relname,
                       CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END,
                       CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                   WHEN 'd' THEN 'DELETE' ELSE 'ALL' END
                  FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid, unnest(polroles) role
                 WHERE polpermissive
                """, row -> new Right(row.getString(1), row.getString(2), row.getString(3)));

        var owners = TABLES.stream().map(table -> new Right(table, "selvage_owner", "ALL"));
        assertThat(Set.copyOf(found))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(RIGHTS.stream(), owners).toList());
    }

    @Test
    void theOwnerWhoMigratesSeesAndWritesEverything() {
        var found = database.query("""
                SELECT polrelid::regclass::text FROM pg_policy
                 WHERE polroles = ARRAY['selvage_owner'::regrole::oid] AND polcmd = '*'
                   AND pg_get_expr(polqual, polrelid) = 'true' AND pg_get_expr(polwithcheck, polrelid) = 'true'
                """, row -> row.getString(1));

        assertThat(found).containsExactlyInAnyOrderElementsOf(TABLES);
    }

    @Test
    void whatIsNotGrantedIsRefused() {
        SoftAssertions.assertSoftly(softly -> {
            for (var role : ROLES) {
                database.rolledBack("selvage_login", connection -> {
                    connection.createStatement().execute("SET LOCAL ROLE " + role);
                    for (var table : TABLES) {
                        for (var command : STATEMENTS.entrySet()) {
                            var refusal = TestDatabase.refusal(
                                    connection, command.getValue().formatted(table));
                            var right = new Right(table, role, command.getKey());
                            softly.assertThat(refusal.state().equals(INSUFFICIENT_PRIVILEGE)
                                            && refusal.message().startsWith("permission denied"))
                                    .as("%s is refused (%s)", right, refusal)
                                    .isEqualTo(!RIGHTS.contains(right));
                        }
                    }
                    return true;
                });
            }
        });
    }

    @Test
    void numbersAreDrawnByNobodyDirectly() {
        var found = database.query("""
                SELECT sequence.oid::regclass || ' by ' || role
                  FROM pg_class sequence, unnest(?::text[] || 'selvage_login'::text) role
                 WHERE sequence.relnamespace = 'public'::regnamespace AND sequence.relkind = 'S'
                   AND has_sequence_privilege(role, sequence.oid, 'USAGE, SELECT, UPDATE')
                """, row -> row.getString(1), (Object) ROLES.toArray(String[]::new));

        assertThat(found).isEmpty();
    }

    @Test
    void noViewLooksPastThePolicies() {
        var found = database.query("""
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND NOT (
                       relkind IN ('r', 'p', 'i', 'I', 'S', 'c')
                       OR (relkind = 'v' AND 'security_invoker=true' = ANY (coalesce(reloptions, '{}'))))
                """, row -> row.getString(1));

        assertThat(found).isEmpty();
    }

    private static Stream<Right> rights(String line) {
        var cells = cells(line);
        return Stream.iterate(0, role -> role < ROLES.size(), role -> role + 1)
                .flatMap(role -> cells.get(role + 1)
                        .chars()
                        .filter(letter -> letter != '-')
                        .mapToObj(letter -> new Right(
                                cells.getFirst(),
                                ROLES.get(role),
                                switch (letter) {
                                    case 'S' -> "SELECT";
                                    case 'I' -> "INSERT";
                                    case 'U' -> "UPDATE";
                                    case 'D' -> "DELETE";
                                    default -> throw new IllegalArgumentException(line);
                                })));
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.trim().split(" +"));
    }
}
