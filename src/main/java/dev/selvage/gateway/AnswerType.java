package dev.selvage.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The media types of answers, as the GraphQL-over-HTTP draft has them. */
enum AnswerType {
    /** The older one, in which the status says next to nothing; for those who do not say what they take. */
    JSON("application/json"),
    /** In which the status says whether a request was executed. */
    GRAPHQL_RESPONSE("application/graphql-response+json");

    /** Callers send few different ones, and what they send is read once; those who make up others have theirs read each time. */
    private static final int KEPT = 256;

    private static final int LONGEST_KEPT = 256;
    private static final Map<String, AnswerType> KNOWN = new ConcurrentHashMap<>();

    private final String header;

    AnswerType(String header) {
        this.header = header;
    }

    /** As it is written in {@code Content-Type}. */
    String header() {
        return header;
    }

    /**
     * The one to answer with; null if neither is accepted.
     *
     * @param accept the {@code Accept} header; null if there is none
     */
    static @Nullable AnswerType accepted(@Nullable String accept) {
        if (accept == null) {
            return JSON;
        }
        var known = KNOWN.get(accept);
        if (known != null) {
            return known;
        }
        var read = read(accept);
        if (read != null && accept.length() <= LONGEST_KEPT && KNOWN.size() < KEPT) {
            KNOWN.put(accept, read);
        }
        return read;
    }

    private static @Nullable AnswerType read(String accept) {
        List<MediaType> ranges;
        try {
            ranges = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException unreadable) {
            return null;
        }
        double json = JSON.quality(ranges);
        double draft = GRAPHQL_RESPONSE.quality(ranges);
        if (json <= 0 && draft <= 0) {
            return ranges.isEmpty() ? JSON : null;
        }
        // Who names it knows it, and it says more; who takes anything may know only the other.
        boolean isNamed =
                ranges.stream().anyMatch(MediaType.parseMediaType(GRAPHQL_RESPONSE.header)::equalsTypeAndSubtype);
        return draft > json || (draft == json && isNamed) ? GRAPHQL_RESPONSE : JSON;
    }

    /** Of the most specific range that includes it (RFC 9110, 12.5.1); below zero if none does. */
    private double quality(List<MediaType> ranges) {
        var type = MediaType.parseMediaType(header);
        double quality = -1;
        int closest = -1;
        for (var range : ranges) {
            if (!range.includes(type) || !isUtf8(range)) {
                continue;
            }
            int close = range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
            if (close > closest) {
                closest = close;
                quality = range.getQualityValue();
            }
        }
        return quality;
    }

    private static boolean isUtf8(MediaType range) {
        var charset = range.getParameter("charset");
        return charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8");
    }
}
