package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which sites' pages may send requests: those of the gateway's own address, and those of a list. A browser says in
 * {@code Origin} whose page it is; whoever is no browser says nothing, and is not meant.
 *
 * <p>A page of another site cannot send a change either way: that takes a content type for which its browser asks first. That
 * the gateway refuses what comes from elsewhere, instead of only leaving the answer unreadable, is for browsers that do not.
 */
@Component
class CrossSite {
    /** Seconds for which a browser remembers that it may; none of them does for longer. */
    private static final String MAX_AGE_SECONDS = "7200";

    private static final String METHODS = "GET, POST";

    /** Those that the gateway reads, and those that well-known clients add by themselves. */
    private static final String REQUEST_HEADERS =
            "accept, authorization, content-type, if-none-match, traceparent, tracestate,"
                    + " x-client-id, x-graphql-cost, x-request-id, apollo-require-preflight, apollographql-client-name,"
                    + " apollographql-client-version, graphql-client-name, graphql-client-version";

    private static final String ANSWER_HEADERS = "etag, retry-after, x-request-id";

    private final Set<String> origins;

    /** @param origins such as {@code https://shop.example}, without a path */
    CrossSite(@Value("${gateway.http.allowed-origins:}") Set<String> origins) {
        this.origins = origins.stream().map(CrossSite::checked).collect(Collectors.toUnmodifiableSet());
    }

    private static String checked(String origin) {
        var uri = URI.create(origin);
        if (uri.getHost() == null || !(uri.getScheme() + "://" + uri.getRawAuthority()).equals(origin)) {
            throw new IllegalArgumentException(
                    "gateway.http.allowed-origins: `" + origin + "` is not an origin such as `https://shop.example`.");
        }
        return origin.toLowerCase(Locale.ROOT);
    }

    /** What the answer to a request says to its browser; null if the request comes from a page that may not send it. */
    @Nullable
    Map<String, String> answerHeaders(HttpHeaders request) {
        var origin = request.get(HttpHeaderNames.ORIGIN);
        if (origin == null) {
            return Map.of();
        }
        if (request.getAll(HttpHeaderNames.ORIGIN).size() > 1) {
            return null;
        }
        if (origins.contains(origin.toLowerCase(Locale.ROOT))) {
            return Map.of(
                    "access-control-allow-origin", origin,
                    "access-control-expose-headers", ANSWER_HEADERS);
        }
        return isSame(origin, request.get(HttpHeaderNames.HOST)) ? Map.of() : null;
    }

    /** A browser's question whether it may send what a page wants to send. */
    static boolean isPreflight(HttpHeaders request) {
        return request.contains(HttpHeaderNames.ORIGIN)
                && request.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** The answer to that question, beside {@link #answerHeaders}. */
    static Map<String, String> preflightHeaders() {
        return Map.of(
                "access-control-allow-methods", METHODS,
                "access-control-allow-headers", REQUEST_HEADERS,
                "access-control-max-age", MAX_AGE_SECONDS);
    }

    static Refusal refusal() {
        return new Refusal(
                Code.FORBIDDEN,
                "Pages of this site may not send requests here. Whoever runs the gateway can list it in"
                        + " `gateway.http.allowed-origins`.");
    }

    private static boolean isSame(String origin, @Nullable String host) {
        int authority = origin.indexOf("://");
        return host != null && authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
    }
}
