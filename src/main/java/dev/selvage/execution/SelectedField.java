package dev.selvage.execution;

import dev.selvage.kernel.AccessRule;
import dev.selvage.kernel.Resolver;
import graphql.language.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * One field of an answer.
 *
 * @param name under which it stands in the answer
 * @param key the same, as it is written
 * @param column where its values are kept while the answer is read; below zero if they are worked out while it is written
 * @param idempotency the arguments of its {@code @idempotent}; null if it has none
 * @param location where the document asks for it first
 */
record SelectedField(
        String name,
        JsonOutput.Key key,
        Resolver resolver,
        @Nullable AccessRule rule,
        Arguments arguments,
        @Nullable Arguments idempotency,
        Output output,
        int column,
        @Nullable SourceLocation location) {
    boolean isRead() {
        return column >= 0;
    }
}
