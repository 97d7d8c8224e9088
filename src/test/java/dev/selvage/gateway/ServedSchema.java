package dev.selvage.gateway;

import dev.selvage.support.Gateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The schema as the gateway itself tells it, and for each of its fields what a query selects to see it. */
final class ServedSchema {
    private static final String INTROSPECTION = """
            { __schema { types { name kind interfaces { name } fields { name args { name type { kind } } type {
                kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }""";

    private final Map<String, JsonNode> types = new LinkedHashMap<>();

    ServedSchema(Gateway gateway) {
        for (var type : gateway.anonymous().query(INTROSPECTION).ok().at("__schema", "types")) {
            if (type.path("kind").asString().matches("OBJECT|INTERFACE")
                    && !type.path("name").asString().startsWith("__")) {
                types.put(type.path("name").asString(), type);
            }
        }
    }

    /**
     * Every field of the types whose values differ between callers. Who may change something each domain's own tests try;
     * pages, windows and amounts are values within them.
     */
    List<String> fields() {
        return types.values().stream()
                .filter(type -> type.path("kind").asString().equals("OBJECT"))
                .filter(type -> isRecord(type) || type.path("name").asString().matches("Query|Viewer"))
                .flatMap(type -> fields(type.path("name").asString()).stream()
                        .map(field -> type.path("name").asString() + "." + field))
                .toList();
    }

    List<String> fields(String type) {
        return type(type)
                .path("fields")
                .valueStream()
                .map(field -> field.path("name").asString())
                .toList();
    }

    /** All fields of a type, each with what can be selected below it. */
    String selectionOfAll(String type) {
        return type(type)
                .path("fields")
                .valueStream()
                .map(field -> field.path("name").asString() + below(field))
                .collect(Collectors.joining(" "));
    }

    private String below(JsonNode field) {
        var named = field.path("type");
        while (named.path("name").isNull()) {
            named = named.path("ofType");
        }
        var type = types.get(named.path("name").asString());
        if (type == null) {
            return "";
        }
        return isRecord(type)
                ? " { id }"
                : " { " + selectionOfAll(type.path("name").asString()) + " }";
    }

    private JsonNode type(String name) {
        var type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("No type " + name);
        }
        return type;
    }

    private static boolean isRecord(JsonNode type) {
        return type.path("interfaces")
                .valueStream()
                .anyMatch(implemented -> implemented.path("name").asString().equals("Node"));
    }
}
