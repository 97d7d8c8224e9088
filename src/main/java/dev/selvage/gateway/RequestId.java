package dev.selvage.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is found by in logs and in the audit trail, on both sides. */
final class RequestId {
    static final String HEADER = "x-request-id";

    /** Nothing that a log or a terminal takes for anything else. */
    private static final Pattern ONE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{7,127}");

    private static final HexFormat HEX = HexFormat.of();

    private RequestId() {}

    /** The caller's own, if it looks like one, or a new one. */
    static String of(@Nullable String sent) {
        if (sent != null && ONE.matcher(sent).matches()) {
            return sent;
        }
        // It has to be another one each time, and need not be a secret.
        var random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
