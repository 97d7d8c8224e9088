package dev.selvage.documents;

import org.jspecify.annotations.Nullable;

/**
 * A document that may be published.
 *
 * @param customId an id of the app's own; null if it calls it by its hash
 * @param hash SHA-256 of its UTF-8, in lower-case hexadecimal digits
 * @param cost of one call at most
 */
record CheckedDocument(
        String text,
        @Nullable String customId,
        String hash,
        @Nullable String operationName,
        int cost) {}
