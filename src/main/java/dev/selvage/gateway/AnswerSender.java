package dev.selvage.gateway;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends the answer to one request, as its caller can take it.
 *
 * @param siteHeaders what the caller's browser is told; null if its page may not ask
 */
record AnswerSender(
        HttpServerResponse response,
        Trace trace,
        AnswerType type,
        @Nullable Map<String, String> siteHeaders) {
    private static final int OK = 200;

    /** Looked at once, and not again with each answer. */
    private static final HttpHeaders ALWAYS = DefaultHttpHeadersFactory.headersFactory()
            .newHeaders()
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.VARY, "Authorization")
            .set("x-content-type-options", "nosniff");

    /** Whether the request comes from a page that may send one, or from no page. */
    boolean isOfOurSites() {
        return siteHeaders != null;
    }

    Mono<Void> send(WireAnswer answer) {
        int status = answer.status(type);
        int length = answer.body().readableBytes();
        response.status(status);
        response.responseHeaders().add(ALWAYS);
        response.header(RequestId.HEADER, trace.requestId());
        if (length > 0) {
            // The older type tells of errors in what was executed, and of nothing else.
            var shown = status == OK ? type : AnswerType.GRAPHQL_RESPONSE;
            response.header(HttpHeaderNames.CONTENT_TYPE, shown.header())
                    .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length));
        }
        if (siteHeaders != null && !siteHeaders.isEmpty()) {
            siteHeaders.forEach(response::header);
            response.responseHeaders().set(HttpHeaderNames.VARY, "Authorization, Origin");
        }
        answer.headers().forEach(response::header);
        return length > 0 ? response.sendObject(answer.body()).then() : response.send();
    }
}
