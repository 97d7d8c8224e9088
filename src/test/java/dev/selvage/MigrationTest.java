package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Catalogue;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The way up, the way back, and that both are whole. */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class MigrationTest {
    private final TestDatabase database;
    private final List<String> rolesOnly;
    private final List<String> migrated;

    MigrationTest(PostgresVersion version) {
        database = version.server().emptyDatabase("migrations");
        rolesOnly = Catalogue.of(database);
        database.migrate();
        migrated = Catalogue.of(database);
    }

    @Test
    void everyMigrationHasItsWayBack() {
        assertThat(steps("undo").map(name -> name.substring(1)))
                .containsExactlyElementsOf(
                        steps("migration").map(name -> name.substring(1)).toList());
    }

    @Test
    void theWayBackLeavesTheRolesAndNothingElse() {
        undo(1);

        assertThat(Catalogue.of(database)).isEqualTo(rolesOnly);
    }

    @Test
    void theSecondWayUpLeadsWhereTheFirstDid() {
        undo(1);
        database.migrate();

        assertThat(Catalogue.of(database)).isEqualTo(migrated).hasSizeGreaterThan(200);
    }

    @Test
    void fromEveryStepOfTheWayBackOneMayTurnAround() {
        for (int step = 2; step <= steps("migration").count(); step++) {
            undo(step);
            database.migrate();

            assertThat(Catalogue.of(database)).as("back to before V%03d", step).isEqualTo(migrated);
        }
    }

    @Test
    void consignorsNumbersGoOnWhereTheyWereWhateverIssuesThem() {
        int first = number();
        undo(29);
        int second = number();
        database.migrate();

        assertThat(List.of(second, number())).containsExactly(first + 1, first + 2);
        database.execute("selvage_owner", "DELETE FROM consignors; DELETE FROM users");
    }

    private int number() {
        return database.query("""
                        WITH person AS (INSERT INTO users (email) VALUES (gen_random_uuid() || '@example.com') RETURNING id)
                        INSERT INTO consignors (user_id, name, email) SELECT id, 'Clara', 'clara@example.com' FROM person
                        RETURNING number
                        """, row -> row.getInt(1)).getFirst();
    }

    /** A policy file that changed is run again, on a database that has what its former text made. */
    @Test
    void aPolicyFileRunsAgainOnWhatItMade() {
        database.execute("selvage_owner", "DELETE FROM flyway_schema_history WHERE version IS NULL");
        database.migrate();

        assertThat(Catalogue.of(database)).isEqualTo(migrated);
    }

    /** Undoes this migration and all that came after it, and says so where Flyway keeps its account. */
    private void undo(int first) {
        for (var name : steps("undo").sorted(Comparator.reverseOrder()).toList()) {
            if (Integer.parseInt(name.substring(1, 4)) >= first) {
                database.execute("selvage_owner", TestPostgres.resource("db/undo/" + name));
            }
        }
        if (first == 1) {
            database.execute("selvage_owner", "DROP TABLE flyway_schema_history");
        } else {
            // Policy files run again: what they made may have gone with a table.
            database.execute(
                    "selvage_owner",
                    "DELETE FROM flyway_schema_history WHERE version IS NULL OR version::int >= " + first);
        }
    }

    private static Stream<String> steps(String directory) {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:db/" + directory + "/*.sql"))
                    .map(file -> Objects.requireNonNull(file.getFilename()))
                    .sorted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
