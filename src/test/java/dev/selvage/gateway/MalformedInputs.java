package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.isNonNull;
import static graphql.schema.GraphQLTypeUtil.simplePrint;
import static graphql.schema.GraphQLTypeUtil.unwrapAll;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapOne;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes up calls of mutations in which all will do but for one thing somewhere. */
final class MalformedInputs {
    /**
     * One call.
     *
     * @param what is malformed, in words
     * @param place of it in the arguments
     * @param isWritten whether the document holds it, and no variable
     */
    record Call(
            String mutation,
            String what,
            List<String> place,
            boolean isWritten,
            String text,
            Map<String, @Nullable Object> variables) {}

    /** A word of an enum, which a document writes without quotes. */
    private record Word(String name) {}

    private record Variable(
            String type, String otherwise, @Nullable Object value) {}

    /** A value that may be malformed, where its container has it. */
    private record Place(
            List<String> path,
            GraphQLInputType type,
            String declared,
            boolean isRequired,
            Object container,
            Object key) {

        @Nullable
        Object value() {
            return container instanceof Map<?, ?> map ? map.get(key) : ((List<?>) container).get((Integer) key);
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // Containers are made here; JSON has null too.
        void put(@Nullable Object value) {
            if (container instanceof Map<?, ?> map) {
                ((Map<String, Object>) map).put((String) key, value);
            } else {
                ((List<Object>) container).set((Integer) key, value);
            }
        }

        boolean holds(Place other) {
            return other.path.size() >= path.size()
                    && other.path.subList(0, path.size()).equals(path);
        }
    }

    private final Map<String, String> ids;
    private final Random random;
    private List<Place> places = new ArrayList<>();

    /** @param ids of records that there are, by their types */
    MalformedInputs(Map<String, String> ids, Random random) {
        this.ids = ids;
        this.random = random;
    }

    Call of(GraphQLFieldDefinition mutation) {
        places = new ArrayList<>();
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (var argument : mutation.getArguments()) {
            var name = argument.getName();
            boolean isRequired = isNonNull(argument.getType()) && !argument.hasSetDefaultValue();
            places.add(new Place(
                    List.of(name), argument.getType(), simplePrint(argument.getType()), isRequired, arguments, name));
            arguments.put(name, value(mutation, argument.getType(), List.of(name)));
        }
        var place = places.get(random.nextInt(places.size()));
        var right = place.value();
        var at = new ArrayList<>(place.path());
        var what = malform(place, at);
        boolean isThere = !what.equals("missing");
        var variable = isThere && place.value() == null && isNonNull(place.type()) && random.nextBoolean()
                ? new Variable(simplePrint(unwrapNonNull(place.type())), " = " + literal(right), null)
                : null;
        if (variable != null) {
            place.put(variable);
        } else if (random.nextInt(4) > 0) {
            var around = places.stream()
                    .filter(other -> other.holds(place)
                            && (isThere || other.path().size() < place.path().size()))
                    .toList();
            if (!around.isEmpty()) {
                var chosen = around.get(random.nextInt(around.size()));
                variable = new Variable(chosen.declared(), "", plain(chosen.value()));
                chosen.put(variable);
            }
        }
        var text = "mutation%s { %s%s { userErrors { code path } } }"
                .formatted(
                        variable == null ? "" : " ($v: " + variable.type() + variable.otherwise() + ")",
                        mutation.getName(),
                        arguments.isEmpty() ? "" : "(" + fields(arguments) + ")");
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        if (variable != null) {
            variables.put("v", variable.value());
        }
        return new Call(mutation.getName(), what, List.copyOf(at), variable == null, text, variables);
    }

    /** Makes it so, and says how. Adds to the path if only something within is. */
    private String malform(Place place, List<String> at) {
        boolean isRequired = isNonNull(place.type());
        if (place.isRequired() && place.container() instanceof Map<?, ?> fields && random.nextInt(6) == 0) {
            fields.remove(place.key());
            return "missing";
        }
        if (isRequired && random.nextInt(6) == 0) {
            place.put(null);
            return "null";
        }
        var type = unwrapNonNull(place.type());
        return switch (type) {
            case GraphQLList list
            when isNonNull(list.getWrappedType()) && random.nextBoolean() -> {
                var elements = new ArrayList<@Nullable Object>((List<?>) Objects.requireNonNull(place.value()));
                at.add(Integer.toString(elements.size()));
                elements.add(null);
                place.put(elements);
                yield "null in a list";
            }
            case GraphQLList list -> {
                at.add("0");
                place.put(List.of(ValuesByType.wrong((GraphQLInputType) unwrapOne(list), random)));
                yield "in a list";
            }
            case GraphQLInputObjectType object
            when random.nextBoolean() -> {
                var fields = new LinkedHashMap<Object, Object>((Map<?, ?>) Objects.requireNonNull(place.value()));
                fields.put("nope", 1);
                if (!object.isOneOf() || random.nextBoolean()) {
                    at.add("nope");
                } else {
                    fields.clear();
                }
                place.put(fields);
                yield "an unknown field, or none";
            }
            default -> {
                var wrong = ValuesByType.wrong((GraphQLInputType) type, random);
                place.put(wrong);
                yield wrong + " for " + simplePrint(type);
            }
        };
    }

    private Object value(GraphQLFieldDefinition mutation, GraphQLInputType type, List<String> path) {
        return switch (unwrapNonNull(type)) {
            case GraphQLList list -> {
                var element = (GraphQLInputType) unwrapOne(list);
                List<Object> elements = new ArrayList<>();
                // Where each stands alone, others would be done.
                int size = unwrapNonNull(mutation.getType()) instanceof GraphQLList ? 1 : 1 + random.nextInt(2);
                for (int i = 0; i < size; i++) {
                    var at = below(path, Integer.toString(i));
                    places.add(new Place(at, element, simplePrint(element), false, elements, i));
                    elements.add(value(mutation, element, at));
                }
                yield elements;
            }
            case GraphQLInputObjectType object -> object(mutation, object, path);
            case GraphQLEnumType words ->
                new Word(words.getValues()
                        .get(random.nextInt(words.getValues().size()))
                        .getName());
            case GraphQLScalarType id when id.getName().equals("ID") -> id(mutation, path);
            case GraphQLScalarType scalar -> ValuesByType.right(scalar);
            default -> throw new IllegalStateException(simplePrint(type));
        };
    }

    private Map<String, Object> object(
            GraphQLFieldDefinition mutation, GraphQLInputObjectType object, List<String> path) {
        Map<String, Object> fields = new LinkedHashMap<>();
        var chosen = object.isOneOf()
                ? List.of(
                        object.getFields().get(random.nextInt(object.getFields().size())))
                : object.getFields();
        for (var field : chosen) {
            boolean isRequired = isNonNull(field.getType()) && !field.hasSetDefaultValue();
            if (isRequired || object.isOneOf() || random.nextBoolean()) {
                var at = below(path, field.getName());
                var declared = simplePrint(field.getType()) + (object.isOneOf() ? "!" : "");
                places.add(new Place(at, field.getType(), declared, isRequired, fields, field.getName()));
                fields.put(field.getName(), value(mutation, field.getType(), at));
            }
        }
        return fields;
    }

    /** Of a record such as the path says, or else such as the mutation answers, if it answers one. */
    private String id(GraphQLFieldDefinition mutation, List<String> path) {
        for (var step : path.reversed()) {
            var type = step.substring(0, 1).toUpperCase(Locale.ROOT)
                    + step.substring(1).replaceFirst("Id$", "");
            if (ids.containsKey(type)) {
                return Objects.requireNonNull(ids.get(type));
            }
        }
        var payload = unwrapAll(mutation.getType()).getName();
        return ids.getOrDefault(
                payload.substring(0, payload.indexOf("Payload")), Objects.requireNonNull(ids.get("User")));
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case Variable _ -> "$v";
            case Word(var name) -> name;
            case Map<?, ?> object -> "{ " + fields(object) + " }";
            case List<?> list ->
                list.stream().map(MalformedInputs::literal).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> JsonMapper.shared().writeValueAsString(value);
        };
    }

    private static String fields(Map<?, ?> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + literal(field.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** As JSON has it. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Word(var name) -> name;
            case List<?> list -> {
                var elements = new ArrayList<@Nullable Object>();
                list.forEach(element -> elements.add(plain(element)));
                yield elements;
            }
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<Object, @Nullable Object>();
                map.forEach((name, element) -> fields.put(name, plain(element)));
                yield fields;
            }
            case null, default -> value;
        };
    }

    private static List<String> below(List<String> path, String step) {
        var below = new ArrayList<>(path);
        below.add(step);
        return below;
    }
}
