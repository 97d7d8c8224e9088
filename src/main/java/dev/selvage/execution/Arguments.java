package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of one field of a document. */
@FunctionalInterface
interface Arguments {
    /** None. */
    Arguments NONE = _ -> Map.of();

    /** All variables of the request, by their names. */
    Arguments VARIABLES = CoercedVariables::toMap;

    /** @throws Refusal if a variable's value does not do where it is used */
    Map<String, Object> with(CoercedVariables variables);

    /** Those that the document writes; without a variable in them they are read once for all requests. */
    static Arguments of(List<GraphQLArgument> declared, List<Argument> written) {
        if (declared.isEmpty()) {
            return NONE;
        }
        boolean inList = written.stream().map(Argument::getValue).anyMatch(value -> namesVariable(value, false));
        Arguments read = variables -> read(declared, written, variables, inList);
        if (written.stream().map(Argument::getValue).noneMatch(value -> namesVariable(value, true))) {
            return new Constant(read);
        }
        return Objects.requireNonNullElse(TakenArguments.of(read, declared, written), read);
    }

    /** @param inList whether a variable is an element of a list, or within one: the engine lets null pass there */
    private static Map<String, Object> read(
            List<GraphQLArgument> declared, List<Argument> written, CoercedVariables variables, boolean inList) {
        if (inList) {
            refuse(declared, written, variables);
        }
        try {
            return Collections.unmodifiableMap(ValuesResolver.getArgumentValues(
                    declared, written, variables, GraphQLContext.getDefault(), Locale.ROOT));
        } catch (GraphQLException refused) {
            refuse(declared, written, variables);
            throw InputFault.unplaced(refused);
        }
    }

    private static void refuse(List<GraphQLArgument> declared, List<Argument> written, CoercedVariables variables) {
        for (var argument : declared) {
            for (var value : written) {
                var fault = value.getName().equals(argument.getName())
                        ? InputFault.in(value.getValue(), argument, variables)
                        : null;
                if (fault != null) {
                    throw fault.refusal();
                }
            }
        }
    }

    /** @param anywhere and not only in a list */
    static boolean namesVariable(Value<?> value, boolean anywhere) {
        return switch (value) {
            case VariableReference _ -> anywhere;
            case ArrayValue array -> array.getValues().stream().anyMatch(element -> namesVariable(element, true));
            case ObjectValue object ->
                object.getObjectFields().stream().anyMatch(field -> namesVariable(field.getValue(), anywhere));
            default -> false;
        };
    }

    /** Arguments without a variable. */
    final class Constant implements Arguments {
        private final Arguments written;
        private volatile @Nullable Map<String, Object> read;

        private Constant(Arguments written) {
            this.written = written;
        }

        @Override
        public Map<String, Object> with(CoercedVariables variables) {
            var once = read;
            if (once == null) {
                // Whoever comes at the same time reads the same.
                once = written.with(CoercedVariables.emptyVariables());
                read = once;
            }
            return once;
        }
    }
}
