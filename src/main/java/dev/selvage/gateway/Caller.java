package dev.selvage.gateway;

import dev.selvage.kernel.Origin;
import dev.selvage.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param subject whom the token names; null without a token
 * @param client the application that the token was issued to; null if it does not say
 */
record Caller(
        Viewer viewer, @Nullable String subject, @Nullable String client) {
    static final Caller ANONYMOUS = new Caller(Viewer.ANONYMOUS, null, null);

    /** Where a change comes from that this caller makes. */
    Origin origin(String requestId, @Nullable String operationName) {
        return new Origin(subject, client, requestId, operationName);
    }
}
