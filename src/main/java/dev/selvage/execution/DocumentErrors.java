package dev.selvage.execution;

import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import java.util.List;

/** What is wrong with a document by a schema that need not answer anything. */
public final class DocumentErrors {
    private static final int ANY = Integer.MAX_VALUE;

    /** How large it may be is another question. */
    private static final DocumentLimits NONE = new DocumentLimits(ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY);

    private DocumentErrors() {}

    /** Empty if it is valid. */
    public static List<? extends GraphQLError> of(GraphQLSchema schema, String text) {
        return ReadDocument.of(schema, text, NONE).errors();
    }
}
