package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.unwrapAll;

import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What there is to ask of a schema, and what of it is still to do. */
final class Coverage {
    /** Records on a way, the first included. */
    static final int DEPTH = 4;

    private final GraphQLSchema schema;
    private final Map<String, Boolean> leadsToRecords = new HashMap<>();

    /** {@code Type.field}, of the types that queries reach. */
    final Set<String> unansweredFields = new LinkedHashSet<>();

    /** {@code Type.field(argument)}, {@code Input.field} and {@code Enum.VALUE}. */
    final Set<String> unusedArguments = new LinkedHashSet<>();

    /** Ways of up to four records, such as {@code Event.registrations.consignor.user}. */
    final Set<String> untrodden = new LinkedHashSet<>();

    Coverage(GraphQLSchema schema) {
        this.schema = schema;
        fieldsOf(schema.getQueryType());
        ways(schema.getQueryType(), 0, "", "");
    }

    boolean isComplete() {
        return unansweredFields.isEmpty() && unusedArguments.isEmpty() && untrodden.isEmpty();
    }

    /** Whether two who ask are told the same. What is left of a budget depends on who asks first; {@link BudgetTest} asks for it. */
    static boolean isComparable(GraphQLFieldDefinition field) {
        return !field.getName().equals("budget");
    }

    /** The object types that a value of this type can have. */
    List<GraphQLObjectType> possible(GraphQLCompositeType type) {
        return type instanceof GraphQLInterfaceType abstractType
                ? Objects.requireNonNull(schema.getImplementations(abstractType))
                : List.of((GraphQLObjectType) type);
    }

    static boolean isRecord(GraphQLCompositeType type) {
        return type instanceof GraphQLInterfaceType
                || ((GraphQLObjectType) type)
                        .getInterfaces().stream()
                                .anyMatch(implemented -> implemented.getName().equals("Node"));
    }

    /** The way to a record of this type. */
    static String way(String path, String via, GraphQLCompositeType asked, GraphQLCompositeType type) {
        return path.isEmpty()
                ? type.getName()
                : path + "." + via + (asked.equals(type) ? "" : "(" + type.getName() + ")");
    }

    boolean leadsToRecords(GraphQLFieldDefinition field) {
        return unwrapAll(field.getType()) instanceof GraphQLCompositeType type && leadsToRecords(type);
    }

    private boolean leadsToRecords(GraphQLCompositeType type) {
        if (isRecord(type)) {
            return true;
        }
        var known = leadsToRecords.putIfAbsent(type.getName(), false);
        if (known != null) {
            return known;
        }
        boolean leads = ((GraphQLFieldsContainer) type).getFields().stream().anyMatch(this::leadsToRecords);
        leadsToRecords.put(type.getName(), leads);
        return leads;
    }

    private void fieldsOf(GraphQLCompositeType type) {
        for (var possible : possible(type)) {
            for (var field : possible.getFields()) {
                var coordinate = possible.getName() + "." + field.getName();
                if (isComparable(field) && unansweredFields.add(coordinate)) {
                    for (var argument : field.getArguments()) {
                        unusedArguments.add(coordinate + "(" + argument.getName() + ")");
                        inputsOf(argument.getType());
                    }
                    if (unwrapAll(field.getType()) instanceof GraphQLCompositeType below) {
                        fieldsOf(below);
                    }
                }
            }
        }
    }

    private void inputsOf(GraphQLInputType type) {
        switch (unwrapAll(type)) {
            case GraphQLInputObjectType input -> {
                for (var field : input.getFields()) {
                    if (unusedArguments.add(input.getName() + "." + field.getName())) {
                        inputsOf(field.getType());
                    }
                }
            }
            case GraphQLEnumType words ->
                words.getValues().forEach(word -> unusedArguments.add(words.getName() + "." + word.getName()));
            default -> {}
        }
    }

    private void ways(GraphQLCompositeType type, int depth, String path, String via) {
        for (var field : ((GraphQLFieldsContainer) type).getFields()) {
            if (!leadsToRecords(field)) {
                continue;
            }
            var below = (GraphQLCompositeType) unwrapAll(field.getType());
            var name = isRecord(type) ? field.getName() : via;
            if (!isRecord(below)) {
                ways(below, depth, path, name);
            } else if (depth < DEPTH) {
                for (var possible : possible(below)) {
                    var way = way(path, name, below, possible);
                    if (untrodden.add(way)) {
                        ways(possible, depth + 1, way, "");
                    }
                }
            }
        }
    }
}
