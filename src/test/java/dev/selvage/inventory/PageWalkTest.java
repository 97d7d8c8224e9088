package dev.selvage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.ManyItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whoever walks a list page by page sees each of its rows once, while others write. */
class PageWalkTest {
    private static final int SIZE = 100;
    private static final int PAGES_BETWEEN_WRITES = 10;
    private static final String PAGE = """
            inventoryItems(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) {
              nodes { id }
              pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            }""";
    private static final String VARIABLES =
            "$first: Int, $after: String, $last: Int, $before: String, $filter: InventoryItemFilter, $sort: InventoryItemSort";

    private static final Gateway gateway = Gateway.running();
    private static final ManyItems items = new ManyItems(gateway, 10_000);
    private static final Given.User admin = new Given(gateway).admin();

    /** @param sees which items, as a condition of SQL that says it in other words than the product */
    private record Viewer(String name, Caller caller, String sees) {}

    private record Order(String field, String column, String direction) {}

    record Walk(Viewer viewer, Order order, boolean backward, boolean belowTheEvent) {
        @Override
        public String toString() {
            return viewer.name + " by " + order.field + " " + order.direction + (backward ? " from the end" : "")
                    + (belowTheEvent ? " below the event" : "");
        }
    }

    static Stream<Walk> walks() {
        var viewers = List.of(
                new Viewer("anonymous", gateway.anonymous(), "status = 'approved'"),
                new Viewer(
                        "owner",
                        gateway.user(items.owner()),
                        "status = 'approved' OR user_id = '" + items.owner().id() + "'"),
                new Viewer("integrator", gateway.integrator("read:inventory"), "true"),
                new Viewer("administrator", gateway.user(admin), "true"));
        var columns = Map.of("CREATED_AT", "created_at", "PRICE", "price", "NAME", "lower(name) COLLATE \"C\"");
        return viewers.stream()
                .flatMap(viewer -> columns.entrySet().stream()
                        .flatMap(sort -> Stream.of("ASC", "DESC")
                                .map(direction -> new Order(sort.getKey(), sort.getValue(), direction))
                                .flatMap(order -> walks(viewer, order))));
    }

    /** The owner, whose pages are put together from two branches, walks every way; the others each direction once. */
    private static Stream<Walk> walks(Viewer viewer, Order order) {
        boolean down = order.direction().equals("DESC");
        return viewer.name().equals("owner")
                ? Stream.of(
                        new Walk(viewer, order, false, false),
                        new Walk(viewer, order, true, false),
                        new Walk(viewer, order, down, true))
                : Stream.of(new Walk(viewer, order, down, false));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void aWalkNeitherSkipsNorRepeatsARowThatWasThereWhileOthersAreInserted(Walk walk) {
        var there = items.ids(
                walk.order().column(), walk.order().direction(), walk.viewer().sees());

        var met = all(walk);

        assertThat(met).doesNotHaveDuplicates();
        var wasThere = new HashSet<>(there);
        assertThat(met.stream().filter(wasThere::contains).toList()).isEqualTo(there);
    }

    private static List<String> all(Walk walk) {
        var pages = new ArrayList<List<String>>();
        String cursor = "";
        boolean more = true;
        while (more) {
            if (pages.size() % PAGES_BETWEEN_WRITES == 1) {
                items.addEverywhere();
            }
            var page = page(walk, cursor);
            pages.add(page.path("nodes")
                    .valueStream()
                    .map(node -> node.path("id").asString())
                    .toList());
            var info = page.path("pageInfo");
            // Behind the walk there is a page, except at its beginning.
            assertThat(info.path(walk.backward() ? "hasNextPage" : "hasPreviousPage")
                            .asBoolean())
                    .isEqualTo(!cursor.isEmpty());
            more = info.path(walk.backward() ? "hasPreviousPage" : "hasNextPage")
                    .asBoolean();
            cursor = info.path(walk.backward() ? "startCursor" : "endCursor").asString();
            assertThat(pages.getLast()).hasSizeBetween(more ? SIZE : 1, SIZE);
        }
        return (walk.backward() ? pages.reversed() : pages)
                .stream().flatMap(List::stream).toList();
    }

    private static JsonNode page(Walk walk, String cursor) {
        var variables = new HashMap<String, Object>();
        variables.put(
                "sort",
                Map.of("field", walk.order().field(), "direction", walk.order().direction()));
        variables.put(walk.backward() ? "last" : "first", SIZE);
        if (!cursor.isEmpty()) {
            variables.put(walk.backward() ? "before" : "after", cursor);
        }
        if (walk.belowTheEvent()) {
            variables.put("event", items.event().globalId());
            return walk.viewer()
                    .caller()
                    .query("query (" + VARIABLES + ", $event: ID!) { event(id: $event) { " + PAGE + " } }", variables)
                    .ok()
                    .at("event", "inventoryItems");
        }
        variables.put("filter", Map.of("category", items.category()));
        return walk.viewer()
                .caller()
                .query("query (" + VARIABLES + ") { " + PAGE + " }", variables)
                .ok()
                .at("inventoryItems");
    }
}
