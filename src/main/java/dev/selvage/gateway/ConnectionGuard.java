package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a connection's pipeline behind what makes messages of bytes. It ends connections that keep the gateway waiting:
 * that send a request bit by bit, take an answer bit by bit, or nothing at all. And it answers what cannot be read as HTTP,
 * in the contract's form.
 *
 * <p>The clock is looked at in passing and compared every second: nothing is scheduled and called off for a request.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    private enum Stage {
        /** Nothing of a request has come, and nothing is to be answered. */
        IDLE,
        /** A request has begun to come. */
        RECEIVING,
        /** All of it is there. */
        ANSWERING
    }

    private final ConnectionLimits limits;
    private Stage stage = Stage.IDLE;
    private long since = System.nanoTime();
    private long unwritableSince;
    private int unanswered;
    private boolean isCounted;
    private boolean isOver;
    private @Nullable ScheduledFuture<?> watch;

    ConnectionGuard(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** What stands before the one that makes messages of bytes, and sees them come. */
    ChannelHandler bytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                if (stage == Stage.IDLE) {
                    enter(Stage.RECEIVING);
                }
                context.fireChannelRead(bytes);
            }
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        isCounted = true;
        if (!limits.admit()) {
            limits.count(ConnectionLimits.Ended.TOO_MANY);
            close(context);
            return;
        }
        watch = context.executor().scheduleWithFixedDelay(() -> look(context), 1, 1, TimeUnit.SECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isCounted) {
            limits.left();
        }
        if (watch != null) {
            watch.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof DecoderResultProvider read
                && read.decoderResult().isFailure()
                && (unanswered == 0 || !(message instanceof HttpRequest))) {
            ReferenceCountUtil.release(message);
            refuse(context, read.decoderResult().cause());
            return;
        }
        if (message instanceof HttpRequest) {
            unanswered++;
        }
        if (message instanceof LastHttpContent) {
            enter(unanswered > 0 ? Stage.ANSWERING : Stage.IDLE);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            unanswered = Math.max(0, unanswered - 1);
            if (unanswered == 0 && stage == Stage.ANSWERING) {
                enter(Stage.IDLE);
            }
        }
        super.write(context, message, promise);
    }

    /** Such as the one that tells a caller to go on and send the body. */
    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse answer && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        unwritableSince = context.channel().isWritable() ? 0 : System.nanoTime();
        context.fireChannelWritabilityChanged();
    }

    private void enter(Stage next) {
        stage = next;
        since = System.nanoTime();
    }

    private void look(ChannelHandlerContext context) {
        long now = System.nanoTime();
        if (isOver) {
            return;
        }
        if (unwritableSince != 0 && now - unwritableSince > limits.answerNanos()) {
            end(context, ConnectionLimits.Ended.SLOW_READER);
        } else if (stage == Stage.RECEIVING && now - since > limits.requestNanos()) {
            limits.count(ConnectionLimits.Ended.SLOW_REQUEST);
            refuse(
                    context,
                    HttpResponseStatus.REQUEST_TIMEOUT,
                    new WireError(Code.TIMEOUT, "The request came too slowly. Send it again.", null, null));
        } else if (stage == Stage.IDLE && unwritableSince == 0 && now - since > limits.idleNanos()) {
            end(context, ConnectionLimits.Ended.IDLE);
        }
    }

    private void end(ChannelHandlerContext context, ConnectionLimits.Ended why) {
        isOver = true;
        limits.count(why);
        close(context);
    }

    private void refuse(ChannelHandlerContext context, Throwable why) {
        limits.count(ConnectionLimits.Ended.MALFORMED);
        switch (why) {
            case TooLongHttpLineException _ ->
                refuse(
                        context,
                        HttpResponseStatus.REQUEST_URI_TOO_LONG,
                        new WireError(
                                Code.LIMIT_EXCEEDED,
                                "The address is too long. Send a POST, or a published document's id.",
                                null,
                                null));
            case TooLongHttpHeaderException _ ->
                refuse(
                        context,
                        HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        new WireError(
                                Code.LIMIT_EXCEEDED,
                                "The headers are too long. Send fewer, and shorter ones.",
                                null,
                                null));
            default ->
                refuse(
                        context,
                        HttpResponseStatus.BAD_REQUEST,
                        new WireError(Code.BAD_REQUEST, "This is not HTTP as RFC 9112 has it.", null, null));
        }
    }

    /** Answers, if there is still something to answer, and ends the connection: where the next request begins is not known. */
    @SuppressWarnings("FutureReturnValueIgnored") // The connection is closed behind it either way.
    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, WireError error) {
        isOver = true;
        if (unanswered == 0 && stage != Stage.RECEIVING) {
            close(context);
            return;
        }
        var body = Unpooled.wrappedBuffer(WireAnswer.json(List.of(error)));
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, AnswerType.GRAPHQL_RESPONSE.header())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(RequestId.HEADER, RequestId.of(null))
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(answer, context.newPromise().addListener(ChannelFutureListener.CLOSE));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What becomes of it nobody waits for.
    private static void close(ChannelHandlerContext context) {
        context.close();
    }
}
