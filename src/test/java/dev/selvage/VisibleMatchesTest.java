package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each viewer finds: the functions that search past the policies are compared with what the policies show, which
 * {@link RowSecurityPropertyTest} compares with the rules.
 */
@ParameterizedClass
@EnumSource(PostgresVersion.class)
class VisibleMatchesTest {
    private record Searched(String table, String config, String kind) {}

    private static final List<Searched> SEARCHED = List.of(
            new Searched("users", "simple", ""),
            new Searched("consignors", "simple", "consignor"),
            new Searched("events", "english", "event"),
            new Searched("fabrics", "english", "fabric"),
            new Searched("inventory_items", "english", "inventory_item"),
            new Searched("orders", "words", "order"),
            new Searched("content_calendar", "words", "calendar_entry"));

    /** Each in some rows of several tables, or in none. */
    private static final List<String> WORDS = List.of("linen", "wool", "will", "clara", "cloth", "neverwritten");

    private final RowSecurityWorld world;

    VisibleMatchesTest(PostgresVersion version) {
        world = RowSecurityWorld.on(version);
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void aSearchFindsThoseOfTheVisibleRowsThatMatch(RowSecurityViewer viewer) {
        var queries = Stream.concat(
                WORDS.stream(), Stream.of("'fair' & !'linen'", "'linen' | 'wool'", "'linen' <-> 'fair'", "'lin':*"));
        as(viewer, connection -> {
            for (var terms : queries.toList()) {
                for (var searched : SEARCHED) {
                    assertThat(read(connection, matching(searched, terms)))
                            .as("%s of %s", terms, searched.table())
                            .containsExactlyInAnyOrderElementsOf(visible(connection, searched, terms));
                }
            }
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void theRankedSearchFindsTheSame(RowSecurityViewer viewer) {
        as(viewer, connection -> {
            for (var terms : WORDS) {
                for (var searched : acrossKinds()) {
                    assertThat(read(connection, ranked(searched, terms)))
                            .as("%s of %s", terms, searched.table())
                            .containsExactlyInAnyOrderElementsOf(
                                    isFor(viewer, searched) ? visible(connection, searched, terms) : Set.of());
                }
            }
            return true;
        });
    }

    /** The searches above are compared with tables; this is that something is found at all, and by whom. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # table          | word  | finds something            | finds nothing
            users            | clara | CONSIGNOR                  | ANONYMOUS_WITH_SCOPES
            users            | dora  | ADMIN                      | CONSIGNOR_WITH_SCOPES
            users            | clara | ADMIN                      | INTEGRATOR_OF_EVERYTHING
            consignors       | clara | CONSIGNOR                  | ANOTHER_CONSIGNOR
            consignors       | linen | INTEGRATOR_OF_CONSIGNORS   | INTEGRATOR_OF_INVENTORY
            events           | linen | ANONYMOUS                  |
            inventory_items  | wool  | ANONYMOUS                  |
            fabrics          | wool  | ANONYMOUS                  |
            orders           | will  | CUSTOMER                   | ANONYMOUS
            orders           | will  | INTEGRATOR_OF_ORDERS       | INTEGRATOR_OF_THE_CALENDAR
            content_calendar | will  | CONSIGNOR                  | CUSTOMER
            content_calendar | wool  | INTEGRATOR_OF_THE_CALENDAR | INTEGRATOR_OF_ORDERS
            """)
    void aSearchFindsSomething(String table, String word, RowSecurityViewer finder, @Nullable RowSecurityViewer other) {
        var search = "SELECT id FROM %s_matching('%s')".formatted(table, word);

        var found = as(finder, connection -> read(connection, search));
        assertThat(found).isNotEmpty();
        if (other != null) {
            var foundByOther = as(other, connection -> read(connection, search));
            assertThat(foundByOther).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void aWordIsInUseIfAVisibleRowHasIt(RowSecurityViewer viewer) {
        as(viewer, connection -> {
            for (var searched : acrossKinds()) {
                var expected = new ArrayList<String>();
                for (var word : WORDS) {
                    if (isStopWord(searched, word)
                            || (isFor(viewer, searched)
                                    && !visible(connection, searched, word).isEmpty())) {
                        expected.add(word);
                    }
                }

                assertThat(read(connection, inUse(searched.kind())))
                        .as(searched.kind())
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
            return true;
        });
    }

    /** What things are called is searched without stop words, so those are never missing. */
    private static boolean isStopWord(Searched searched, String word) {
        return searched.config().equals("english") && word.equals("will");
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void aWordIsInUseInAnyOfTheKinds(RowSecurityViewer viewer) {
        as(viewer, connection -> {
            var kinds = acrossKinds().stream().map(Searched::kind).toList();
            var inEach = new HashSet<String>();
            for (var kind : kinds) {
                inEach.addAll(read(connection, inUse(kind)));
            }

            assertThat(read(connection, inUse(String.join(",", kinds))))
                    .containsExactlyInAnyOrderElementsOf(inEach)
                    .isNotEmpty();
            assertThat(read(connection, inUse(""))).isEmpty();
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void theOrdersOfAFabricAreThoseThatTheViewerSees(RowSecurityViewer viewer) {
        for (var fabric : world.shop.fabrics) {
            var expected = world.shop.orders.stream()
                    .filter(order -> order.fabric().equals(fabric) && viewer.sees(order))
                    .map(order -> order.id().toString());

            var found =
                    as(viewer, connection -> read(connection, "SELECT orders_containing('%s')".formatted(fabric.id())));
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected.toList());
        }
    }

    @ParameterizedTest
    @EnumSource(RowSecurityViewer.class)
    void salesAreCountedForThoseWhoReadAnalytics(RowSecurityViewer viewer) {
        var all = "SELECT orders FROM sales('{}', NULL, NULL, 'UTC', 10)";

        var counted = as(viewer, connection -> read(connection, all));
        assertThat(counted)
                .isEqualTo(viewer.reads("read:analytics") ? List.of("" + world.shop.orders.size()) : List.of());
    }

    /** What the search across kinds looks at. */
    private static List<Searched> acrossKinds() {
        return SEARCHED.stream().filter(searched -> !searched.kind().isEmpty()).toList();
    }

    /** There, consignors are found by those who look after them, and nobody looks themselves up. */
    private static boolean isFor(RowSecurityViewer viewer, Searched searched) {
        return !searched.table().equals("consignors") || viewer.reads("read:consignors");
    }

    private static String matching(Searched searched, String terms) {
        return "SELECT id FROM %s_matching('%s')".formatted(searched.table(), terms.replace("'", "''"));
    }

    private static String ranked(Searched searched, String terms) {
        return "SELECT id FROM %s_ranked('%s', 1000)".formatted(searched.table(), terms);
    }

    private static String inUse(String kinds) {
        return "SELECT words_in_use('{%s}', '{%s}')".formatted(String.join(",", WORDS), kinds);
    }

    /** The ids that the policies show of the rows with these words. */
    private static Set<String> visible(Connection connection, Searched searched, String terms) throws SQLException {
        return Set.copyOf(read(
                connection,
                "SELECT id FROM %s WHERE search @@ to_tsquery('%s', '%s')"
                        .formatted(searched.table(), searched.config(), terms.replace("'", "''"))));
    }

    private <T> T as(RowSecurityViewer viewer, TestDatabase.Work<T> work) {
        return viewer.in(world.database, work);
    }

    private static List<String> read(Connection connection, String sql) throws SQLException {
        return TestDatabase.query(connection, sql, row -> row.getString(1));
    }
}
