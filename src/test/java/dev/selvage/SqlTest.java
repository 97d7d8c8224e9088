package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.ListingShapes.Shape;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.LargeData;
import dev.selvage.support.Plan;
import dev.selvage.support.Prepared;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every statement of the product on large data, as every kind of viewer: it can be prepared, it finds its rows by an index,
 * and a page of twenty looks at few of them. On the newest PostgreSQL and on the oldest supported.
 */
class SqlTest {
    private static final int LARGE = 1_000;
    private static final long ROWS_READ_FOR_A_PAGE = 2_000;

    private static final String NOT_GRANTED = "42501";

    /** What no caller's role may run. */
    private static final Set<String> GATEWAYS_OWN = Set.of(
            "UserRepository.FIND_BY_IDENTITY",
            "UserRepository.SIGN_IN",
            "OrderRepository.EXPIRE",
            "OrderRepository.FIND_EXPIRED",
            "OrderRepository.EXPIRE_ONE",
            "IdempotencyRepository.FORGET",
            "EventRepository.FIND_ENDED",
            "EventRepository.LOCK_ENDED",
            "EventRepository.COMPLETE_ENDED",
            "ClientAppRepository.ADD",
            "DocumentRepository.FIND_CALLABLE",
            "DocumentRepository.FIND_IN_USE",
            "DocumentRepository.FIND_TEXT",
            "DocumentRepository.USE");

    /**
     * What is wanted of many rows, in the order of something that goes with it: the cheapest orders are those of one line, and
     * seldom hold a dear fabric, so the walk is longer than the planner's statistics say; entries are made in the order in which
     * they are planned, so up to a quarter of them is rather fetched.
     */
    private static final long ROWS_READ_WHERE_ORDER_AND_FILTER_GO_TOGETHER = 3_000;

    @ParameterizedTest(name = "PostgreSQL {0}, {1}")
    @CsvSource({
        "18, anonymous",
        "18, consignor",
        "18, integrator with every scope",
        "18, administrator",
        "15, anonymous",
        "15, consignor",
        "15, integrator with every scope",
        "15, administrator"
    })
    void everyListIsPreparedAndFindsItsRowsByAnIndex(int version, String name) {
        var samples = new SqlSamples(database(version));
        var viewer = samples.viewer(name);
        var large = largeTables(database(version), LARGE);
        // A count reads what it counts: a table with no more rows than that may as well be read whole.
        var largerThanACount = largeTables(database(version), ListingShapes.COUNTED);

        var shapes = SchemaLists.seenBy(viewer).stream()
                .flatMap(listing -> listing.all(viewer, samples).stream())
                .toList();

        var scanned = samples.as(viewer, connection -> {
            var found = new TreeSet<String>();
            for (var shape : shapes) {
                try (var prepared = Prepared.of(
                        connection,
                        shape.text(),
                        shape.statement().values(),
                        shape.statement().isPlannedForItsValues())) {
                    for (var plan : shape.choosesWhenItRuns() ? prepared.runs() : prepared.plans()) {
                        if (!shape.countsWords()
                                && plan.scannedTables().stream()
                                        .anyMatch((shape.counts() ? largerThanACount : large)::contains)) {
                            found.add(shape.name());
                        }
                    }
                } catch (SQLException refused) {
                    throw new AssertionError(shape.name() + "\n" + shape.text(), refused);
                }
            }
            return found;
        });

        assertThat(scanned).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 15})
    void everyConstantStatementIsPreparedAndFindsItsRowsByAnIndex(int version) {
        var samples = new SqlSamples(database(version));
        var large = largeTables(database(version), LARGE);

        var run = new HashSet<String>();
        for (var name : List.of("anonymous", "consignor", "integrator with every scope", "administrator")) {
            var viewer = samples.viewer(name);
            everyStatementFindsItsRowsByAnIndex(samples, viewer, large, sql -> !GATEWAYS_OWN.contains(sql), run);
        }
        everyStatementFindsItsRowsByAnIndex(samples, Viewer.SYSTEM, large, GATEWAYS_OWN::contains, run);

        assertThat(run)
                .as("what somebody may run")
                .isEqualTo(Repositories.statements().keySet());
    }

    private static void everyStatementFindsItsRowsByAnIndex(
            SqlSamples samples, Viewer viewer, Set<String> large, Predicate<String> which, Set<String> run) {
        samples.as(viewer, connection -> {
            for (var sql : Repositories.statements().entrySet()) {
                if (!which.test(sql.getKey())) {
                    continue;
                }
                var before = connection.setSavepoint();
                var text = "/*" + viewer.role().name().toLowerCase(Locale.ROOT) + "*/ "
                        + sql.getValue().text();
                try (var prepared = Prepared.inferred(connection, text)) {
                    assertThat(prepared.plans())
                            .as("%s for %s", sql.getKey(), viewer.role())
                            .allSatisfy(plan -> assertThat(plan.scannedTables()).doesNotContainAnyElementsOf(large));
                    run.add(sql.getKey());
                } catch (SQLException refused) {
                    // Not everybody may change something.
                    if (!NOT_GRANTED.equals(refused.getSQLState())) {
                        throw new AssertionError(sql.getKey(), refused);
                    }
                    connection.rollback(before);
                    Prepared.forget(connection);
                }
            }
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "consignor", "integrator with every scope", "administrator"})
    void aPageOfTwentyLooksAtFewRows(String name) {
        var samples = new SqlSamples(LargeData.on18());
        var viewer = samples.viewer(name);

        var shapes = SchemaLists.seenBy(viewer).stream()
                .flatMap(listing -> listing.firstPages(viewer, samples).stream())
                .toList();

        var dear = samples.as(viewer, connection -> {
            var found = new ArrayList<String>();
            for (var shape : shapes) {
                try (var prepared = Prepared.of(
                        connection,
                        shape.text(),
                        shape.statement().values(),
                        shape.statement().isPlannedForItsValues())) {
                    long rows = prepared.runs().stream()
                            .mapToLong(Plan::rowsRead)
                            .max()
                            .orElseThrow();
                    if (rows > rowsAllowed(shape) * parents(shape)) {
                        found.add(shape.name() + ": " + rows);
                    }
                }
            }
            return found;
        });

        assertThat(dear).isEmpty();
    }

    private static long rowsAllowed(Shape shape) {
        return shape.name()
                        .matches(
                                "orders by TOTAL_AMOUNT .*, search .*|content_calendar by CREATED_AT .*, scheduledDate .*")
                ? ROWS_READ_WHERE_ORDER_AND_FILTER_GO_TOGETHER
                : ROWS_READ_FOR_A_PAGE;
    }

    @Test
    void theListsOfTheSchemaAreThoseOfTheRepositories() {
        assertThat(SchemaLists.types())
                .containsExactlyInAnyOrderElementsOf(Repositories.listings().stream()
                        .map(Repositories.DeclaredListing::type)
                        .toList());
    }

    /** A level is answered for all its parents at once. */
    private static int parents(Shape shape) {
        return shape.statement().values().stream()
                .filter(value -> value instanceof Long[] || value instanceof java.util.UUID[])
                .map(keys -> ((Object[]) keys).length)
                .findFirst()
                .orElse(1);
    }

    private static Set<String> largeTables(TestDatabase database, int rows) {
        return new TreeSet<>(database.query(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                        + " AND reltuples >= " + rows,
                row -> row.getString(1)));
    }

    private static TestDatabase database(int version) {
        if (version == 18) {
            return LargeData.on18();
        }
        if (!TestPostgres.hasPackaged15()) {
            var sentence = "PostgreSQL 15 is not installed here; Debian's package is called postgresql-15.";
            return "true".equals(System.getenv("CI")) ? fail(sentence) : abort(sentence);
        }
        return LargeData.on15();
    }
}
