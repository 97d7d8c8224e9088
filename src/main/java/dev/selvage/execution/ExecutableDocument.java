package dev.selvage.execution;

import graphql.ExecutionInput;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Document;
import graphql.language.NodeUtil;
import graphql.language.OperationDefinition;
import graphql.validation.GoodFaithIntrospectionExceeded;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A document that has been parsed, validated, and planned as often as it was asked for in another way. */
public final class ExecutableDocument {
    /** Plans of one document: its operations, and for each the values of the variables in its conditions. */
    private static final int MAX_PLANS = 16;

    private final ExecutableSchema schema;
    private final Document document;
    private final List<GraphQLError> errors;
    private final Map<PlanKey, Plan> plans = new ConcurrentHashMap<>();
    private final Set<String> conditions;

    private record PlanKey(OperationDefinition operation, Map<String, Object> conditions) {}

    private ExecutableDocument(ExecutableSchema schema, Document document, List<GraphQLError> errors) {
        this.schema = schema;
        this.document = document;
        this.errors = errors;
        this.conditions = Conditions.variables(document);
    }

    /** Parses and validates. */
    public static ExecutableDocument of(ExecutableSchema schema, String text) {
        try {
            var input = ExecutionInput.newExecutionInput(text).build();
            var result = ParseAndValidate.parseAndValidate(schema.schema(), input);
            var document = result.getDocument();
            return new ExecutableDocument(
                    schema, document == null ? Document.newDocument().build() : document, result.getErrors());
        } catch (GoodFaithIntrospectionExceeded exceeded) {
            return new ExecutableDocument(schema, Document.newDocument().build(), List.of(exceeded.toBadFaithError()));
        }
    }

    /** Why it cannot be executed; empty if it can. */
    public List<GraphQLError> errors() {
        return errors;
    }

    /** One of its operations with the variables of a request, ready to run. */
    record Prepared(Plan plan, CoercedVariables variables) {}

    /**
     * Chooses an operation and reads the variables.
     *
     * @throws graphql.GraphQLException if there is no such operation, or if a variable's value does not do
     * @throws dev.selvage.kernel.Refusal if it selects too much
     */
    Prepared prepare(@Nullable String operationName, Map<String, Object> rawVariables) {
        var operation = NodeUtil.getOperation(document, operationName).operationDefinition;
        var variables = operation.getVariableDefinitions().isEmpty()
                ? CoercedVariables.emptyVariables()
                : ValuesResolver.coerceVariableValues(
                        schema.schema(),
                        operation.getVariableDefinitions(),
                        RawVariables.of(rawVariables),
                        GraphQLContext.getDefault(),
                        Locale.ROOT);
        return new Prepared(plan(operation, variables), variables);
    }

    private Plan plan(OperationDefinition operation, CoercedVariables variables) {
        Map<String, Object> values = HashMap.newHashMap(conditions.size());
        for (var name : conditions) {
            var value = variables.get(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        var key = new PlanKey(operation, values);
        var known = plans.get(key);
        if (known != null) {
            return known;
        }
        var plan = new Planner(schema, document, operation, variables).plan();
        if (plans.size() < MAX_PLANS) {
            plans.put(key, plan);
        }
        return plan;
    }
}
