package dev.selvage.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Where a change comes from, for whoever reads the audit trail.
 *
 * @param subject whom the caller's token names; null without a token
 * @param client the application that the token was issued to; null if it does not say
 * @param requestId under which the request is found in logs
 * @param operationName as the document names it; null if it does not
 */
public record Origin(
        @Nullable String subject,
        @Nullable String client,
        @Nullable String requestId,
        @Nullable String operationName) {
    /** The gateway's own work. */
    static final Origin ITSELF = new Origin(null, null, null, null);
}
