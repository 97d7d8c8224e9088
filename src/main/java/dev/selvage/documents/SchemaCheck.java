package dev.selvage.documents;

import dev.selvage.execution.DocumentErrors;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which published documents a schema would break: those that were valid when they were published, and are not by this one. */
final class SchemaCheck {
    private final GraphQLSchema schema;

    SchemaCheck(GraphQLSchema schema) {
        this.schema = schema;
    }

    /**
     * A document that callers have.
     *
     * @param app whose it is: its client id, or the file in which it stands
     * @param versions of the app that use it; empty if that is not known
     * @param operation its name, or its id if it has none
     */
    record Used(String app, List<String> versions, @Nullable String operation, String text) {}

    /** One that would not be valid any more. */
    record Broken(Used document, List<? extends GraphQLError> errors) {
        /** For people, in several lines. */
        String sentence() {
            var text = new StringBuilder(document.app());
            if (!document.versions().isEmpty()) {
                text.append(' ').append(String.join(", ", document.versions()));
            }
            text.append(": ")
                    .append(document.operation() == null ? "an operation without a name" : document.operation());
            for (var error : errors) {
                text.append(System.lineSeparator())
                        .append("    ")
                        .append(place(error))
                        .append(error.getMessage());
            }
            return text.toString();
        }

        private static String place(GraphQLError error) {
            var locations = error.getLocations();
            return locations == null || locations.isEmpty()
                    ? ""
                    : "line " + locations.getFirst().getLine() + ", column "
                            + locations.getFirst().getColumn() + ": ";
        }
    }

    /** Those that would not be valid any more, in their order. */
    List<Broken> broken(Collection<Used> documents) {
        return documents.stream()
                .map(document -> new Broken(document, DocumentErrors.of(schema, document.text())))
                .filter(broken -> !broken.errors().isEmpty())
                .toList();
    }
}
