package dev.selvage.kernel;

import io.r2dbc.spi.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The one transaction of an operation, and with it the one connection: taken when the first statement goes, together with
 * the commands that begin it and take the viewer's identity. Were one of those to fail, none behind it would be done.
 *
 * <p>A single statement is a transaction by itself, as PostgreSQL takes everything that is sent together for one. If it is
 * brief, it goes over a session that is shared.
 */
final class Transaction {
    private static final Logger log = LoggerFactory.getLogger(Transaction.class);

    private static final Session.Command ROLLBACK = new Recurring("ROLLBACK");
    private static final Session.Command COMMIT = new Recurring("COMMIT");
    private static final Session.Command SAVEPOINT = new Recurring("SAVEPOINT change");
    private static final Session.Command UNDO = new Recurring("ROLLBACK TO SAVEPOINT change");
    private static final Session.Command CHECK = new Recurring("SET CONSTRAINTS ALL IMMEDIATE");
    private static final Session.Command DEFER = new Recurring("SET CONSTRAINTS ALL DEFERRED");
    private static final Session.Command RELEASE = new Recurring("RELEASE SAVEPOINT change");
    private static final Session.Command PLAN_FOR_VALUES =
            new Recurring("SET LOCAL plan_cache_mode = force_custom_plan");
    private static final Session.Command PLAN_AS_USUAL = new Recurring("SET LOCAL plan_cache_mode = auto");

    /** For the rest of the transaction: who asks. */
    private static final String IDENTITY = "set_config('role', $1, true), set_config('selvage.viewer', $2, true),"
            + " set_config('selvage.scopes', $3, true)";

    private static final String TAKE_IDENTITY = "SELECT " + IDENTITY;
    private static final String TAKE_IDENTITY_TO_WRITE = "SELECT " + IDENTITY
            + ", set_config('selvage.subject', $4, true), set_config('selvage.client', $5, true),"
            + " set_config('selvage.request', $6, true), set_config('selvage.operation', $7, true)";
    private static final String TAKE_IDENTITY_TO_READ =
            "SELECT " + IDENTITY + ", set_config('transaction_read_only', 'on', true)";

    /** What it may do. */
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

    private static final Map<Kind, Session.Command> BEGIN = new EnumMap<>(Kind.class);

    static {
        for (var kind : Kind.values()) {
            BEGIN.put(kind, new Recurring("BEGIN " + kind.modes));
        }
    }

    /** A command whose rows nobody asks for. */
    private record Recurring(String text, List<Object> values) implements Session.Command {
        private Recurring(String text) {
            this(text, List.of());
        }

        @Override
        public void row(Columns row) {
            // It has none that anybody asks for.
        }
    }

    private final Viewer viewer;
    private final Origin origin;
    private final Kind kind;
    private final Sessions sessions;
    private final ArrayDeque<Sending> unsent = new ArrayDeque<>();
    private @Nullable Mono<Connection> connection;
    private volatile @Nullable Session session;
    private volatile boolean alone;
    private @Nullable Throwable lost;
    private boolean closed;
    private boolean begun;
    private boolean saves;
    private boolean ended;
    private int running;
    private long lentAt;
    private Mono<Void> stopped = Mono.empty();

    Transaction(Viewer viewer, Origin origin, Kind kind, Sessions sessions) {
        this.viewer = viewer;
        this.origin = origin;
        this.kind = kind;
        this.sessions = sessions;
    }

    /**
     * Sends statements together. Kept going when nobody waits for it any more.
     *
     * @param last whether nothing more is to be read, so that the transaction can end behind them
     * @param done called once, when all of them have been answered or it is known why they will not be
     * @throws RuntimeException if nothing can be sent any more
     */
    void send(List<? extends Session.Command> queries, boolean last, Consumer<@Nullable Throwable> done) {
        var sending = new Sending(queries, done);
        @Nullable Session now;
        boolean first;
        synchronized (this) {
            if (ended) {
                throw Failures.ended();
            }
            if (closed) {
                // It would be done outside of the transaction, as the role that has no rights.
                throw new IllegalStateException("The last statement of this operation has gone already");
            }
            if (lost != null) {
                throw new IllegalStateException("There is no connection", lost);
            }
            closed = last && kind == Kind.READ;
            first = connection == null;
            alone = closed && first && queries.size() == 1 && !isPlannedForItsValues(queries.getFirst());
            now = alone && isBrief(queries.getFirst()) ? sessions.shared() : null;
            if (now == null) {
                running++;
                now = session;
                if (now == null) {
                    unsent.add(sending);
                    if (first) {
                        connection = sessions.lend().cache();
                    }
                }
            } else {
                first = false;
            }
        }
        if (now == null) {
            if (first) {
                Objects.requireNonNull(connection).subscribe(lent -> begin(Sessions.of(lent)), this::failToBegin);
            }
        } else if (now == session) {
            send(now, sending);
        } else {
            now.exchange(byItself(queries.getFirst()), done);
        }
    }

    /** Statements on their way, and who waits for them. */
    private record Sending(List<? extends Session.Command> queries, Consumer<@Nullable Throwable> done) {}

    /** Sends what has waited for the connection, in its order; what comes meanwhile goes behind it. */
    private void begin(Session taken) {
        lentAt = System.nanoTime();
        for (var next = nextUnsent(taken); next != null; next = nextUnsent(taken)) {
            send(taken, next);
        }
    }

    private synchronized @Nullable Sending nextUnsent(Session taken) {
        var next = unsent.poll();
        if (next == null) {
            session = taken;
        }
        return next;
    }

    private void failToBegin(Throwable error) {
        List<Sending> all;
        synchronized (this) {
            lost = error;
            all = List.copyOf(unsent);
            unsent.clear();
        }
        all.forEach(one -> answered(error, one.done()));
    }

    private void send(Session to, Sending sending) {
        // Nobody waits any more for a connection that comes only now, and a request to stop has passed already.
        if (hasEnded()) {
            answered(Failures.ended(), sending.done());
        } else {
            to.exchange(
                    alone ? byItself(sending.queries().getFirst()) : commands(sending.queries()),
                    error -> answered(error, sending.done()));
        }
    }

    private List<Session.Command> byItself(Session.Command query) {
        return List.of(identity(TAKE_IDENTITY_TO_READ), query);
    }

    private static boolean isPlannedForItsValues(Session.Command command) {
        return command instanceof Query<?> query && query.isPlannedForItsValues();
    }

    private static boolean isBrief(Session.Command command) {
        return command instanceof Query<?> query && query.isBrief();
    }

    private List<Session.Command> commands(List<? extends Session.Command> queries) {
        var commands = new ArrayList<Session.Command>(queries.size() + 4);
        if (!begun) {
            begun = true;
            commands.add(Objects.requireNonNull(BEGIN.get(kind)));
            commands.add(kind == Kind.WRITE ? identityAndOrigin() : identity(TAKE_IDENTITY));
        }
        if (saves) {
            saves = false;
            commands.add(SAVEPOINT);
        }
        for (var query : queries) {
            // The server goes over to one plan for all values after a few executions, unless it is told not to.
            if (isPlannedForItsValues(query)) {
                commands.add(PLAN_FOR_VALUES);
                commands.add(query);
                commands.add(PLAN_AS_USUAL);
            } else {
                commands.add(query);
            }
        }
        if (closed) {
            commands.add(ROLLBACK);
        }
        return commands;
    }

    private Session.Command identity(String text) {
        return new Recurring(text, List.of(viewer.role().databaseRole(), textOf(viewer.userId()), viewer.scopeWords()));
    }

    private Session.Command identityAndOrigin() {
        return new Recurring(
                TAKE_IDENTITY_TO_WRITE,
                List.of(
                        viewer.role().databaseRole(),
                        textOf(viewer.userId()),
                        viewer.scopeWords(),
                        textOf(origin.subject()),
                        textOf(origin.client()),
                        textOf(origin.requestId()),
                        textOf(origin.operationName())));
    }

    /** A setting has no null. */
    private static String textOf(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** From the next statement on, what is written can be undone by itself. */
    void save() {
        saves = true;
    }

    /** Undoes what was written since {@link #save}. */
    Mono<Void> undo() {
        return ownCommands(List.of(UNDO, RELEASE));
    }

    /** Keeps what was written since {@link #save}, if no constraint that is checked at the end refuses it. */
    Mono<Void> keep() {
        return ownCommands(List.of(CHECK, DEFER, RELEASE));
    }

    private Mono<Void> ownCommands(List<Session.Command> commands) {
        return Mono.create(sink -> {
            if (saves) {
                // Nothing has been sent since.
                saves = false;
                sink.success();
                return;
            }
            send(commands, false, error -> {
                if (error == null) {
                    sink.success();
                } else {
                    sink.error(error);
                }
            });
        });
    }

    /** Makes what was written last. Refused if the server finds at this last moment that it cannot be. */
    Mono<Void> commit() {
        var lent = connection;
        return lent == null ? Mono.empty() : lent.flatMap(taken -> commit(Sessions.of(taken)));
    }

    private static Mono<Void> commit(Session session) {
        return session.hasFailed()
                // The server would answer COMMIT without an error, and undo it all.
                ? Mono.error(new IllegalStateException("A failed transaction cannot be committed"))
                : exchange(session, COMMIT);
    }

    private static Mono<Void> exchange(Session session, Session.Command command) {
        return Mono.create(sink -> session.exchange(List.of(command), error -> {
            if (error == null) {
                sink.success();
            } else {
                sink.error(error);
            }
        }));
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /**
     * Ends it and gives the connection back, without the caller waiting for it. Statements that still run, of a caller who
     * left or an answer that did not need them, are stopped first: a connection is never given back under one. On a shared
     * session they run on, as others would be stopped with them.
     */
    void end() {
        boolean idle;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (connection == null) {
                return;
            }
            idle = running == 0;
            if (!idle) {
                stopped = connection
                        .flatMap(lent -> Sessions.postgres(lent).cancelRequest())
                        .onErrorResume(error -> {
                            log.debug("Nothing to stop", error);
                            return Mono.empty();
                        })
                        .cache();
            }
        }
        if (idle) {
            giveBack();
        } else {
            stopped.subscribe();
        }
    }

    private void answered(@Nullable Throwable error, Consumer<@Nullable Throwable> done) {
        boolean last;
        synchronized (this) {
            running--;
            last = ended && running == 0;
        }
        if (last) {
            giveBack();
        }
        // Behind it: the answer that it completes may end the operation at once.
        done.accept(error);
    }

    private synchronized void giveBack() {
        // A request to stop that arrived later would stop a statement of the connection's next borrower.
        stopped.then(Objects.requireNonNull(connection))
                .flatMap(lent -> Mono.defer(() -> rolledBack(Sessions.of(lent)))
                        .onErrorResume(error -> {
                            log.debug("The connection is given back broken; the pool will find out", error);
                            return Mono.empty();
                        })
                        .then(Mono.from(lent.close()))
                        .doFinally(_ -> sessions.wasLentFor(System.nanoTime() - lentAt)))
                .subscribe(_ -> {}, error -> log.debug("No connection to give back", error));
    }

    private static Mono<Void> rolledBack(Session session) {
        return session.isInTransaction() ? exchange(session, ROLLBACK) : Mono.empty();
    }
}
