package dev.selvage.execution;

import graphql.language.Field;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLTypeUtil;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the objects that a field answers are counted.
 *
 * @param length how many of them there are at most
 * @param weighed whether each counts by its type; not if the field says what its one object costs
 * @param below which lists of these objects the field's arguments are meant for; null if none
 */
record FieldCount(
        ListLength length, boolean weighed, @Nullable Sized below) {
    private static final ListLength ONE = ListLength.of(1);
    private static final ListLength ANY = ListLength.of(Integer.MAX_VALUE);

    /** The lists of a connection, which are as long as its field's arguments say. */
    record Sized(Set<String> fields, ListLength length) {}

    /**
     * Counts one field of a document.
     *
     * @param above what the field around it says of its lists; null if nothing
     * @throws IllegalStateException if it is a list of objects that nothing bounds
     */
    static FieldCount of(ExecutableSchema.Field field, Field written, @Nullable Sized above) {
        var definition = field.definition();
        boolean isList = GraphQLTypeUtil.unwrapNonNull(definition.getType()) instanceof GraphQLList;
        var size = field.listSize();
        var own = size == null ? null : ListLength.of(size, written.getArguments());
        var below = size == null || own == null ? null : new Sized(size.sized(), own);
        if (!isList) {
            return new FieldCount(ONE, field.weight() == null, below);
        }
        if (above != null && above.fields().contains(definition.getName())) {
            return new FieldCount(above.length(), true, null);
        }
        if (own != null) {
            return new FieldCount(own, true, below);
        }
        if (GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType) {
            throw new IllegalStateException("Nothing bounds the list " + definition.getName());
        }
        return new FieldCount(ANY, true, null);
    }
}
