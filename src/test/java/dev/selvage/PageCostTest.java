package dev.selvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.ListingShapes.Place;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.LargeData;
import dev.selvage.support.Prepared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page costs what every other page costs, however far into the list it lies. */
class PageCostTest {
    private static final int SIZE = 20;
    private static final int DEEP = 1_000;

    /**
     * Pages measured at either place. Twenty neighbours lie in two to five blocks of the table, by chance and not by depth, and
     * one page takes six to ten blocks in all; ten pages together say what the place costs.
     */
    private static final int PAGES = 10;

    private static final SqlSamples samples = new SqlSamples(LargeData.on18());

    record Walk(String viewer, String sort, boolean descending, boolean backward) {
        @Override
        public String toString() {
            return viewer + " by " + sort + (descending ? " descending" : " ascending")
                    + (backward ? " from the end" : "");
        }
    }

    static Stream<Walk> walks() {
        return Stream.of("anonymous", "consignor", "integrator with read:inventory", "administrator")
                .flatMap(viewer -> Stream.of("CREATED_AT", "PRICE", "NAME")
                        .flatMap(sort -> Stream.of(false, true)
                                .flatMap(descending -> Stream.of(false, true)
                                        .map(backward -> new Walk(viewer, sort, descending, backward)))));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void tenPagesFromPageOneThousandOnTouchNoMoreThanAFifthMoreBlocksThanTheFirstTen(Walk walk) {
        var viewer = samples.viewer(walk.viewer());

        var blocks = samples.as(viewer, connection -> {
            var places = places(connection, viewer, walk);
            return List.of(blocks(connection, viewer, walk, places, 1), blocks(connection, viewer, walk, places, DEEP));
        });

        assertThat(blocks.getFirst()).isPositive();
        assertThat(blocks.getLast() * 10).as("of %s", blocks).isLessThanOrEqualTo(blocks.getFirst() * 12);
    }

    /** All rows up to the last of the pages measured. */
    private static List<Place> places(Connection connection, Viewer viewer, Walk walk) throws SQLException {
        int rows = (DEEP + PAGES) * SIZE;
        // A page has one row more than asked for.
        var shape = items().page(viewer, walk.sort(), walk.descending(), walk.backward(), rows - 1, null);
        try (var prepared = Prepared.of(
                connection,
                shape.text(),
                shape.statement().values(),
                shape.statement().isPlannedForItsValues())) {
            var places = prepared.rows(row -> new Place(key(row), row.getLong("id")));
            assertThat(places).hasSize(rows);
            return places;
        }
    }

    /** What ten pages cost, from this one on, counted from one. */
    private static long blocks(Connection connection, Viewer viewer, Walk walk, List<Place> places, int firstPage)
            throws SQLException {
        long blocks = 0;
        for (int page = firstPage; page < firstPage + PAGES; page++) {
            var from = page == 1 ? null : places.get((page - 1) * SIZE - 1);
            blocks += blocks(connection, viewer, walk, from);
        }
        return blocks;
    }

    private static Object key(ResultSet row) throws SQLException {
        var key = row.getObject("page_key");
        return key instanceof Timestamp timestamp ? timestamp.toInstant() : key;
    }

    private static long blocks(Connection connection, Viewer viewer, Walk walk, @Nullable Place from)
            throws SQLException {
        var shape = items().page(viewer, walk.sort(), walk.descending(), walk.backward(), SIZE, from);
        try (var prepared = Prepared.of(
                connection,
                shape.text(),
                shape.statement().values(),
                shape.statement().isPlannedForItsValues())) {
            assertThat(prepared.rows(row -> row.getLong("id"))).hasSize(SIZE + 1);
            // What follows counts no blocks of the catalogue: the session knows it by now.
            return prepared.run().blocks();
        }
    }

    private static ListingShapes items() {
        return Repositories.listings().stream()
                .filter(listing -> listing.type().equals("InventoryItem"))
                .findFirst()
                .orElseThrow()
                .shapes();
    }
}
