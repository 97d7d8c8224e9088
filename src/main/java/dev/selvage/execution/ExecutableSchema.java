package dev.selvage.execution;

import dev.selvage.kernel.AccessRule;
import dev.selvage.kernel.Resolver;
import dev.selvage.kernel.SchemaWiring;
import graphql.GraphQL;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The schema with everything that answers it. A field that nothing answers stops the start: it serves what works. */
public final class ExecutableSchema {
    /**
     * One field of an object type.
     *
     * @param weight what one answer of it costs; null if its objects count by their types
     */
    record Field(
            GraphQLFieldDefinition definition,
            Resolver resolver,
            @Nullable AccessRule rule,
            @Nullable Integer weight,
            @Nullable ListSize listSize) {}

    private final GraphQLSchema schema;
    private final GraphQL introspection;
    private final Map<String, Map<String, Field>> fields = new HashMap<>();

    /** @throws IllegalStateException if nothing answers a field */
    public ExecutableSchema(GraphQLSchema schema, SchemaWiring wiring) {
        this.schema = schema;
        this.introspection = IntrospectedField.engine(schema);
        for (var type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLObjectType object && !object.getName().startsWith("__")) {
                var ofType = new HashMap<String, Field>();
                for (var field : object.getFieldDefinitions()) {
                    refuseNestedLists(object, field);
                    var resolver = wiring.resolver(object.getName(), field.getName());
                    var rule = AccessRule.of(field, object.getName());
                    wiring.allow(object.getName(), field.getName(), rule);
                    ofType.put(
                            field.getName(), new Field(field, resolver, rule, Weights.of(field), ListSize.of(field)));
                }
                fields.put(object.getName(), ofType);
            }
        }
    }

    /** Objects are numbered by the place of their list's parent and their own in the list. */
    private static void refuseNestedLists(GraphQLObjectType type, GraphQLFieldDefinition field) {
        var output = GraphQLTypeUtil.unwrapNonNull(field.getType());
        if (output instanceof GraphQLList list
                && GraphQLTypeUtil.unwrapNonNull(list.getOriginalWrappedType()) instanceof GraphQLList) {
            throw new IllegalStateException(type.getName() + "." + field.getName() + " is a list of lists");
        }
    }

    /** What is published. */
    public GraphQLSchema schema() {
        return schema;
    }

    /** What answers the fields that tell of the schema. */
    GraphQL introspection() {
        return introspection;
    }

    Field field(String type, String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(fields.get(type), type).get(name), name);
    }
}
