package dev.selvage.documents;

import org.jspecify.annotations.Nullable;

/**
 * A document as it is handed in.
 *
 * @param id by which the app calls it; null for its hash alone
 */
public record Submission(@Nullable String id, String text) {}
