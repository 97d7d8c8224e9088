package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.ListingShapes.Shape;
import dev.selvage.support.LargeData;
import dev.selvage.support.Plan;
import dev.selvage.support.Prepared;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    @ParameterizedTest(name = "PostgreSQL {0}, {1}")
    @CsvSource({
        "18, anonymous",
        "18, consignor",
        "18, integrator",
        "18, integrator with read:inventory",
        "18, integrator with read:consignors",
        "18, administrator",
        "15, anonymous",
        "15, consignor",
        "15, integrator",
        "15, integrator with read:inventory",
        "15, integrator with read:consignors",
        "15, administrator"
    })
    void everyListIsPreparedAndFindsItsRowsByAnIndex(int version, String name) {
        var samples = new SqlSamples(database(version));
        var viewer = samples.viewer(name);
        var large = largeTables(database(version), LARGE);
        // A count reads what it counts: a table with no more rows than that may as well be read whole.
        var largerThanACount = largeTables(database(version), ListingShapes.COUNTED);

        var scanned = samples.as(viewer, connection -> {
            var found = new TreeSet<String>();
            for (var listing : SchemaLists.seenBy(viewer)) {
                for (var shape : listing.all(viewer, samples)) {
                    try (var prepared = Prepared.of(
                            connection, shape.text(), shape.statement().values())) {
                        for (var plan : prepared.plans()) {
                            if (plan.scannedTables().stream()
                                            .anyMatch((shape.counts() ? largerThanACount : large)::contains)
                                    && !KnownCosts.scans(shape)) {
                                found.add(shape.name());
                            }
                        }
                    } catch (SQLException refused) {
                        throw new AssertionError(shape.name() + "\n" + shape.text(), refused);
                    }
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

        for (var name : List.of("anonymous", "consignor", "integrator with read:consignors", "administrator")) {
            var viewer = samples.viewer(name);
            samples.as(viewer, connection -> {
                for (var sql : Repositories.statements().entrySet()) {
                    var text = "/*" + viewer.role().name().toLowerCase(java.util.Locale.ROOT) + "*/ "
                            + sql.getValue().text();
                    try (var prepared = Prepared.inferred(connection, text)) {
                        assertThat(prepared.plans())
                                .as("%s for %s", sql.getKey(), name)
                                .allSatisfy(
                                        plan -> assertThat(plan.scannedTables()).doesNotContainAnyElementsOf(large));
                    } catch (SQLException refused) {
                        throw new AssertionError(sql.getKey(), refused);
                    }
                }
                return true;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "consignor",
                "integrator",
                "integrator with read:inventory",
                "integrator with read:consignors",
                "administrator"
            })
    void aPageOfTwentyLooksAtFewRows(String name) {
        var samples = new SqlSamples(LargeData.on18());
        var viewer = samples.viewer(name);

        var dear = samples.as(viewer, connection -> {
            var found = new ArrayList<String>();
            for (var listing : SchemaLists.seenBy(viewer)) {
                for (var shape : listing.firstPages(viewer, samples)) {
                    try (var prepared = Prepared.of(
                            connection, shape.text(), shape.statement().values())) {
                        long rows = prepared.runs().stream()
                                .mapToLong(Plan::rowsRead)
                                .max()
                                .orElseThrow();
                        if (rows > Math.max(ROWS_READ_FOR_A_PAGE * parents(shape), KnownCosts.rowsRead(shape))) {
                            found.add(shape.name() + ": " + rows);
                        }
                    }
                }
            }
            return found;
        });

        assertThat(dear).isEmpty();
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
        return shape.statement().values().getFirst() instanceof Object[] keys ? keys.length : 1;
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
