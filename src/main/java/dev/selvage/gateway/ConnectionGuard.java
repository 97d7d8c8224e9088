package dev.selvage.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * Stands in a connection's pipeline behind what makes messages of bytes. It ends connections that keep the gateway waiting:
 * that send a request bit by bit, take an answer bit by bit, or nothing at all. And it answers what cannot be read as HTTP,
 * in the contract's form.
 *
 * <p>A connection that is closed while a request still comes is closed in two steps: closed at once, it would be reset, and
 * its caller might never see the answer.
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

    private static final int LINGERING_SECONDS = 2;

    private final ConnectionLimits limits;
    private Stage stage = Stage.IDLE;
    private long since = System.nanoTime();
    private long unwritableSince;
    private int unanswered;
    private boolean isCounted;
    private boolean isOver;
    private boolean isLingering;
    /** What is to be answered when everything before it is. */
    private @Nullable UnreadRequest refusal;

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
        if (isOver || refusal != null) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (isMalformed(message)) {
            ReferenceCountUtil.release(message);
            limits.count(ConnectionLimits.Ended.MALFORMED);
            var malformed = UnreadRequest.malformed(message);
            if (unanswered > 0 && message instanceof HttpRequest) {
                // Those before it are answered first.
                refusal = malformed;
                enter(Stage.ANSWERING);
            } else {
                refuse(context, malformed);
            }
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

    private static boolean isMalformed(Object message) {
        return (message instanceof DecoderResultProvider read
                        && read.decoderResult().isFailure())
                || (message instanceof HttpRequest request && !RequestLine.isGood(request));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (isOver) {
            // Something else has been answered.
            ReferenceCountUtil.release(message);
            promise.tryFailure(AbortedException.beforeSend());
            return;
        }
        boolean isEnd = message instanceof LastHttpContent && !isInterim(message);
        super.write(context, message, promise);
        if (isEnd) {
            unanswered = Math.max(0, unanswered - 1);
            if (unanswered == 0 && stage == Stage.ANSWERING) {
                enter(Stage.IDLE);
            }
            if (unanswered == 0 && refusal != null) {
                refuse(context, refusal);
            }
        }
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
            if (now - since > limits.answerNanos()) {
                close(context);
            }
        } else if (unwritableSince != 0 && now - unwritableSince > limits.answerNanos()) {
            end(context, ConnectionLimits.Ended.SLOW_READER);
        } else if (stage == Stage.RECEIVING && now - since > limits.requestNanos()) {
            limits.count(ConnectionLimits.Ended.SLOW_REQUEST);
            refuse(context, UnreadRequest.TOO_SLOW);
        } else if (stage == Stage.IDLE && unwritableSince == 0 && now - since > limits.idleNanos()) {
            end(context, ConnectionLimits.Ended.IDLE);
        }
    }

    private void end(ChannelHandlerContext context, ConnectionLimits.Ended why) {
        isOver = true;
        limits.count(why);
        close(context);
    }

    /** Answers and ends the connection: where the next request begins is not known. */
    @SuppressWarnings("FutureReturnValueIgnored") // The connection is closed behind it either way.
    private void refuse(ChannelHandlerContext context, UnreadRequest why) {
        isOver = true;
        enter(Stage.RECEIVING);
        unanswered = 0;
        context.writeAndFlush(why.answer())
                .addListener((ChannelFutureListener) _ -> close(context, context.newPromise()));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What becomes of it nobody waits for.
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        boolean hasMoreToCome = stage == Stage.RECEIVING && unanswered == 0;
        if (!isLingering && hasMoreToCome && context.channel() instanceof DuplexChannel channel && channel.isActive()) {
            // What still comes is read and dropped: unread, it would make the system send a reset.
            isLingering = true;
            isOver = true;
            channel.shutdownOutput();
            channel.config().setAutoRead(true);
            context.executor().schedule(() -> context.close(promise), LINGERING_SECONDS, TimeUnit.SECONDS);
        } else {
            context.close(promise);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What becomes of it nobody waits for.
    private static void close(ChannelHandlerContext context) {
        context.close();
    }
}
