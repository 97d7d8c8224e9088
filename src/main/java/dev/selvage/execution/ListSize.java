package dev.selvage.execution;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLTypeUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @listSize} says of a field.
 *
 * @param assumed elements where no argument says how many
 * @param slicing the arguments that may say so, each with its default in the schema, null if it has none
 * @param sized the lists below the field that are meant; none of them if it is itself one
 * @param most elements that the gateway answers
 */
record ListSize(int assumed, Map<String, @Nullable Integer> slicing, Set<String> sized, int most) {
    /** A page, and a list as an argument, where the schema names no other. */
    private static final int LONGEST = 100;

    /** @return null if it says nothing */
    static @Nullable ListSize of(GraphQLFieldDefinition field) {
        var directive = field.getAppliedDirective("listSize");
        if (directive == null) {
            return null;
        }
        Integer named =
                Objects.requireNonNull(directive.getArgument("assumedSize")).getValue();
        var sized = words(directive, "sizedFields");
        Map<String, @Nullable Integer> slicing = new LinkedHashMap<>();
        for (var name : words(directive, "slicingArguments")) {
            slicing.put(name, otherwise(Objects.requireNonNull(field.getArgument(name))));
        }
        int assumed = named == null ? LONGEST : named;
        boolean isNamed = slicing.isEmpty() || isList(field, slicing.keySet());
        return new ListSize(assumed, slicing, Set.copyOf(sized), isNamed ? assumed : Math.max(assumed, LONGEST));
    }

    private static List<String> words(GraphQLAppliedDirective directive, String argument) {
        List<String> words =
                Objects.requireNonNull(directive.getArgument(argument)).getValue();
        return Objects.requireNonNullElse(words, List.of());
    }

    /** A list that is sent is there, so that what is assumed without it is how long it may be. */
    private static boolean isList(GraphQLFieldDefinition field, Set<String> arguments) {
        return arguments.stream()
                .anyMatch(name ->
                        GraphQLTypeUtil.unwrapNonNull(field.getArgument(name).getType()) instanceof GraphQLList);
    }

    private static @Nullable Integer otherwise(GraphQLArgument argument) {
        return argument.hasSetDefaultValue()
                        && GraphQLArgument.getArgumentDefaultValue(argument) instanceof Integer number
                ? number
                : null;
    }
}
