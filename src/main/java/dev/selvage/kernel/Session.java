package dev.selvage.kernel;

import static java.lang.invoke.MethodType.methodType;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.client.TransactionStatus;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.EmptyQueryResponse;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.ParseComplete;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Wrapped;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One of the driver's connections, spoken to in PostgreSQL's own messages: commands go out together in one write and are
 * answered together. The driver by itself sends a statement with values only when the one before it has been answered, reads
 * the statement's text anew each time, and takes a step of its own for each row and value.
 *
 * <p>Statements are prepared once for a connection. Values come in binary.
 */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** Prepared statements of one connection; beyond it the one not used for longest is given up. */
    private static final int MAX_PREPARED = 256;

    /** A table was altered under a prepared statement, or the statement is gone. */
    private static final String OUTDATED = "0A000";

    private static final String UNKNOWN = "26000";

    private static final Cache<PostgresqlConnection, Session> SESSIONS =
            Caffeine.newBuilder().weakKeys().build();

    private static final MethodHandle CLIENT = client();

    private final Client client;
    private final LinkedHashMap<String, String> prepared = new LinkedHashMap<>(64, 0.75f, true);
    private final List<String> outdated = new ArrayList<>();
    private int names;

    private Session(Client client) {
        this.client = client;
    }

    /** The driver keeps what speaks its protocol to itself. */
    private static MethodHandle client() {
        try {
            var type = Class.forName("io.r2dbc.postgresql.PostgresqlConnection");
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVirtual(type, "getClient", methodType(Client.class))
                    .asType(methodType(Client.class, PostgresqlConnection.class));
        } catch (ReflectiveOperationException another) {
            throw new IllegalStateException("This version of r2dbc-postgresql shows no client", another);
        }
    }

    /** The session of a connection that was lent by the pool. */
    static Session of(Connection lent) {
        return SESSIONS.get(postgres(lent), Session::open);
    }

    /** The driver's connection behind one that was lent by the pool. */
    static PostgresqlConnection postgres(Connection lent) {
        return switch (lent) {
            case PostgresqlConnection connection -> connection;
            case Wrapped<?> wrapped when wrapped.unwrap() instanceof PostgresqlConnection connection -> connection;
            default -> throw new IllegalStateException("Not a connection of r2dbc-postgresql: " + lent);
        };
    }

    private static Session open(PostgresqlConnection connection) {
        try {
            return new Session((Client) CLIENT.invokeExact(connection));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One command of several. */
    interface Command {
        String text();

        /** What is bound to {@code $1 …}. */
        List<Object> values();

        /** Whether its text will come again, so that it is worth preparing. */
        boolean recurs();

        /** Takes a row of its answer, which is gone afterwards. */
        void row(Columns row);
    }

    /** Whether a transaction is open, be it a failed one. */
    boolean isInTransaction() {
        return client.getTransactionStatus() != TransactionStatus.IDLE;
    }

    /**
     * Sends commands and hands their rows over. After one that fails none of the others is done.
     *
     * <p>Errors: {@link ServerError}, the driver's where the connection is lost, and whatever reading a row throws. However
     * it ends, and if nobody waits for it any more, it ends when the server has answered all of it.
     */
    Mono<Void> exchange(List<? extends Command> commands) {
        return Mono.create(sink -> {
            var parsed = new ArrayList<String>();
            FrontendMessage message = allocator -> Mono.fromSupplier(() -> {
                var messages = new Messages(allocator.ioBuffer(1024));
                write(commands, messages, parsed);
                return messages.written();
            });
            client.exchange(Mono.just(message)).subscribe(new Reply(commands, parsed, sink));
        });
    }

    private void write(List<? extends Command> commands, Messages messages, List<String> parsed) {
        outdated.forEach(messages::close);
        outdated.clear();
        for (var command : commands) {
            log.debug("{}", command.text());
            var name = command.recurs() ? prepared.get(command.text()) : "";
            if (name == null) {
                name = "s" + ++names;
                prepared.put(command.text(), name);
                parsed.add(command.text());
                messages.parse(name, command.text(), command.values());
            } else if (name.isEmpty()) {
                parsed.add("");
                messages.parse(name, command.text(), command.values());
            }
            messages.execute(name, command.values());
        }
        messages.sync();
        while (prepared.size() > MAX_PREPARED) {
            outdated.add(Objects.requireNonNull(prepared.pollFirstEntry()).getValue());
        }
    }

    /** What the server answers to one exchange. */
    private final class Reply implements CoreSubscriber<BackendMessage> {
        private final List<? extends Command> commands;
        private final List<String> parsed;
        private final MonoSink<Void> sink;
        private int at;
        private int named;
        private @Nullable Throwable failure;

        private Reply(List<? extends Command> commands, List<String> parsed, MonoSink<Void> sink) {
            this.commands = commands;
            this.parsed = parsed;
            this.sink = sink;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(BackendMessage message) {
            switch (message) {
                case DataRow row -> read(row);
                case CommandComplete _, EmptyQueryResponse _ -> at++;
                case ParseComplete _ -> named++;
                case ErrorResponse error -> fail(ServerError.of(error));
                default -> {
                    // Others tell of what goes well.
                }
            }
        }

        private void read(DataRow row) {
            try {
                if (failure == null) {
                    commands.get(at).row(new Columns(row.getColumns()));
                }
            } catch (Throwable unreadable) {
                fail(unreadable);
            } finally {
                row.release();
            }
        }

        private void fail(Throwable error) {
            if (failure == null) {
                failure = error;
            }
        }

        @Override
        public void onComplete() {
            if (failure == null) {
                sink.success();
                return;
            }
            forget();
            sink.error(failure);
        }

        /** What came behind the failed command has not been prepared; and what does not fit any more is prepared anew. */
        private void forget() {
            parsed.subList(named, parsed.size()).forEach(prepared::remove);
            if (failure instanceof ServerError error && (error.isOf(OUTDATED) || error.isOf(UNKNOWN))) {
                outdated.addAll(prepared.values());
                prepared.clear();
            }
        }

        @Override
        public void onError(Throwable lost) {
            sink.error(lost);
        }
    }
}
