package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as the wire contract has it: {@code extensions} holds the code and nothing else. */
record WireError(
        Code code,
        String sentence,
        @Nullable List<SourceLocation> locations,
        @Nullable List<Object> path) implements GraphQLError {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        return sentence;
    }

    @Override
    public @Nullable List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public @Nullable List<Object> getPath() {
        return path;
    }

    @Override
    public Map<String, Object> getExtensions() {
        return Map.of("code", code.name());
    }

    /** None: the code says it. */
    @Override
    @SuppressWarnings("NullAway") // The engine leaves the classification out where there is none, but does not say so.
    public @Nullable ErrorClassification getErrorType() {
        return null;
    }
}
