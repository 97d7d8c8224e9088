package dev.selvage.execution;

import graphql.GraphQLContext;
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
import org.jspecify.annotations.Nullable;

/** The arguments of one field of a document. */
@FunctionalInterface
interface Arguments {
    /** None. */
    Arguments NONE = _ -> Map.of();

    /** All variables of the request, by their names. */
    Arguments VARIABLES = CoercedVariables::toMap;

    /** @throws graphql.GraphQLException if a variable's value does not do where it is used */
    Map<String, Object> with(CoercedVariables variables);

    /** Those that the document writes; without a variable in them they are read once for all requests. */
    static Arguments of(List<GraphQLArgument> declared, List<Argument> written) {
        if (declared.isEmpty()) {
            return NONE;
        }
        Arguments read = variables -> Collections.unmodifiableMap(ValuesResolver.getArgumentValues(
                declared, written, variables, GraphQLContext.getDefault(), Locale.ROOT));
        return written.stream().map(Argument::getValue).anyMatch(Arguments::namesVariable) ? read : new Constant(read);
    }

    private static boolean namesVariable(Value<?> value) {
        return switch (value) {
            case VariableReference _ -> true;
            case ArrayValue array -> array.getValues().stream().anyMatch(Arguments::namesVariable);
            case ObjectValue object ->
                object.getObjectFields().stream().anyMatch(field -> namesVariable(field.getValue()));
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
