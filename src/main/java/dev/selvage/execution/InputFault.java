package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first thing in a value that its type in the schema does not allow, and where. The engine says only that there is one, so
 * it is looked for once more.
 *
 * @param path as in the errors of mutations: the argument, then names and places in lists
 */
record InputFault(List<String> path, String sentence) {
    /** The engine's own scalars speak of its classes. */
    private static final Map<String, String> BUILT_IN = Map.of(
            "Int", "This is not a whole number from -2147483648 to 2147483647.",
            "NonNegativeInt", "This is not a whole number from 0 to 2147483647.",
            "PositiveInt", "This is not a whole number from 1 to 2147483647.",
            "Float", "This is not a number.",
            "String", "This is not a text.",
            "Boolean", "This is neither true nor false.",
            "ID", "This is not an id.");

    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]{0,99}");

    /** In what a document writes for an argument. */
    static @Nullable InputFault in(Value<?> value, GraphQLArgument declared, CoercedVariables variables) {
        // The engine takes the default instead, and validation asks for one where null may not be.
        return isLeftOut(value, variables)
                ? null
                : in(value, declared.getType(), List.of(declared.getName()), variables);
    }

    /** In what was sent for a variable. */
    static @Nullable InputFault in(@Nullable Object value, GraphQLType type) {
        return in(value, type, List.of(), CoercedVariables.emptyVariables());
    }

    /** @param value as JSON has it, or as a document writes it */
    private static @Nullable InputFault in(
            @Nullable Object value, GraphQLType type, List<String> path, CoercedVariables variables) {
        if (value instanceof VariableReference reference) {
            // It was looked at where it was read; only null may be allowed there and not here.
            return variables.get(reference.getName()) != null || GraphQLTypeUtil.isNullable(type)
                    ? null
                    : new InputFault(path, "This must not be null.");
        }
        if (value == null || value instanceof NullValue) {
            return GraphQLTypeUtil.isNullable(type) ? null : new InputFault(path, "This must not be null.");
        }
        return switch (GraphQLTypeUtil.unwrapNonNull(type)) {
            case GraphQLList list -> inElements(value, list.getWrappedType(), path, variables);
            case GraphQLInputObjectType object -> inFields(value, object, path, variables);
            case GraphQLScalarType scalar -> inLeaf(value, scalar, path, variables);
            case GraphQLEnumType words -> inWord(value, words, path);
            default -> throw new IllegalStateException("No input is of " + type);
        };
    }

    /** A variable that was not sent is an argument, or a field, that was not sent. */
    private static boolean isLeftOut(Object value, CoercedVariables variables) {
        return value instanceof VariableReference reference && !variables.containsKey(reference.getName());
    }

    private static @Nullable InputFault inElements(
            Object value, GraphQLType type, List<String> path, CoercedVariables variables) {
        var elements = switch (value) {
            case List<?> list -> list;
            case ArrayValue array -> array.getValues();
            default -> null;
        };
        if (elements == null) {
            // One value stands for a list of it.
            return in(value, type, path, variables);
        }
        for (int place = 0; place < elements.size(); place++) {
            var fault = in(elements.get(place), type, below(path, Integer.toString(place)), variables);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable InputFault inFields(
            Object value, GraphQLInputObjectType type, List<String> path, CoercedVariables variables) {
        var fields = fields(value, variables);
        if (fields == null) {
            return new InputFault(path, "This is not an object.");
        }
        for (var name : fields.keySet()) {
            if (type.getField(name) == null) {
                // What cannot be a name is not repeated: it may be anything, and as long as a request.
                var place = NAME.matcher(name).matches() ? below(path, name) : path;
                return new InputFault(place, "`" + type.getName() + "` has no such field.");
            }
        }
        if (type.isOneOf() && fields.size() != 1) {
            return new InputFault(path, "Send exactly one of its fields.");
        }
        for (var field : type.getFields()) {
            var name = field.getName();
            var declared = type.isOneOf() ? GraphQLNonNull.nonNull(field.getType()) : field.getType();
            var fault = !fields.containsKey(name)
                    ? GraphQLTypeUtil.isNullable(field.getType()) || field.hasSetDefaultValue()
                            ? null
                            : new InputFault(below(path, name), "This is missing.")
                    : in(fields.get(name), declared, below(path, name), variables);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Null for what is no object. */
    private static @Nullable Map<String, @Nullable Object> fields(Object value, CoercedVariables variables) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        switch (value) {
            case Map<?, ?> object -> object.forEach((name, field) -> fields.put(name.toString(), field));
            case ObjectValue object ->
                object.getObjectFields().forEach(field -> {
                    if (!isLeftOut(field.getValue(), variables)) {
                        fields.put(field.getName(), field.getValue());
                    }
                });
            default -> {
                return null;
            }
        }
        return fields;
    }

    private static @Nullable InputFault inLeaf(
            Object value, GraphQLScalarType type, List<String> path, CoercedVariables variables) {
        var coercing = type.getCoercing();
        var context = GraphQLContext.getDefault();
        try {
            if (value instanceof Value<?> literal) {
                coercing.parseLiteral(literal, variables, context, Locale.ROOT);
            } else {
                coercing.parseValue(value, context, Locale.ROOT);
            }
            return null;
        } catch (GraphQLException refused) {
            return new InputFault(path, BUILT_IN.getOrDefault(type.getName(), Objects.toString(refused.getMessage())));
        }
    }

    private static @Nullable InputFault inWord(Object value, GraphQLEnumType type, List<String> path) {
        try {
            if (value instanceof Value<?> literal) {
                type.parseLiteral(literal, GraphQLContext.getDefault(), Locale.ROOT);
            } else {
                type.parseValue(value, GraphQLContext.getDefault(), Locale.ROOT);
            }
            return null;
        } catch (GraphQLException refused) {
            return new InputFault(
                    path,
                    type.getValues().stream()
                            .map(GraphQLEnumValueDefinition::getName)
                            .collect(Collectors.joining(", ", "This is none of ", ".")));
        }
    }

    static List<String> below(List<String> path, String step) {
        var below = new ArrayList<>(path);
        below.add(step);
        return List.copyOf(below);
    }

    /** The same, where what was looked at stands at this place itself. */
    InputFault below(List<String> outer) {
        var whole = new ArrayList<>(outer);
        whole.addAll(path);
        return new InputFault(List.copyOf(whole), sentence);
    }

    /** Where the engine refuses a value in which nothing is found. */
    static Refusal unplaced(GraphQLException refused) {
        return new Refusal(
                Refusal.Code.BAD_USER_INPUT, "The value of a variable does not do where it is used.", refused);
    }

    /** What the caller gets to hear. */
    Refusal refusal() {
        return Refusal.badInput(sentence).at(path);
    }
}
