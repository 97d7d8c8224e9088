package dev.selvage.execution;

import dev.selvage.Measured;
import dev.selvage.gateway.ServedSchema;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What each request costs before its first field is asked: a known document, whose variables are read. */
public class PrepareBenchmark extends Measured {
    private static final String FILTERED = """
            query Items($first: Int, $filter: InventoryItemFilter, $sort: InventoryItemSort) {
              inventoryItems(first: $first, filter: $filter, sort: $sort) { nodes { id } }
            }
            """;

    private static final Map<String, Object> FILTER = Map.of(
            "first",
            20,
            "filter",
            Map.of("category", "Outerwear", "status", List.of("APPROVED"), "price", Map.of("gte", "5", "lte", "20")),
            "sort",
            Map.of("field", "PRICE"));

    private ExecutableDocument conditional;
    private ExecutableDocument filtered;
    private ExecutableDocument.Prepared prepared;
    private SelectedField field;

    @Setup
    public void plan() {
        var schema = ServedSchema.load();
        conditional = ExecutableDocument.of(schema, ServedSchema.document("EventsWithItems"), ServedSchema.LIMITS);
        filtered = ExecutableDocument.of(schema, FILTERED, ServedSchema.LIMITS);
        prepared = filter();
        field = prepared.plan().root().fields().getFirst();
    }

    /** A number and a condition. */
    @Benchmark
    public ExecutableDocument.Prepared scalars() {
        return conditional.prepare(null, Map.of("first", 20, "owners", true));
    }

    /** A number and two objects: seven values in all. */
    @Benchmark
    public ExecutableDocument.Prepared filter() {
        return filtered.prepare(null, FILTER);
    }

    /** The field's arguments from those variables. */
    @Benchmark
    public Map<String, Object> arguments() {
        return field.arguments().with(prepared.variables());
    }
}
