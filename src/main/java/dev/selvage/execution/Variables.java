package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.TypeFromAST;
import graphql.execution.ValuesResolver;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.FragmentSpread;
import graphql.language.Node;
import graphql.language.NodeUtil;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLSchema;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The variables of an operation, read as their types say. */
final class Variables {
    private Variables() {}

    /**
     * Reads them.
     *
     * @param sent as JSON has them
     * @throws Refusal if one does not do, with its place where the document uses it
     */
    static CoercedVariables read(GraphQLSchema schema, NodeUtil.GetOperationResult chosen, Map<String, Object> sent) {
        var definitions = chosen.operationDefinition.getVariableDefinitions();
        if (definitions.isEmpty()) {
            return CoercedVariables.emptyVariables();
        }
        refuseDefaults(schema, chosen, sent);
        try {
            return ValuesResolver.coerceVariableValues(
                    schema, definitions, RawVariables.of(sent), GraphQLContext.getDefault(), Locale.ROOT);
        } catch (GraphQLException refused) {
            for (var definition : definitions) {
                var name = definition.getName();
                if (sent.containsKey(name) || definition.getDefaultValue() == null) {
                    var type = TypeFromAST.getTypeFromAST(schema, definition.getType());
                    var fault = InputFault.in(sent.get(name), type);
                    if (fault != null) {
                        throw fault.below(use(name, chosen)).refusal();
                    }
                }
            }
            throw InputFault.unplaced(refused);
        }
    }

    /** The engine does not look for the one field that a {@code @oneOf} has to have in what a document takes for granted. */
    private static void refuseDefaults(
            GraphQLSchema schema, NodeUtil.GetOperationResult chosen, Map<String, Object> sent) {
        for (var definition : chosen.operationDefinition.getVariableDefinitions()) {
            var value = definition.getDefaultValue();
            if ((value instanceof ObjectValue || value instanceof ArrayValue)
                    && !sent.containsKey(definition.getName())) {
                var fault = InputFault.in(value, TypeFromAST.getTypeFromAST(schema, definition.getType()));
                if (fault != null) {
                    throw fault.below(use(definition.getName(), chosen)).refusal();
                }
            }
        }
    }

    /** The path of the argument, or of what is in it, that the variable is: the first, if it is used in several places. */
    private static List<String> use(String variable, NodeUtil.GetOperationResult chosen) {
        var open = new ArrayDeque<Node<?>>(List.of(chosen.operationDefinition));
        var spread = new HashSet<String>();
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node instanceof Argument argument) {
                var path = path(argument.getValue(), List.of(argument.getName()), variable);
                if (path != null) {
                    return path;
                }
            } else if (node instanceof FragmentSpread named && spread.add(named.getName())) {
                open.push(Objects.requireNonNull(chosen.fragmentsByName.get(named.getName())));
            }
            for (Node<?> child : node.getChildren().reversed()) {
                open.push(child);
            }
        }
        return List.of(variable);
    }

    private static @Nullable List<String> path(Value<?> value, List<String> at, String variable) {
        return switch (value) {
            case VariableReference reference when reference.getName().equals(variable) -> at;
            case ArrayValue array -> {
                for (int place = 0; place < array.getValues().size(); place++) {
                    var path =
                            path(array.getValues().get(place), InputFault.below(at, Integer.toString(place)), variable);
                    if (path != null) {
                        yield path;
                    }
                }
                yield null;
            }
            case ObjectValue object -> {
                for (var field : object.getObjectFields()) {
                    var path = path(field.getValue(), InputFault.below(at, field.getName()), variable);
                    if (path != null) {
                        yield path;
                    }
                }
                yield null;
            }
            default -> null;
        };
    }
}
