package dev.selvage.gateway;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operation as a tree: what is asked, how many statements that may take, and how its answer is read. */
record GeneratedQuery(Below root) {
    /** A value of an enum. */
    record Word(String name) {}

    /** The size of a page, which is said when the query is asked. */
    record Size(int most) {}

    /** A value that goes beside the text and not in it. */
    record Variable(String name, String type, Object value) {}

    /**
     * What is selected of a type, by itself and in fragments.
     *
     * @param path how the way from the first record to this one reads; empty for what is no record
     */
    record Below(String type, boolean isAbstract, String path, List<Selected> fields, List<Fragment> fragments) {}

    /** @param name empty for one that stands where it is used */
    record Fragment(String name, Below below) {}

    /**
     * A field.
     *
     * @param key what it is called in the answer
     * @param statements that it may take by itself
     */
    record Selected(
            String parent,
            GraphQLFieldDefinition field,
            String key,
            Map<String, Object> arguments,
            int statements,
            @Nullable Below below) {
        String outputType() {
            return GraphQLTypeUtil.unwrapAll(field.getType()).getName();
        }
    }

    /** Reads an answer. */
    interface Reader {
        /**
         * Is told each value of a field that is not null.
         *
         * @param type the type of the record itself
         * @param value an element, where the field is a list
         */
        void value(String type, Selected selected, JsonNode value);

        /** Is told each record, by the way to it. */
        void record(String path);
    }

    /** The most statements that it may take, however many rows there are. */
    int statements() {
        return statements(root);
    }

    private static int statements(Below below) {
        int sum = 0;
        for (var selected : below.fields()) {
            sum += selected.statements() + (selected.below() == null ? 0 : statements(selected.below()));
        }
        for (var fragment : below.fragments()) {
            sum += statements(fragment.below());
        }
        return sum;
    }

    void read(JsonNode data, Reader reader) {
        read(root, data, reader);
    }

    private static void read(Below below, JsonNode node, Reader reader) {
        var type = below.isAbstract() ? node.path("__typename").asString() : below.type();
        if (!below.path().isEmpty()) {
            reader.record(below.path());
        }
        for (var selected : below.fields()) {
            var value = node.path(selected.key());
            var values = value.isArray() ? value.valueStream().toList() : List.of(value);
            for (var element : values) {
                if (!element.isNull() && !element.isMissingNode()) {
                    reader.value(type, selected, element);
                    if (selected.below() != null) {
                        read(selected.below(), element, reader);
                    }
                }
            }
        }
        for (var fragment : below.fragments()) {
            if (fragment.below().type().equals(type)) {
                read(fragment.below(), node, reader);
            }
        }
    }

    /** What is sent, with pages of this size. */
    Map<String, Object> variables(int size) {
        var printed = new Printed(size);
        printed.of(root);
        Map<String, Object> values = new LinkedHashMap<>();
        printed.variables.forEach((name, variable) -> values.put(name, plain(variable.value(), size)));
        return values;
    }

    String text(int size) {
        var printed = new Printed(size);
        var selection = printed.of(root);
        var variables = printed.variables.values().stream()
                .map(variable -> "$" + variable.name() + ": " + variable.type())
                .collect(Collectors.joining(", "));
        return "query" + (variables.isEmpty() ? " " : " (" + variables + ") ") + selection
                + String.join("", printed.fragments);
    }

    @SuppressWarnings("NullAway") // JSON has null too.
    private static @Nullable Object plain(@Nullable Object value, int size) {
        return switch (value) {
            case Word(var name) -> name;
            case Size(var most) -> Math.min(size, most);
            case List<?> list ->
                list.stream().map(element -> plain(element, size)).toList();
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<Object, @Nullable Object>();
                map.forEach((name, element) -> fields.put(name, plain(element, size)));
                yield fields;
            }
            case null, default -> value;
        };
    }

    /** The text as it comes to be. */
    private static final class Printed {
        private final int size;
        private final Map<String, Variable> variables = new LinkedHashMap<>();
        private final List<String> fragments = new ArrayList<>();

        Printed(int size) {
            this.size = size;
        }

        String of(Below below) {
            var parts = new ArrayList<String>();
            if (below.isAbstract()) {
                parts.add("__typename");
            }
            for (var selected : below.fields()) {
                var name = selected.field().getName();
                parts.add((selected.key().equals(name) ? name : selected.key() + ": " + name)
                        + arguments(selected.arguments())
                        + (selected.below() == null ? "" : " " + of(selected.below())));
            }
            for (var fragment : below.fragments()) {
                var condition = "on " + fragment.below().type() + " " + of(fragment.below());
                if (fragment.name().isEmpty()) {
                    parts.add("... " + condition);
                } else {
                    parts.add("..." + fragment.name());
                    fragments.add(" fragment " + fragment.name() + " " + condition);
                }
            }
            return "{ " + String.join(" ", parts) + " }";
        }

        private String arguments(Map<String, Object> arguments) {
            return arguments.isEmpty() ? "" : "(" + fields(arguments) + ")";
        }

        private String fields(Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + ": " + literal(field.getValue()))
                    .collect(Collectors.joining(", "));
        }

        private String literal(@Nullable Object value) {
            return switch (value) {
                case Variable variable -> {
                    variables.put(variable.name(), variable);
                    yield "$" + variable.name();
                }
                case List<?> list -> list.stream().map(this::literal).collect(Collectors.joining(", ", "[", "]"));
                case Map<?, ?> map -> "{ " + fields(map) + " }";
                case String text -> JsonMapper.shared().writeValueAsString(text);
                case Word(var name) -> name;
                case Size(var most) -> String.valueOf(Math.min(size, most));
                case null, default -> String.valueOf(value);
            };
        }
    }
}
