package dev.selvage.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Integrity;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever anybody sends, and in whatever order. */
class MutationPropertyTest {
    private static final long SEED = 20261123;
    private static final int MUTATIONS = 10_000;
    private static final int BETWEEN_RESTOCKS = 250;

    private static final Random random = new Random(SEED);
    private static final Shop shop = new Shop(TestPostgres.embedded18().database("property"), random);
    private static final RandomMutations mutations = new RandomMutations(shop, random);

    /** How often each mutation was done, and how often it was refused. */
    private static final Map<String, Integer> done = new TreeMap<>();

    private static final Map<String, Integer> refused = new TreeMap<>();

    @BeforeAll
    static void tenThousandMutationsAreSentAndARefusalLeavesEveryRowAsItWas() throws SQLException {
        var snapshot = new Snapshot(shop.connection());
        var before = snapshot.take(shop.connection());
        for (int i = 1; i <= MUTATIONS; i++) {
            if (i % BETWEEN_RESTOCKS == 0) {
                shop.restock();
                Integrity.assertWhole(shop.gateway().database());
                before = snapshot.take(shop.connection());
            }
            var attempt = mutations.any();
            var answer = attempt.send();
            var after = snapshot.take(shop.connection());
            boolean isRefused = attempt.isRefused(answer);
            (isRefused ? refused : done).merge(attempt.mutation(), 1, Integer::sum);
            assertThat(attempt.codes(answer))
                    .as("%d: %s", i, attempt.describe(answer))
                    .doesNotContain("INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE");
            if (isRefused) {
                assertThat(after).as("%d: %s", i, attempt.describe(answer)).isEqualTo(before);
            }
            before = after;
        }
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @Test
    void nothingIsFoundThatMustNeverBe() {
        Integrity.assertWhole(shop.gateway().database());
    }

    /** What was never done, or always, was not tried. */
    @Test
    void everyMutationIsDoneAndRefused() {
        assertThat(done.keySet()).as("done: %s, refused: %s", done, refused).containsAll(mutations.names());
        assertThat(refused.keySet()).containsAll(mutations.names());
        assertThat(done.values())
                .as("%s", done)
                .allSatisfy(times -> assertThat(times).isGreaterThanOrEqualTo(5));
    }

    /** A version is one change, and a change one entry; places and units that are counted are not a version. */
    @Test
    void everyChangeOfARecordIsWrittenDownOnce() throws SQLException {
        for (var table : List.of(
                "user users",
                "consignor consignors",
                "event events",
                "registration event_registrations",
                "inventory_item inventory_items",
                "fabric fabrics",
                "order orders",
                "calendar_entry content_calendar")) {
            var names = table.split(" ", -1);
            var unlike = TestDatabase.query(
                    shop.connection(),
                    """
                    SELECT record.id, record.version, count(changes), array_agg(version_after ORDER BY xact, changes.id)
                      FROM %s record
                      LEFT JOIN changes ON topic = '%s' AND changes.subject = record.id::text
                                       AND changed - '{registered_count, stock_quantity}'::text[] <> '{}'
                     GROUP BY record.id, record.version
                    HAVING array_agg(version_after ORDER BY xact, changes.id)
                           IS DISTINCT FROM (SELECT array_agg(n) FROM generate_series(1, record.version) n)
                    """.formatted(names[1], names[0]),
                    row -> row.getString(1) + " of version " + row.getInt(2) + " has " + row.getString(4));
            assertThat(unlike).as(table).isEmpty();
        }
    }
}
