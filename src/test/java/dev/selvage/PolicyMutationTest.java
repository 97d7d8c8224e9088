package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selvage.support.PostgresVersion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whether the checks of row security would notice: each policy is made to say something else, and they must complain. */
class PolicyMutationTest {
    private static final Set<String> WRITE_SCOPES =
            Set.of("write:inventory", "write:orders", "write:fabrics", "write:calendar", "write:analytics");

    private static final List<DatabaseViewer> VIEWERS = Stream.concat(
                    Stream.of(RowSecurityViewer.values()).map(RowSecurityViewer::asked),
                    Stream.of(
                            new DatabaseViewer("system", null, Set.of()),
                            new DatabaseViewer("integrator", null, WRITE_SCOPES)))
            .toList();

    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        var database = RowSecurityWorld.on(PostgresVersion.EMBEDDED_18).database;
        connection = DriverManager.getConnection(database.jdbcUrl(), "postgres", "");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void ofThePoliciesAsTheyAreNothingIsToBeSaid() throws SQLException {
        assertThat(disagreements()).isEmpty();
    }

    @TestFactory
    List<DynamicTest> aPolicyThatSaysSomethingElseIsNoticed() throws SQLException {
        var mutants = PolicyMutant.all(connection);

        assertThat(mutants).hasSizeGreaterThan(100);
        return mutants.stream()
                .map(mutant -> dynamicTest(
                        mutant.statement(),
                        () -> assertThat(disagreementsAfter(mutant))
                                .as("complaints after %s", mutant.statement())
                                .isNotEmpty()))
                .toList();
    }

    @Test
    void aConditionIsMadeAnotherOneInEachOfItsParts() {
        assertThat(PolicyMutant.otherwise("(listed OR (a AND (b(c) IS NULL)))"))
                .containsExactlyInAnyOrder(
                        "true",
                        "false",
                        "(true OR (a AND (b(c) IS NULL)))",
                        "(false OR (a AND (b(c) IS NULL)))",
                        "(listed OR true)",
                        "(listed OR false)",
                        "(listed OR (true AND (b(c) IS NULL)))",
                        "(listed OR (false AND (b(c) IS NULL)))",
                        "(listed OR (a AND true))",
                        "(listed OR (a AND false))",
                        "(listed OR (a AND (b(c) IS NOT NULL)))");
    }

    private List<String> disagreementsAfter(PolicyMutant mutant) throws SQLException {
        var before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.execute(mutant.statement());
            return disagreements();
        } finally {
            connection.rollback(before);
        }
    }

    private List<String> disagreements() throws SQLException {
        for (var check : CatalogueCheck.values()) {
            var found = check.disagreements(connection);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return new RowAccessTrial(connection, VIEWERS).disagreements();
    }
}
