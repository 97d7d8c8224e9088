package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.RowAccessTrial.Case;
import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PerProperty;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Whatever rows there are and whoever asks, everybody reads and writes what {@link TableAccess} says, and nothing else. */
class RowSecurityPropertyTest {
    private static final List<String> SCOPES = List.of(
            "read:consignors",
            "read:inventory",
            "write:inventory",
            "read:orders",
            "write:orders",
            "write:fabrics",
            "read:calendar",
            "write:calendar",
            "read:analytics",
            "write:analytics",
            "read:changes",
            "write:documents");

    private static final Map<PostgresVersion, Connection> connections = new EnumMap<>(PostgresVersion.class);

    /** What happened in some try. */
    private static final Set<Case> cases = new HashSet<>();

    @Provide
    Arbitrary<GeneratedRows> rows() {
        return GeneratedRows.any();
    }

    /** Also those whom the gateway does not make: users without id, scopes of somebody who is no integrator. */
    @Provide
    Arbitrary<List<DatabaseViewer>> viewers() {
        var users =
                Arbitraries.integers().between(1, 6).map(GeneratedRows::user).injectNull(0.1);
        // Orders are numbered as users are.
        var orders =
                Arbitraries.integers().between(1, 6).map(GeneratedRows::user).injectNull(0.5);
        return Combinators.combine(Arbitraries.of(TableAccess.ROLES), users, Arbitraries.subsetOf(SCOPES), orders)
                .as(DatabaseViewer::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 200, seed = "1", edgeCases = EdgeCasesMode.NONE)
    @PerProperty(EverythingHappens.class)
    void onPostgres18(@ForAll("rows") GeneratedRows rows, @ForAll("viewers") List<DatabaseViewer> viewers)
            throws SQLException {
        everybodyDoesWhatIsWritten(PostgresVersion.EMBEDDED_18, rows, viewers);
    }

    @Property(tries = 200, seed = "2", edgeCases = EdgeCasesMode.NONE)
    @PerProperty(EverythingHappens.class)
    @AddLifecycleHook(SkippedWithoutPostgres15.class)
    void onPostgres15(@ForAll("rows") GeneratedRows rows, @ForAll("viewers") List<DatabaseViewer> viewers)
            throws SQLException {
        everybodyDoesWhatIsWritten(PostgresVersion.PACKAGED_15, rows, viewers);
    }

    private static void everybodyDoesWhatIsWritten(
            PostgresVersion version, GeneratedRows rows, List<DatabaseViewer> viewers) throws SQLException {
        // One connection for all tries: a new one begins by reading the catalogue.
        var connection = connections.computeIfAbsent(version, RowSecurityPropertyTest::connect);
        try {
            rows.write(connection);
            var trial = new RowAccessTrial(connection, viewers);

            assertThat(trial.disagreements()).isEmpty();
            cases.addAll(trial.cases());
        } finally {
            connection.rollback();
        }
    }

    @AfterContainer
    static void close() throws SQLException {
        for (var connection : connections.values()) {
            connection.close();
        }
    }

    private static Connection connect(PostgresVersion version) {
        try {
            var connection = DriverManager.getConnection(version.migrated().jdbcUrl(), "postgres", "");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of which nobody sees any prove nothing, nor do those of which everybody sees all. */
    static final class EverythingHappens implements PerProperty.Lifecycle {
        @Override
        public void before(PropertyLifecycleContext context) {
            cases.clear();
        }

        @Override
        public void onSuccess() {
            var expected = TableAccess.RIGHTS.stream().flatMap(right -> {
                var rows = TableAccess.rows(right).before();
                return Stream.of(true, false)
                        .filter(allowed -> !rows.equals(Set.of(allowed ? "none" : "all")))
                        .map(allowed -> new Case(right, allowed));
            });

            assertThat(cases).containsAll(expected.toList());
        }
    }

    /** Where CI decides it is not skipped, and fails. */
    static final class SkippedWithoutPostgres15 implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return TestPostgres.hasPackaged15() || "true".equals(System.getenv("CI"))
                    ? SkipResult.doNotSkip()
                    : SkipResult.skip("Debian's package postgresql-15 is not on this machine.");
        }
    }
}
