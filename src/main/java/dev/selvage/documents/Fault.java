package dev.selvage.documents;

import dev.selvage.kernel.UserError.ErrorCode;
import graphql.language.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * Why documents are not published.
 *
 * @param field of what was handed in: {@code clientId}, {@code appVersion} or {@code documents}
 * @param place of the document among those that were handed in; -1 if it is about none
 * @param location in the document's text; null if it is about the whole
 */
public record Fault(
        String field,
        int place,
        ErrorCode code,
        String message,
        @Nullable SourceLocation location) {
    static Fault of(String field, ErrorCode code, String message) {
        return new Fault(field, -1, code, message, null);
    }

    static Fault ofDocument(int place, ErrorCode code, String message, @Nullable SourceLocation location) {
        return new Fault("documents", place, code, message, location);
    }

    /** With its line and column, for whoever is told nothing else. */
    String sentence() {
        return location == null
                ? message
                : "Line " + location.getLine() + ", column " + location.getColumn() + ": " + message;
    }
}
