package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, spoken to in PostgreSQL's own messages: commands go out together in one write and are answered together,
 * and what is sent while others are answered is answered behind them. It stands in the connection's pipeline before the
 * driver's part, and takes the answers to what it sent; all else passes through to the driver.
 *
 * <p>Statements are prepared once for a connection. Values come in binary.
 */
final class Session extends ByteToMessageDecoder {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** Prepared statements of one connection; beyond it the one not used for longest is given up. */
    private static final int MAX_PREPARED = 256;

    /** A table was altered under a prepared statement, or the statement is gone. */
    private static final String OUTDATED = "0A000";

    private static final String UNKNOWN = "26000";

    static final String CONNECTION_FAILURE = "08006";

    /** Of a message: its type, and its length from there on. */
    private static final int HEADER = 1 + Integer.BYTES;

    /** Messages that come unasked, which the driver would keep until it sends something itself. */
    private static final byte NOTICE = 'N';

    private static final byte PARAMETER = 'S';

    private static final byte IDLE = 'I';
    private static final byte FAILED = 'E';

    private final Channel channel;
    private final ArrayDeque<Exchange> open = new ArrayDeque<>();
    private final LinkedHashMap<String, Prepared> prepared = new LinkedHashMap<>(64, 0.75f, true);
    private final List<String> outdated = new ArrayList<>();
    private volatile byte status = IDLE;
    private @Nullable ChannelHandlerContext context;
    private int names;
    private boolean flushing;

    /** @param channel a connection that has been authenticated and is idle; this is to be put into its pipeline */
    Session(Channel channel) {
        this.channel = channel;
    }

    /** A statement that the server knows by a name, or will. */
    private static final class Prepared {
        private final String text;
        private final int number;
        private boolean isKnown;

        /** @param number none for one that is prepared for one use */
        private Prepared(String text, int number) {
            this.text = text;
            this.number = number;
        }

        private String name() {
            return number == 0 ? "" : "s" + number;
        }
    }

    /** One command of several. */
    interface Command {
        String text();

        /** What is bound to {@code $1 …}. */
        List<Object> values();

        /** Takes a row of its answer, which is gone afterwards. */
        void row(Columns row);
    }

    /** Whether a transaction is open, be it a failed one. */
    boolean isInTransaction() {
        return status != IDLE;
    }

    /** Whether the transaction has failed, so that even {@code COMMIT} would undo it. */
    boolean hasFailed() {
        return status == FAILED;
    }

    /** Whether the connection is there, as far as is known. */
    boolean isOpen() {
        return channel.isActive();
    }

    /** Whether this thread is the one that the connection belongs to. */
    boolean isOfThisThread() {
        return channel.eventLoop().inEventLoop();
    }

    /** How many exchanges have not been answered yet. To be asked on the connection's own thread. */
    int unanswered() {
        return open.size();
    }

    /** When the exchange was sent that is being answered, by {@link System#nanoTime}; now, if there is none. */
    long unansweredSince() {
        var oldest = open.peek();
        return oldest == null ? System.nanoTime() : oldest.sent;
    }

    /**
     * Sends commands and hands their rows over. After one that fails none of the others is done.
     *
     * @param done called once, on the connection's own thread, when the server has answered all of it: with nothing, or with
     *     a {@link ServerError}, an {@code R2dbcNonTransientResourceException} where the connection is lost, or whatever
     *     reading a row threw
     */
    void exchange(List<? extends Command> commands, Consumer<@Nullable Throwable> done) {
        if (channel.eventLoop().inEventLoop()) {
            send(new Exchange(commands, done));
        } else {
            channel.eventLoop().execute(() -> send(new Exchange(commands, done)));
        }
    }

    private void send(Exchange exchange) {
        if (!channel.isActive()) {
            exchange.lost();
            return;
        }
        var messages = new Messages(channel.alloc().ioBuffer(1024));
        try {
            write(exchange, messages);
        } catch (RuntimeException unwritable) {
            messages.written().release();
            exchange.fail(unwritable);
            exchange.end();
            return;
        }
        open.add(exchange);
        Objects.requireNonNull(context)
                .write(messages.written())
                // Half a message may have gone out.
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!flushing) {
            flushing = true;
            // What others send in the meantime goes with it.
            channel.eventLoop().execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        Objects.requireNonNull(context).flush();
    }

    private void write(Exchange exchange, Messages messages) {
        outdated.forEach(messages::close);
        for (var command : exchange.commands) {
            log.debug("{}", command.text());
            var statement = prepared.get(command.text());
            if (statement == null) {
                statement = new Prepared(command.text(), ++names);
                prepared.put(command.text(), statement);
                parse(exchange, statement, command, messages);
            } else if (!statement.isKnown) {
                // Another exchange is about to prepare it, and nobody shall fail because that one does.
                statement = new Prepared(command.text(), 0);
                parse(exchange, statement, command, messages);
            }
            messages.execute(statement.name(), command.values());
        }
        messages.sync();
        outdated.clear();
        while (prepared.size() > MAX_PREPARED) {
            outdated.add(
                    Objects.requireNonNull(prepared.pollFirstEntry()).getValue().name());
        }
    }

    private static void parse(Exchange exchange, Prepared statement, Command command, Messages messages) {
        exchange.parsed.add(statement);
        messages.parse(statement.name(), command.text(), command.values());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> passed) {
        while (in.readableBytes() >= HEADER) {
            int start = in.readerIndex();
            int whole = 1 + in.getInt(start + 1);
            if (whole < HEADER) {
                throw new CorruptedFrameException("A message of " + whole + " bytes");
            }
            if (in.readableBytes() < whole) {
                return;
            }
            byte type = in.getByte(start);
            var exchange = open.peek();
            if (exchange != null) {
                int written = in.writerIndex();
                // What lies behind it may be the answer to somebody else.
                in.skipBytes(HEADER).writerIndex(start + whole);
                read(type, in, exchange);
                in.writerIndex(written);
            } else if (type != NOTICE && type != PARAMETER) {
                passed.add(in.retainedSlice(start, whole));
            }
            in.readerIndex(start + whole);
        }
    }

    /** Types of messages of protocol 3.0. */
    private void read(byte type, ByteBuf message, Exchange exchange) {
        switch (type) {
            case 'D' -> exchange.read(message);
            // A command is complete, or it was an empty one.
            case 'C', 'I' -> exchange.at++;
            case '1' -> exchange.parsed.get(exchange.known++).isKnown = true;
            case 'E' -> exchange.fail(ServerError.read(message));
            // Ready for the next.
            case 'Z' -> {
                status = message.readByte();
                open.remove().end();
            }
            default -> {
                // Others tell of what goes well.
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        while (!open.isEmpty()) {
            open.remove().lost();
        }
        super.channelInactive(context);
    }

    /** Commands that were sent together, and what the server has answered so far. */
    private final class Exchange {
        private final List<? extends Command> commands;
        private final Consumer<@Nullable Throwable> done;
        private final List<Prepared> parsed = new ArrayList<>(2);
        private final int before = names;
        private final long sent = System.nanoTime();
        private int at;
        private int known;
        private @Nullable Throwable failure;

        private Exchange(List<? extends Command> commands, Consumer<@Nullable Throwable> done) {
            this.commands = commands;
            this.done = done;
        }

        private void read(ByteBuf row) {
            if (failure == null) {
                try {
                    commands.get(at).row(new Columns(row));
                } catch (Throwable unreadable) {
                    failure = unreadable;
                }
            }
        }

        private void fail(Throwable error) {
            if (failure == null) {
                failure = error;
            }
        }

        private void end() {
            if (failure != null) {
                forget();
            }
            tell();
        }

        private void lost() {
            fail(new R2dbcNonTransientResourceException("The connection was lost", CONNECTION_FAILURE));
            tell();
        }

        /** Nothing that goes wrong there may keep others from their answers. */
        private void tell() {
            try {
                done.accept(failure);
            } catch (RuntimeException broken) {
                log.error("An answer was not taken", broken);
            }
        }

        /** What came behind the failed command has not been prepared; and what does not fit any more is prepared anew. */
        private void forget() {
            for (var statement : parsed.subList(known, parsed.size())) {
                prepared.remove(statement.text, statement);
            }
            if (failure instanceof ServerError error && (error.isOf(OUTDATED) || error.isOf(UNKNOWN))) {
                prepared.values().removeIf(statement -> {
                    boolean isOlder = statement.number <= before;
                    if (isOlder) {
                        outdated.add(statement.name());
                    }
                    return isOlder;
                });
            }
        }
    }
}
