package dev.selvage.execution;

import dev.selvage.Measured;
import dev.selvage.gateway.ServedSchema;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.inventory.Items;
import dev.selvage.kernel.Asked;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Viewer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import tools.jackson.databind.json.JsonMapper;

/** The answer of a hundred items with six fields, written by the engine and, as the measure to beat, by Jackson. */
public class AnswerBenchmark extends Measured {
    private static final String FIELDS = "{ id name category price { amount currency } condition createdAt }";
    private static final String NODES = "{ inventoryItems(first: 100) { nodes " + FIELDS + " } }";
    private static final String EDGES = "{ inventoryItems(first: 100) { edges { cursor node " + FIELDS + " } } }";
    private static final Object ROOT = new Object();

    private final List<InventoryItem> items = Items.of(100);
    private final Object page =
            Asked.page(Items.LIST, "CREATED_AT", items, InventoryItem::createdAt, InventoryItem::id);
    private Plan nodes;
    private Plan edges;
    private Map<String, Object> tree;

    @Setup
    public void plan() {
        var schema = ServedSchema.load();
        nodes = ExecutableDocument.of(schema, NODES, ServedSchema.LIMITS)
                .prepare(null, Map.of())
                .plan();
        edges = ExecutableDocument.of(schema, EDGES, ServedSchema.LIMITS)
                .prepare(null, Map.of())
                .plan();
        tree = tree();
        var ours = JsonMapper.shared()
                .readTree(engine().json().array(), 0, engine().json().limit());
        if (!ours.equals(JsonMapper.shared().readTree(jackson()))) {
            throw new IllegalStateException("The answers differ: " + ours);
        }
    }

    private Answer write(Plan plan) {
        var root = new Level(plan.selection(), new Object[] {ROOT});
        root.open(plan.root().fields().getFirst()).put(0, page);
        return new AnswerWriter(Asked.operation(Viewer.ANONYMOUS), Execution.MAX_BYTES).write(plan, root, ROOT);
    }

    /** The operation, the page's ids and all that is worked out of a record are in it. */
    @Benchmark
    public Answer engine() {
        return write(nodes);
    }

    /** With a cursor of each item. */
    @Benchmark
    public Answer engineWithCursors() {
        return write(edges);
    }

    private Map<String, Object> tree() {
        return Map.of(
                "data",
                Map.of(
                        "inventoryItems",
                        Map.of(
                                "nodes",
                                items.stream().map(AnswerBenchmark::node).toList())));
    }

    private static Map<String, Object> node(InventoryItem item) {
        Map<String, Object> price = LinkedHashMap.newLinkedHashMap(2);
        price.put("amount", item.price().amount().toPlainString());
        price.put("currency", "USD");
        Map<String, Object> node = LinkedHashMap.newLinkedHashMap(6);
        node.put("id", GlobalId.of("InventoryItem", item.id()));
        node.put("name", item.name());
        node.put("category", item.category());
        node.put("price", price);
        node.put("condition", item.condition().name());
        node.put("createdAt", item.createdAt().toString());
        return node;
    }

    /** Of maps and text that are there already. */
    @Benchmark
    public byte[] jackson() {
        return JsonMapper.shared().writeValueAsBytes(tree);
    }

    /** Of maps that are made from the same records first. */
    @Benchmark
    public byte[] jacksonFromRecords() {
        return JsonMapper.shared().writeValueAsBytes(tree());
    }
}
