package dev.selvage.gateway;

import dev.selvage.kernel.Sha256;
import io.netty.buffer.ByteBufUtil;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what a caller knows that it has an answer already: a strong one, made of all its bytes (RFC 9110, 8.8.3). */
final class EntityTag {
    /** It may be kept by its caller alone, who asks each time whether it is still so. */
    private static final String KEPT = "private, no-cache";

    /** One of a list. Compared weakly, as is to be done here (13.1.2), what stands before the quotes says nothing. */
    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

    private EntityTag() {}

    /**
     * The answer with its tag, or nothing but the tag for whoever has that answer.
     *
     * @param knownTags as {@code If-None-Match} has them; null for none
     */
    static WireAnswer added(WireAnswer answer, @Nullable String knownTags) {
        var tag = "\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(ByteBufUtil.getBytes(answer.body())))
                + "\"";
        var headers = Map.of("etag", tag, "cache-control", KEPT);
        return isKnown(tag, knownTags)
                ? WireAnswer.empty(304, headers)
                : new WireAnswer(answer.status(), answer.olderStatus(), answer.body(), headers, answer.codes());
    }

    private static boolean isKnown(String tag, @Nullable String knownTags) {
        return knownTags != null
                && (knownTags.strip().equals("*")
                        || TAG.matcher(knownTags)
                                .results()
                                .anyMatch(known -> known.group().equals(tag)));
    }
}
