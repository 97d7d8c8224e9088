package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Keeps parsed, validated and planned documents by their text, so that a document costs that once. */
@Component
class DocumentCache {
    /** Characters of text whose documents are kept; a parsed document takes some tens of bytes a character. */
    private static final long CAPACITY = 4_000_000;

    /** Reading a number takes time in the square of its length: seconds, for what fits into a request. */
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{64}");

    private final ExecutableSchema schema;
    private final Cache<String, ExecutableDocument> documents = Caffeine.newBuilder()
            .maximumWeight(CAPACITY)
            .weigher((String text, ExecutableDocument _) -> text.length() + 100)
            .build();

    DocumentCache(ExecutableSchema schema) {
        this.schema = schema;
    }

    /**
     * The document of a text; it may have errors.
     *
     * @throws Refusal GRAPHQL_PARSE_FAILED for a number that would take too long to read
     */
    ExecutableDocument get(String text) {
        var kept = documents.getIfPresent(text);
        if (kept != null) {
            return kept;
        }
        if (LONG_NUMBER.matcher(text).find()) {
            throw new Refusal(
                    Code.GRAPHQL_PARSE_FAILED, "No number here has so many digits. Send long text as a variable.");
        }
        var document = ExecutableDocument.of(schema, text);
        // Invalid documents are not worth the room of valid ones.
        if (document.errors().isEmpty()) {
            documents.put(text, document);
        }
        return document;
    }
}
