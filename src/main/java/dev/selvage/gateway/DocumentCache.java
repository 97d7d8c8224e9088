package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import dev.selvage.execution.DocumentLimits;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.kernel.Caches;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.springframework.stereotype.Component;

/** Keeps parsed, validated and planned documents by their text, so that a document costs that once. */
@Component
class DocumentCache {
    /** Characters of text whose documents are kept; a parsed document takes some tens of bytes a character. */
    private static final long CAPACITY = 4_000_000;

    private final ExecutableSchema schema;
    private final DocumentLimits limits;
    private final Cache<String, ExecutableDocument> documents = Caches.askedAtEachRequest()
            .maximumWeight(CAPACITY)
            .recordStats()
            .weigher((String text, ExecutableDocument _) -> text.length() + 100)
            .build();

    DocumentCache(ExecutableSchema schema, Limits limits, MeterRegistry metrics) {
        CaffeineCacheMetrics.monitor(metrics, documents, "documents");
        this.schema = schema;
        this.limits = limits.freeText();
    }

    /** Whether the text has been read before, and was in order. */
    boolean isKnown(String text) {
        return documents.asMap().containsKey(text);
    }

    /** The document of a text; it may have errors. */
    ExecutableDocument get(String text) {
        var kept = documents.getIfPresent(text);
        if (kept != null) {
            return kept;
        }
        var document = ExecutableDocument.of(schema, text, limits);
        // Invalid documents are not worth the room of valid ones.
        if (document.errors().isEmpty()) {
            documents.put(text, document);
        }
        return document;
    }
}
