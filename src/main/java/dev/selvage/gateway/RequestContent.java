package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Takes the bodies of requests in: as much of one as may be sent, and as much of all together as there is room for. */
@Component
class RequestContent {
    private static final String JSON = "application/json";

    /** Characters; nobody has so much to say of JSON. */
    private static final int LONGEST_TYPE = 200;

    private final long maxBytes;
    private final long maxBytesOfAll;
    private final AtomicLong bytesOfAll;

    /**
     * @param maxSize of one body
     * @param maxSizeOfAll of those that have begun to come and are not executed yet
     */
    @Autowired
    RequestContent(
            @Value("${gateway.http.max-body}") DataSize maxSize,
            @Value("${gateway.http.max-body-of-all}") DataSize maxSizeOfAll) {
        this(maxSize.toBytes(), maxSizeOfAll.toBytes(), new AtomicLong());
    }

    private RequestContent(long maxBytes, long maxBytesOfAll, AtomicLong bytesOfAll) {
        this.maxBytes = maxBytes;
        this.maxBytesOfAll = maxBytesOfAll;
        this.bytesOfAll = bytesOfAll;
    }

    /** The same room for all together, with another size of one body. */
    RequestContent upTo(DataSize maxSize) {
        return new RequestContent(maxSize.toBytes(), maxBytesOfAll, bytesOfAll);
    }

    /** Why a body is not taken, by the headers before it; null if it is. */
    @Nullable
    WireAnswer refusal(HttpHeaders headers) {
        // Of two types whoever stands in between may have read the other.
        var types = headers.valueStringIterator(HttpHeaderNames.CONTENT_TYPE);
        if (!types.hasNext() || !isJson(types.next()) || types.hasNext()) {
            return notTaken("Send JSON in UTF-8, as `Content-Type: application/json`.");
        }
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return notTaken("Send the body as it is, without a `Content-Encoding`.");
        }
        var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && (length.length() > 10 || Long.parseLong(length) > maxBytes) ? tooLong() : null;
    }

    private static WireAnswer notTaken(String sentence) {
        return WireAnswer.of(415, new WireError(Code.BAD_REQUEST, sentence, null, null), Map.of());
    }

    /** The answer to a body of more bytes than this. */
    static WireAnswer tooLong(long bytes) {
        return WireAnswer.of(
                413,
                new WireError(Code.LIMIT_EXCEEDED, "The body is longer than " + bytes / 1024 + " KiB.", null, null),
                // What has not been read of it is not worth reading.
                Map.of("connection", "close"));
    }

    /** The type of JSON, in the one encoding that it has (RFC 8259, 8.1). */
    private static boolean isJson(String type) {
        if (type.length() > LONGEST_TYPE || !type.regionMatches(true, 0, JSON, 0, JSON.length())) {
            return false;
        }
        if (type.length() == JSON.length()) {
            return true;
        }
        var parameters = type.substring(JSON.length()).toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        return parameters.matches("(;(charset=utf-?8|(?!charset=)[a-z0-9-]+=[a-z0-9._-]*))*;?");
    }

    /**
     * The body, once all of it is there.
     *
     * <p>Errors: {@link TooLong}; {@link Refusal} with SERVICE_UNAVAILABLE where there is no room for it.
     */
    Mono<byte[]> read(HttpServerRequest request) {
        return Mono.defer(() -> {
            var body = new Body();
            return request.receive()
                    .doOnNext(body::add)
                    .then(Mono.fromSupplier(body::toByteArray))
                    .doFinally(_ -> bytesOfAll.addAndGet(-body.size()));
        });
    }

    private final class Body extends ByteArrayOutputStream {
        private void add(ByteBuf part) {
            int length = part.readableBytes();
            if (count + length > maxBytes) {
                throw new TooLong();
            }
            byte[] bytes = new byte[length];
            part.readBytes(bytes);
            writeBytes(bytes);
            if (bytesOfAll.addAndGet(length) > maxBytesOfAll) {
                throw new Refusal(Code.SERVICE_UNAVAILABLE, "The gateway is busy. Try again in a moment.");
            }
        }
    }

    /** More came than one body may have. */
    static final class TooLong extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private TooLong() {
            super(null, null, false, false);
        }
    }

    WireAnswer tooLong() {
        return tooLong(maxBytes);
    }
}
