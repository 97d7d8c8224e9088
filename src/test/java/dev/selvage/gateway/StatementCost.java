package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.unwrapAll;

import dev.selvage.gateway.GeneratedQuery.Variable;
import dev.selvage.kernel.GlobalId;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import java.util.List;
import java.util.Map;

/** The most statements that a field may take by itself, whatever the number of rows it is answered for. */
final class StatementCost {
    /** What the shape does not tell: values that are looked up, or worked out by the database. */
    private static final Map<String, Integer> KNOWN = Map.of(
            "Registration.waitlistPosition", 1,
            "Query.metricRollup", 1,
            "Query.sales", 1,
            // As it was typed; where that finds nothing the words in use, words like them, and with those again.
            "Query.search", 4,
            // One for each kind.
            "SearchHit.node", 6,
            "SearchHit.highlight", 1,
            "Change.subject", 9);

    private StatementCost() {}

    static int of(
            GraphQLFieldsContainer parent,
            GraphQLFieldDefinition field,
            Map<String, Object> arguments,
            Coverage coverage) {
        var known = KNOWN.get(parent.getName() + "." + field.getName());
        if (known != null) {
            return known;
        }
        if (field.getName().equals("transitions")) {
            return 1;
        }
        if (parent.getName().matches(".+(Connection|Edge)")) {
            // A page brings its records along, and counts in a statement of its own.
            return field.getName().equals("totalCount") ? 1 : 0;
        }
        if (!(unwrapAll(field.getType()) instanceof GraphQLCompositeType type)) {
            return 0;
        }
        var ids = arguments.get("ids");
        if (ids != null) {
            return types(ids);
        }
        if (type.getName().endsWith("Connection") || field.getArgument("id") != null) {
            return 1;
        }
        return Coverage.isRecord(type) ? coverage.possible(type).size() : 0;
    }

    private static int types(Object ids) {
        return switch (ids) {
            case Variable variable -> types(variable.value());
            case List<?> some ->
                Math.toIntExact(
                        some.stream().map(StatementCost::type).distinct().count());
            default -> throw new IllegalArgumentException(ids.toString());
        };
    }

    private static String type(Object id) {
        return id instanceof Variable variable
                ? type(variable.value())
                : GlobalId.parse((String) id).type();
    }
}
