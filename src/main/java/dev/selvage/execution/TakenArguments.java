package dev.selvage.execution;

import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of which each is made of variables or has none in it, as most are. A variable has been read as its type says, and
 * stands only where that type may: nothing is left to be done about it, unless it is missing or null.
 */
final class TakenArguments implements Arguments {
    private final Arguments read;
    private final Arguments constants;
    private final Map<String, Source> sources;

    private TakenArguments(Arguments read, Arguments constants, Map<String, Source> sources) {
        this.read = read;
        this.constants = constants;
        this.sources = sources;
    }

    /** What a value is made of. */
    @FunctionalInterface
    private interface Source {
        /** The value; null if a variable of it is missing or null. */
        @Nullable
        Object from(CoercedVariables variables);
    }

    /**
     * Those of a field.
     *
     * @param read reads them whatever they are
     * @return null if one is made of variables and other things
     */
    static @Nullable TakenArguments of(Arguments read, List<GraphQLArgument> declared, List<Argument> written) {
        var types = declared.stream().collect(Collectors.toMap(GraphQLArgument::getName, Function.identity()));
        var sources = new LinkedHashMap<String, Source>();
        var constants = new ArrayList<Argument>();
        for (var argument : written) {
            if (!Arguments.namesVariable(argument.getValue(), true)) {
                constants.add(argument);
                continue;
            }
            var source = source(
                    argument.getValue(),
                    Objects.requireNonNull(types.remove(argument.getName())).getType());
            if (source == null) {
                return null;
            }
            sources.put(argument.getName(), source);
        }
        return new TakenArguments(read, Arguments.of(List.copyOf(types.values()), constants), sources);
    }

    /** @return null for anything but a variable, or an object of them */
    private static @Nullable Source source(Value<?> written, GraphQLType type) {
        return switch (written) {
            case VariableReference variable -> variables -> variables.get(variable.getName());
            case ObjectValue object
            when GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLInputObjectType declared ->
                source(object.getObjectFields(), declared);
            default -> null;
        };
    }

    private static @Nullable Source source(List<ObjectField> written, GraphQLInputObjectType type) {
        if (type.getFields().stream().anyMatch(GraphQLInputObjectField::hasSetDefaultValue)) {
            return null;
        }
        var sources = new LinkedHashMap<String, Source>();
        for (var field : written) {
            var source = source(field.getValue(), type.getField(field.getName()).getType());
            if (source == null) {
                return null;
            }
            sources.put(field.getName(), source);
        }
        return variables -> added(sources, variables, new HashMap<>());
    }

    /** @return null if a variable is missing or null */
    private static @Nullable Map<String, Object> added(
            Map<String, Source> sources, CoercedVariables variables, Map<String, Object> values) {
        for (var source : sources.entrySet()) {
            var value = source.getValue().from(variables);
            if (value == null) {
                return null;
            }
            values.put(source.getKey(), value);
        }
        return values;
    }

    @Override
    public Map<String, Object> with(CoercedVariables variables) {
        var values = added(sources, variables, new HashMap<>(constants.with(variables)));
        // What follows from one that is missing or null, the engine knows.
        return values == null ? read.with(variables) : Collections.unmodifiableMap(values);
    }
}
