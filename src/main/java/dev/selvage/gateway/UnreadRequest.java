package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/** Why a request is refused before it is one. */
record UnreadRequest(HttpResponseStatus status, Code code, String sentence) {
    static final UnreadRequest TOO_SLOW = new UnreadRequest(
            HttpResponseStatus.REQUEST_TIMEOUT, Code.TIMEOUT, "The request came too slowly. Send it again.");

    private static final UnreadRequest TOO_LONG_ADDRESS = new UnreadRequest(
            HttpResponseStatus.REQUEST_URI_TOO_LONG,
            Code.LIMIT_EXCEEDED,
            "The address is too long. Send a POST, or a published document's id.");
    private static final UnreadRequest TOO_LONG_HEADERS = new UnreadRequest(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            Code.LIMIT_EXCEEDED,
            "The headers are too long. Send fewer, and shorter ones.");
    private static final UnreadRequest NOT_HTTP = new UnreadRequest(
            HttpResponseStatus.BAD_REQUEST, Code.BAD_REQUEST, "This is not HTTP/1.1 as RFC 9112 has it.");

    /** @param message the part that is not as it should be */
    static UnreadRequest malformed(Object message) {
        var why = message instanceof DecoderResultProvider read
                ? read.decoderResult().cause()
                : null;
        return switch (why) {
            // The line before a part of a body has the same bound.
            case TooLongHttpLineException _ when message instanceof HttpRequest -> TOO_LONG_ADDRESS;
            case TooLongHttpHeaderException _ -> TOO_LONG_HEADERS;
            case null, default -> NOT_HTTP;
        };
    }

    /** After which the connection is closed. */
    FullHttpResponse answer() {
        var body = Unpooled.wrappedBuffer(WireAnswer.json(List.of(new WireError(code, sentence, null, null))));
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, AnswerType.GRAPHQL_RESPONSE.header())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(RequestId.HEADER, RequestId.of(null))
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }
}
