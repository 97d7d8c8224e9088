package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the wire contract has it: {@code extensions} holds the code, and which argument it is about.
 *
 * @param argumentPath null if it is about none
 */
record WireError(
        Code code,
        String sentence,
        @Nullable List<SourceLocation> locations,
        @Nullable List<Object> path,
        @Nullable List<String> argumentPath)
        implements GraphQLError {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    /** One that is about no argument. */
    WireError(Code code, String sentence, @Nullable List<SourceLocation> locations, @Nullable List<Object> path) {
        this(code, sentence, locations, path, null);
    }

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
        return argumentPath == null
                ? Map.of("code", code.name())
                : Map.of("code", code.name(), "argumentPath", argumentPath);
    }

    /** None: the code says it. */
    @Override
    @SuppressWarnings("NullAway") // The engine leaves the classification out where there is none, but does not say so.
    public @Nullable ErrorClassification getErrorType() {
        return null;
    }
}
