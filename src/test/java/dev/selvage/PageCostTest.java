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
     * How many more blocks of the table twenty rows may lie in at one place than at another. Neighbours in the order of
     * making lie in two to five, which is nothing of the page's depth, and much beside an index of three levels.
     */
    private static final int SPREAD = 3;

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
    void pageOneThousandOfTheInventoryTouchesNoMoreThanAFifthMoreBlocksThanPageOne(Walk walk) {
        var viewer = samples.viewer(walk.viewer());

        var blocks = samples.as(viewer, connection -> {
            var deep = place(connection, viewer, walk);
            return List.of(blocks(connection, viewer, walk, null), blocks(connection, viewer, walk, deep));
        });

        assertThat(blocks.getFirst()).isPositive();
        assertThat((blocks.getLast() - SPREAD) * 10).as("of %s", blocks).isLessThanOrEqualTo(blocks.getFirst() * 12);
    }

    /** The last row before page one thousand. */
    private static Place place(Connection connection, Viewer viewer, Walk walk) throws SQLException {
        // A page has one row more than asked for.
        var shape = items().page(viewer, walk.sort(), walk.descending(), walk.backward(), (DEEP - 1) * SIZE - 1, null);
        try (var prepared =
                Prepared.of(connection, shape.text(), shape.statement().values())) {
            var rows = prepared.rows(row -> new Place(key(row), row.getLong("id")));
            assertThat(rows).hasSize((DEEP - 1) * SIZE);
            return rows.getLast();
        }
    }

    private static Object key(ResultSet row) throws SQLException {
        var key = row.getObject("page_key");
        return key instanceof Timestamp timestamp ? timestamp.toInstant() : key;
    }

    private static long blocks(Connection connection, Viewer viewer, Walk walk, @Nullable Place from)
            throws SQLException {
        var shape = items().page(viewer, walk.sort(), walk.descending(), walk.backward(), SIZE, from);
        try (var prepared =
                Prepared.of(connection, shape.text(), shape.statement().values())) {
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
