package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.kernel.Refusal.Code;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Keeps parsed and validated documents by their text, so that a document costs its parsing once. */
@Component
class DocumentCache implements PreparsedDocumentProvider {
    /** Characters of text whose documents are kept; a parsed document takes some tens of bytes a character. */
    private static final long CAPACITY = 4_000_000;

    /** Reading a number takes time in the square of its length: seconds, for what fits into a request. */
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{64}");

    private final Cache<String, PreparsedDocumentEntry> documents = Caffeine.newBuilder()
            .maximumWeight(CAPACITY)
            .weigher((String text, PreparsedDocumentEntry _) -> text.length() + 100)
            .build();

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        var kept = documents.getIfPresent(input.getQuery());
        if (kept == null && LONG_NUMBER.matcher(input.getQuery()).find()) {
            return CompletableFuture.completedFuture(new PreparsedDocumentEntry(new WireError(
                    Code.GRAPHQL_PARSE_FAILED,
                    "No number here has so many digits. Send long text as a variable.",
                    null,
                    null)));
        }
        if (kept == null) {
            kept = parseAndValidate.apply(input);
            // Invalid documents are not worth the room of valid ones.
            if (!kept.hasErrors()) {
                documents.put(input.getQuery(), kept);
            }
        }
        return CompletableFuture.completedFuture(kept);
    }
}
