package dev.selvage.execution;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document is larger than it may be.
 *
 * @param found how much of it there is; of what is not counted to its end, the first that is too much
 * @param location of the first that is too much; null if it is the whole
 */
public record LimitExceeded(
        DocumentLimit limit, int bound, int found, @Nullable SourceLocation location) implements GraphQLError {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        return limit.sentence(bound, found);
    }

    @Override
    public @Nullable List<SourceLocation> getLocations() {
        return location == null ? null : List.of(location);
    }

    /** None: the limit says it. */
    @Override
    @SuppressWarnings("NullAway") // The engine leaves the classification out where there is none, but does not say so.
    public @Nullable ErrorClassification getErrorType() {
        return null;
    }
}
