package dev.selvage.support;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code EXPLAIN (FORMAT JSON)} says of a statement. */
public record Plan(JsonNode root) {
    static Plan read(String explained) {
        return new Plan(JsonMapper.shared().readTree(explained).path(0).path("Plan"));
    }

    /** Tables that are read from one end to the other; those that a run of it never came to are not. */
    public Set<String> scannedTables() {
        var tables = new TreeSet<String>();
        nodes(root)
                .filter(node -> type(node).equals("Seq Scan")
                        && node.path("Actual Loops").asInt(1) > 0)
                .forEach(node -> tables.add(node.path("Relation Name").asString()));
        return tables;
    }

    /**
     * Rows and index entries that were looked at, whether they were wanted or not. What a function reads is not seen here,
     * only what it answers.
     */
    public long rowsRead() {
        return Math.round(nodes(root).mapToDouble(Plan::rowsRead).sum());
    }

    private static double rowsRead(JsonNode node) {
        return switch (type(node)) {
            // The rows of a bitmap's heap are those of its index.
            case "Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan", "Function Scan", "ProjectSet" ->
                node.path("Actual Loops").asDouble()
                        * (node.path("Actual Rows").asDouble()
                                + node.path("Rows Removed by Filter").asDouble(0)
                                + node.path("Rows Removed by Index Recheck").asDouble(0));
            default -> 0;
        };
    }

    /** Pages of tables and indexes that were asked for, functions included. */
    public long blocks() {
        return root.path("Shared Hit Blocks").asLong()
                + root.path("Shared Read Blocks").asLong();
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }

    private static String type(JsonNode node) {
        return node.path("Node Type").asString();
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(Stream.of(node), node.path("Plans").valueStream().flatMap(Plan::nodes));
    }
}
