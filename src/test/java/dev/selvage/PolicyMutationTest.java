package dev.selvage;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.selvage.kernel.Scope;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whether the checks of row security would notice: each policy is made to say something else, and they must complain. */
class PolicyMutationTest {
    /** A write scope brings the read scope of the same name. */
    private static final Set<String> WRITE_SCOPES = Scope.of(List.of(
                    "write:inventory",
                    "write:orders",
                    "write:fabrics",
                    "write:calendar",
                    "write:analytics",
                    "write:documents"))
            .stream()
            .map(Scope::word)
            .collect(toSet());

    private static final List<DatabaseViewer> VIEWERS = Stream.concat(
                    Stream.of(RowSecurityViewer.values()).map(RowSecurityViewer::asked),
                    Stream.of(
                            new DatabaseViewer("system", null, Set.of()),
                            // Nobody whom the gateway makes.
                            new DatabaseViewer("user", null, Set.of()),
                            new DatabaseViewer("integrator", null, WRITE_SCOPES)))
            .toList();

    /** Whoever changes a row by its id has to see it first, and these see their own only. */
    private static final Set<String> SAME = Set.of("ALTER POLICY orders_cancel_user ON orders USING (true)");

    /** Everybody while they place an order, which is theirs or is not. */
    private final List<DatabaseViewer> placing = new ArrayList<>();

    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        var database = RowSecurityWorld.on(PostgresVersion.EMBEDDED_18).database;
        connection = DriverManager.getConnection(database.jdbcUrl(), "postgres", "");
        connection.setAutoCommit(false);
        placing.clear();
        var customer = RowSecurityWorld.Person.CUSTOMER.user();
        var administrator = RowSecurityWorld.Person.ADMINISTRATOR.user();
        for (var buyer : Arrays.asList(null, customer, administrator)) {
            for (var status : List.of("pending", "processing", "cancelled")) {
                var order = placed(buyer, status);
                placing.add(new DatabaseViewer("anonymous", null, Set.of(), order));
                placing.add(new DatabaseViewer("user", customer, Set.of(), order));
                placing.add(new DatabaseViewer("integrator", null, Set.of("read:inventory"), order));
                placing.add(new DatabaseViewer("admin", administrator, Set.of(), order));
            }
        }
    }

    private UUID placed(@Nullable UUID buyer, String status) throws SQLException {
        return TestDatabase.query(connection, """
                        INSERT INTO orders (user_id, customer_email, customer_name, items, subtotal, total_amount, status)
                        VALUES (?, 'buyer@example.com', 'Buyer', jsonb_build_array(jsonb_build_object('kind', 'fabric',
                                'fabric_id', gen_random_uuid(), 'name', 'Linen', 'quantity', 1, 'unit_price', 1)), 1, 1, ?)
                        RETURNING id
                        """, row -> row.getObject(1, UUID.class), buyer, status)
                .getFirst();
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void ofThePoliciesAsTheyAreNothingIsToBeSaid() throws SQLException {
        assertThat(disagreements(TableAccess.TABLES, Set.copyOf(TableAccess.ROLES)))
                .isEmpty();
    }

    @TestFactory
    List<DynamicTest> aPolicyThatSaysSomethingElseIsNoticed() throws SQLException {
        var mutants = PolicyMutant.all(connection).stream()
                .filter(mutant -> !SAME.contains(mutant.statement()))
                .toList();

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
            // What is written by triggers is tried by what they are triggered by.
            return mutant.table().equals("changes")
                    ? disagreements(TableAccess.TABLES, Set.copyOf(TableAccess.ROLES))
                    : disagreements(List.of(mutant.table()), mutant.roles());
        } finally {
            connection.rollback(before);
        }
    }

    private List<String> disagreements(List<String> tables, Set<String> roles) throws SQLException {
        for (var check : CatalogueCheck.values()) {
            var found = check.disagreements(connection);
            if (!found.isEmpty()) {
                return found;
            }
        }
        var viewers = new ArrayList<>(VIEWERS);
        if (tables.contains("orders")) {
            viewers.addAll(placing);
        }
        viewers.removeIf(viewer -> !roles.contains(viewer.role()));
        return new RowAccessTrial(connection, viewers, tables).disagreements();
    }
}
