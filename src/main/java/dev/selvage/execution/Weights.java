package dev.selvage.execution;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the schema says of costs, by {@code @cost}: an object is one unit where it says nothing, and all else is nothing. */
final class Weights {
    private Weights() {}

    /** Of one object. */
    static int of(GraphQLObjectType type) {
        var weight = weight(type.getAppliedDirective("cost"));
        return weight == null ? 1 : weight;
    }

    /** Of one answer of a field; null if it says nothing, so that its objects count by their types. */
    static @Nullable Integer of(GraphQLFieldDefinition field) {
        return weight(field.getAppliedDirective("cost"));
    }

    private static @Nullable Integer weight(@Nullable GraphQLAppliedDirective cost) {
        if (cost == null) {
            return null;
        }
        String weight = Objects.requireNonNull(cost.getArgument("weight")).getValue();
        return Integer.valueOf(Objects.requireNonNull(weight));
    }
}
