package dev.selvage.documents;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that an app has published.
 *
 * @param documentId {@code sha256:} and the SHA-256 of the text's UTF-8 in 64 hexadecimal digits
 * @param text to the byte as it was sent
 * @param appVersions those that use it and have not been retired
 * @param cost of one call at most
 * @param lastUsedAt give or take a minute
 * @param retiredAt null while a version uses it
 */
public record PersistedDocument(
        long id,
        String documentId,
        String text,
        @Nullable String operationName,
        List<String> appVersions,
        int cost,
        Instant publishedAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant retiredAt) {}
