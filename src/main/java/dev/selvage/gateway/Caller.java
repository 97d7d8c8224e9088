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
    private static final int LONGEST_NAME = 256;

    static final Caller ANONYMOUS = new Caller(Viewer.ANONYMOUS, null, null);

    /** Where a change comes from that this caller makes. */
    Origin origin(String requestId, @Nullable String operationName) {
        return new Origin(subject, client, requestId, shortened(operationName));
    }

    /** Every entry of the audit trail has it, for good. */
    private static @Nullable String shortened(@Nullable String name) {
        return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
