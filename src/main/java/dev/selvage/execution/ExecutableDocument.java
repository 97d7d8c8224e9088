package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import graphql.GraphQLError;
import graphql.execution.CoercedVariables;
import graphql.language.Document;
import graphql.language.NodeUtil;
import graphql.language.OperationDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A document that has been parsed, validated, and planned as often as it was asked for in another way. */
public final class ExecutableDocument {
    /** Plans of one document: its operations, and for each the values of the variables in its conditions. */
    private static final int MAX_PLANS = 16;

    /**
     * Characters of text for each selection in a plan that is kept. A few fragments, each spread twice in the next, are a long
     * plan of a short text, and what is kept is counted by its text.
     */
    private static final int CHARACTERS_PER_SELECTION = 4;

    /** What a document may keep of plans, however short it is. */
    private static final int SPARE_CHARACTERS = 100;

    private final ExecutableSchema schema;
    private final int costLimit;
    private final Document document;
    private final List<? extends GraphQLError> errors;
    private final Map<PlanKey, Plan> plans = new ConcurrentHashMap<>();
    private final Set<String> conditions;
    private final AtomicInteger room;
    private final int length;

    private record PlanKey(OperationDefinition operation, Map<String, Boolean> conditions) {}

    private ExecutableDocument(
            ExecutableSchema schema,
            String text,
            Document document,
            List<? extends GraphQLError> errors,
            int costLimit) {
        this.schema = schema;
        this.costLimit = costLimit;
        this.document = document;
        this.errors = errors;
        this.length = text.length();
        this.conditions = Conditions.variables(document);
        this.room = new AtomicInteger((text.length() + SPARE_CHARACTERS) / CHARACTERS_PER_SELECTION);
    }

    /**
     * Parses, measures and validates; what is larger than it may be is read no further.
     *
     * @param limits that its text and its operations have to keep to
     */
    public static ExecutableDocument of(ExecutableSchema schema, String text, DocumentLimits limits) {
        var read = ReadDocument.of(schema.schema(), text, limits);
        return new ExecutableDocument(schema, text, read.document(), read.errors(), limits.cost());
    }

    /** Why it cannot be executed; empty if it can. */
    public List<? extends GraphQLError> errors() {
        return errors;
    }

    /** The names of its operations, null for one that has none. */
    public List<@Nullable String> operationNames() {
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .<@Nullable String>map(OperationDefinition::getName)
                .toList();
    }

    /**
     * Whether the operation of this name changes something.
     *
     * @param operationName null if there is only one
     * @throws graphql.GraphQLException if there is no such operation
     */
    public boolean isMutation(@Nullable String operationName) {
        return NodeUtil.getOperation(document, operationName)
                        .operationDefinition
                        .getOperation()
                == OperationDefinition.Operation.MUTATION;
    }

    /** Characters of its text. */
    public int length() {
        return length;
    }

    /** One of its operations with the variables of a request, ready to run. */
    public static final class Prepared {
        private final Plan plan;
        private final CoercedVariables variables;
        private final int cost;
        private final int costLimit;

        private Prepared(Plan plan, CoercedVariables variables, int costLimit) {
            this.plan = plan;
            this.variables = variables;
            this.cost = plan.price().with(variables);
            this.costLimit = costLimit;
        }

        Plan plan() {
            return plan;
        }

        CoercedVariables variables() {
            return variables;
        }

        /** Whether its changes are made only to see what comes of them. */
        boolean isDryRun() {
            return plan.operation().hasDirective("dryRun");
        }

        /** What it may cost with these variables, in units of {@code @cost}; the largest {@code int} also for more. */
        public int cost() {
            return cost;
        }

        /** Why it is too dear to be executed, with the code COST_LIMIT_EXCEEDED; null if it is not. */
        public @Nullable Refusal refusalOfCost() {
            return cost <= costLimit
                    ? null
                    : new Refusal(
                            Code.COST_LIMIT_EXCEEDED,
                            String.format(
                                    Locale.ROOT,
                                    "This may cost %s, and one request at most %,d. Ask for smaller pages, or for fewer lists"
                                            + " within lists.",
                                    cost == Integer.MAX_VALUE ? "far more" : String.format(Locale.ROOT, "%,d", cost),
                                    costLimit));
        }

        /** The operation's name; null if it has none. */
        public @Nullable String operationName() {
            return plan.operation().getName();
        }

        /** Whether it changes something. */
        public boolean isMutation() {
            return plan.operation().getOperation() == OperationDefinition.Operation.MUTATION;
        }
    }

    /**
     * Chooses an operation and reads the variables.
     *
     * @throws graphql.GraphQLException if there is no such operation
     * @throws Refusal if a variable's value does not do, or if it selects too much
     */
    public Prepared prepare(@Nullable String operationName, Map<String, Object> rawVariables) {
        var chosen = NodeUtil.getOperation(document, operationName);
        var variables = Variables.read(schema.schema(), chosen, rawVariables);
        return new Prepared(plan(chosen.operationDefinition, variables), variables, costLimit);
    }

    /**
     * What its dearest operation may cost with any variables, in units of {@code @cost}. It is the largest {@code int} also for
     * more, and for what selects too much to be planned.
     */
    public int maxCost() {
        int most = 0;
        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            try {
                var plan = new Planner(schema, document, operation, null).plan();
                most = Math.max(most, plan.price().most());
            } catch (Refusal tooMuch) {
                return Integer.MAX_VALUE;
            }
        }
        return most;
    }

    private Plan plan(OperationDefinition operation, CoercedVariables variables) {
        Map<String, Boolean> values = HashMap.newHashMap(conditions.size());
        for (var name : conditions) {
            // In another operation of the document the same name may be anything.
            if (variables.get(name) instanceof Boolean value) {
                values.put(name, value);
            }
        }
        var key = new PlanKey(operation, values);
        var known = plans.get(key);
        if (known != null) {
            return known;
        }
        var planner = new Planner(schema, document, operation, variables);
        var plan = planner.plan();
        if (plans.size() < MAX_PLANS && hasRoomFor(planner.selections())) {
            plans.put(key, plan);
        }
        return plan;
    }

    private boolean hasRoomFor(int selections) {
        return room.getAndUpdate(left -> left < selections ? left : left - selections) >= selections;
    }
}
