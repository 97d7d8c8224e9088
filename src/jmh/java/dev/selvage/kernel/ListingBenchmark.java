package dev.selvage.kernel;

import dev.selvage.Measured;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.inventory.Items;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * From a page field's arguments to its statement: items of one category and a range of prices. Sorted by the price it is one
 * walk for each reason that a row is visible for; sorted by the time it is a walk and a fetch.
 */
public class ListingBenchmark extends Measured {
    private static final Listing<InventoryItem> LIST = Items.LIST;

    @Param({"PRICE", "CREATED_AT"})
    String sort;

    @Param({"ANONYMOUS", "ADMIN"})
    Role role;

    private final Cursors cursors = Asked.cursors();
    private final Object[] parents = LongStream.rangeClosed(1, 100).boxed().toArray(Long[]::new);
    private Viewer viewer;
    private Map<String, Object> arguments;
    private PageRequest request;

    @Setup
    public void readArguments() {
        viewer = role == Role.ADMIN ? Viewer.user(role, new UUID(1, 2)) : Viewer.ANONYMOUS;
        arguments = Map.of(
                "first",
                20,
                "filter",
                Map.of(
                        "category",
                        "Outerwear",
                        "price",
                        Map.of("gte", new BigDecimal("5"), "lte", new BigDecimal("20"))),
                "sort",
                Map.of("field", sort, "direction", "ASC"));
        request = request();
    }

    @Benchmark
    public PageRequest request() {
        return PageRequest.of(LIST, arguments, cursors);
    }

    @Benchmark
    public Statement page() {
        return LIST.page(viewer, request);
    }

    @Benchmark
    public Statement pageBelow() {
        return LIST.pageBelow(viewer, request, "event_id = parent_key", parents);
    }

    @Benchmark
    public Statement count() {
        return LIST.count(viewer, request, 10_000);
    }
}
