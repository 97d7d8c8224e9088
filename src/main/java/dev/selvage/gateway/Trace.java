package dev.selvage.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What everything about one request is found by in the log.
 *
 * @param requestId also in its answer, and in the audit trail
 * @param traceId of the trace that the caller's request is part of; null if it is not told
 */
record Trace(String requestId, @Nullable String traceId) {
    private static final String PARENT = "traceparent";

    /** W3C Trace Context: version, trace, parent, flags. A later version may have more behind them. */
    private static final Pattern PARENT_FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final int LONGEST_PARENT = 256;

    static Trace of(HttpHeaders headers) {
        return new Trace(RequestId.of(headers.get(RequestId.HEADER)), traceId(headers.get(PARENT)));
    }

    private static @Nullable String traceId(@Nullable String parent) {
        if (parent == null || parent.length() > LONGEST_PARENT) {
            return null;
        }
        var form = PARENT_FORM.matcher(parent);
        return form.matches() ? form.group(1) : null;
    }

    /** Does this with the ids in whatever is logged meanwhile, on this thread. */
    <T> T with(Supplier<T> work) {
        MDC.put("requestId", requestId);
        if (traceId != null) {
            MDC.put("traceId", traceId);
        }
        try {
            return work.get();
        } finally {
            MDC.remove("requestId");
            MDC.remove("traceId");
        }
    }
}
