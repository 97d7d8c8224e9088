package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Wrapped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One operation of one viewer: it owns the one transaction, and with it the one connection, in which everything of the
 * answer is read.
 *
 * <p>The transaction is opened by the first statement; an operation that needs no row takes no connection. It is opened by
 * one message that also takes the viewer's identity, and the statement follows without waiting for its answer. Were that
 * message to fail, the statement behind it would find an aborted transaction, or the login role without any right.
 */
public final class Operation {
    private static final Logger log = LoggerFactory.getLogger(Operation.class);

    /** The driver takes 256 messages in the queue of a connection; a statement is one, or three if it is planned anew. */
    private static final int MAX_MESSAGES = 200;

    /** Records in one answer, counted wherever they stand in it: nested pages multiply. */
    private static final int MAX_RECORDS = 20_000;

    /** What its transaction may do. */
    enum Kind {
        /** An answer is one snapshot. */
        READ("ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        /** What waits for a row finds it as the transaction before has left it. */
        WRITE("ISOLATION LEVEL READ COMMITTED READ WRITE");

        private final String modes;

        Kind(String modes) {
            this.modes = modes;
        }
    }

    private final Viewer viewer;
    private final Kind kind;
    private final Mono<Connection> connection;
    private final IntConsumer statementCounter;
    private final AtomicReference<@Nullable Refusal> failure = new AtomicReference<>();
    private final Map<Lookup<?, ?>, Records<?, ?>> records = new HashMap<>();
    private int answered;
    private int statements;
    private int messages;
    private int running;
    private boolean abandoned;
    private boolean ended;
    private Mono<Void> stopped = Mono.empty();

    Operation(Viewer viewer, Kind kind, Mono<Connection> acquired, IntConsumer statementCounter) {
        this.viewer = viewer;
        this.kind = kind;
        this.statementCounter = statementCounter;
        this.connection = acquired.doOnNext(this::open).cache();
    }

    /** Who asks. */
    public Viewer viewer() {
        return viewer;
    }

    /** Why the transaction is over, if a statement failed: the one error that the caller gets. */
    public @Nullable Refusal failure() {
        return failure.get();
    }

    /** What is read next, all of it together. */
    public Round round() {
        return new Round(this);
    }

    /** What this look-up has found so far. */
    @SuppressWarnings("unchecked") // A look-up stands for one kind of key and record.
    <K, V> Records<K, V> records(Lookup<K, V> lookup) {
        return (Records<K, V>) records.computeIfAbsent(lookup, _ -> new Records<>(lookup));
    }

    /**
     * Whether so many records more may stand in the answer. Once they may not, or nobody waits for the answer any more, what
     * is left of it is answered with nothing: it is thrown away.
     */
    boolean admits(int more) {
        if ((answered += more) > MAX_RECORDS) {
            exceeded(
                    "This asks for more than " + MAX_RECORDS + " records. Ask for smaller pages, or for fewer levels.");
        }
        return failure.get() == null && !hasEnded();
    }

    private Refusal exceeded(String sentence) {
        var refusal = new Refusal(Code.LIMIT_EXCEEDED, sentence);
        failure.compareAndSet(null, refusal);
        return refusal;
    }

    /** Runs the statement in this operation's transaction. */
    <T> Mono<List<T>> run(Statement statement, Function<Columns, T> mapper) {
        var earlier = failure.get();
        if (earlier != null || !enter(statement.plannedForItsValues() ? 3 : 1)) {
            var now = failure.get();
            return Mono.error(now == null ? Failures.ended() : now);
        }
        var left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        };
        return connection
                .flatMap(lent -> hasEnded() ? Mono.error(Failures.ended()) : rows(lent, statement, mapper))
                .onErrorMap(error -> !(error instanceof Refusal), this::failed)
                // Before whoever waits for it goes on: the answer that it completes may end the operation at once.
                .doOnTerminate(leave)
                .doOnCancel(() -> abandon(leave));
    }

    private <T> Mono<List<T>> rows(Connection lent, Statement statement, Function<Columns, T> mapper) {
        return execute(lent, statement)
                .concatMap(result -> result.map(row -> mapper.apply(new Columns(row))))
                .collectList();
    }

    /** Nobody waits for the statement any more, but the server may still be at it. */
    private void abandon(Runnable leave) {
        synchronized (this) {
            abandoned = true;
        }
        leave.run();
    }

    /** The server goes over to one plan for all values after a few executions, unless it is told not to. */
    private Flux<? extends Result> execute(Connection lent, Statement statement) {
        var results = Flux.from(bind(lent, statement).execute());
        if (!statement.plannedForItsValues()) {
            return results;
        }
        // Sent ahead and behind without waiting for an answer.
        return results.doFirst(() -> tell(lent, "SET LOCAL plan_cache_mode = force_custom_plan"))
                .doOnComplete(() -> tell(lent, "SET LOCAL plan_cache_mode = auto"));
    }

    private void tell(Connection lent, String text) {
        send(lent, text).subscribe(_ -> {}, error -> failed(error));
    }

    private io.r2dbc.spi.Statement bind(Connection lent, Statement statement) {
        var bound = lent.createStatement(viewer.role().statementPrefix() + statement.text());
        var values = statement.values();
        for (int i = 0; i < values.size(); i++) {
            bound.bind(i, values.get(i));
        }
        return bound;
    }

    private Refusal failed(Throwable error) {
        var refusal = Failures.translate(error);
        failure.compareAndSet(null, refusal);
        return refusal;
    }

    private void open(Connection lent) {
        tell(lent, opening());
    }

    /**
     * The only text composed at run time: each value in it is a constant or a UUID, so that none can hold a quote.
     */
    private String opening() {
        var userId = viewer.userId();
        return "BEGIN " + kind.modes + ";SET LOCAL ROLE "
                + viewer.role().databaseRole()
                + ";SET LOCAL selvage.viewer='" + (userId == null ? "" : userId)
                + "';SET LOCAL selvage.scopes='" + viewer.scopeWords() + "'";
    }

    /**
     * Makes what was written last, once all of it has been answered. Refused if any statement failed, or if the server found
     * at this last moment that it cannot be.
     */
    Mono<Void> commit() {
        return Mono.defer(() -> {
            var earlier = failure.get();
            return earlier != null
                    ? Mono.error(earlier)
                    // Not a text of ours: the server answers COMMIT of a failed transaction without an error.
                    : connection
                            .flatMap(lent -> Mono.from(lent.commitTransaction()))
                            .onErrorMap(this::failed);
        });
    }

    /**
     * Ends the transaction and gives the connection back, without the caller waiting for it. Statements that still run, of
     * a caller who left or an answer that did not need them, are stopped first: a connection is never given back under one.
     */
    public void end() {
        boolean idle;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            idle = running == 0;
            if (!idle || abandoned) {
                stopped = connection
                        .flatMap(Operation::stop)
                        .onErrorResume(error -> {
                            log.debug("Nothing to stop", error);
                            return Mono.empty();
                        })
                        .cache();
            }
            statementCounter.accept(statements);
        }
        if (idle) {
            giveBack();
        } else {
            stopped.subscribe();
        }
    }

    /** Whether a statement may still go. */
    private synchronized boolean enter(int more) {
        if (messages + more > MAX_MESSAGES) {
            exceeded("This asks for too many lists or look-ups at once. Send it in parts.");
            return false;
        }
        if (ended) {
            return false;
        }
        running++;
        statements++;
        messages += more;
        return true;
    }

    /** Nobody waits any more for a connection that comes only now, and a request to stop has passed already. */
    private synchronized boolean hasEnded() {
        return ended;
    }

    private void leave() {
        boolean last;
        synchronized (this) {
            running--;
            last = ended && running == 0;
        }
        if (last) {
            giveBack();
        }
    }

    private synchronized void giveBack() {
        if (statements == 0) {
            // No connection was taken; asking for it now would take one.
            return;
        }
        // A request to stop that arrived later would stop a statement of the connection's next borrower.
        stopped.then(connection)
                .flatMap(lent -> send(lent, "ROLLBACK")
                        .then()
                        .onErrorResume(error -> {
                            log.debug("The connection is given back broken; the pool will find out", error);
                            return Mono.empty();
                        })
                        .then(Mono.from(lent.close())))
                .subscribe(_ -> {}, error -> log.debug("No connection to give back", error));
    }

    private static Mono<Void> stop(Connection lent) {
        return lent instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof PostgresqlConnection postgres
                ? postgres.cancelRequest()
                : Mono.empty();
    }

    private static Flux<Long> send(Connection lent, String text) {
        Publisher<? extends Result> results = lent.createStatement(text).execute();
        return Flux.from(results).concatMap(Result::getRowsUpdated);
    }
}
