package dev.selvage.kernel;

import io.r2dbc.spi.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The one transaction of an operation, and with it the one connection: taken when the first statement goes, together with
 * the commands that begin it and take the viewer's identity. Were one of those to fail, none behind it would be done.
 */
final class Transaction {
    private static final Logger log = LoggerFactory.getLogger(Transaction.class);

    private static final Session.Command ROLLBACK = command("ROLLBACK", true);
    private static final Session.Command PLAN_FOR_VALUES =
            command("SET LOCAL plan_cache_mode = force_custom_plan", true);
    private static final Session.Command PLAN_AS_USUAL = command("SET LOCAL plan_cache_mode = auto", true);

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
    private static final Map<Role, Session.Command> TAKE_ROLE = new EnumMap<>(Role.class);

    static {
        for (var kind : Kind.values()) {
            BEGIN.put(kind, command("BEGIN " + kind.modes, true));
        }
        for (var role : Role.values()) {
            TAKE_ROLE.put(role, command("SET LOCAL ROLE " + role.databaseRole(), true));
        }
    }

    private final Viewer viewer;
    private final Kind kind;
    private final Mono<Connection> connection;
    private boolean wanted;
    private boolean closed;
    private boolean begun;
    private boolean ended;
    private int running;
    private Mono<Void> stopped = Mono.empty();

    Transaction(Viewer viewer, Kind kind, Mono<Connection> acquired) {
        this.viewer = viewer;
        this.kind = kind;
        this.connection = acquired.cache();
    }

    private static Session.Command command(String text, boolean recurs) {
        return new Session.Command() {
            @Override
            public String text() {
                return text;
            }

            @Override
            public List<Object> values() {
                return List.of();
            }

            @Override
            public boolean recurs() {
                return recurs;
            }

            @Override
            public void row(Columns row) {
                // It has none that anybody asks for.
            }
        };
    }

    /**
     * Sends statements together; empty when all of them have been answered. Kept going when nobody waits for it any more.
     *
     * @param last whether nothing more is to be read, so that the transaction can end behind them
     */
    Mono<Void> send(List<Query<?>> queries, boolean last) {
        synchronized (this) {
            if (ended) {
                return Mono.error(Failures.ended());
            }
            if (closed) {
                // It would be done outside of the transaction, as the role that has no rights.
                return Mono.error(new IllegalStateException("The last statement of this operation has gone already"));
            }
            wanted = true;
            closed = last && kind == Kind.READ;
            running++;
        }
        return connection
                // Nobody waits any more for a connection that comes only now, and a request to stop has passed already.
                .flatMap(lent -> hasEnded()
                        ? Mono.<Void>error(Failures.ended())
                        : Session.of(lent).exchange(commands(queries)))
                // Before whoever waits for it goes on: the answer that it completes may end the operation at once.
                .doOnTerminate(this::answered);
    }

    private List<Session.Command> commands(List<Query<?>> queries) {
        var commands = new ArrayList<Session.Command>(queries.size() + 5);
        if (!begun) {
            begun = true;
            begin(commands);
        }
        for (var query : queries) {
            // The server goes over to one plan for all values after a few executions, unless it is told not to.
            if (query.isPlannedForItsValues()) {
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

    /** The only texts composed at run time: each value in them is a constant or a UUID, so that none can hold a quote. */
    private void begin(List<Session.Command> commands) {
        var userId = viewer.userId();
        commands.add(Objects.requireNonNull(BEGIN.get(kind)));
        commands.add(Objects.requireNonNull(TAKE_ROLE.get(viewer.role())));
        commands.add(command("SET LOCAL selvage.viewer='" + (userId == null ? "" : userId) + "'", userId == null));
        commands.add(command("SET LOCAL selvage.scopes='" + viewer.scopeWords() + "'", true));
    }

    /** Makes what was written last. Refused if the server finds at this last moment that it cannot be. */
    Mono<Void> commit() {
        // Not a text of ours: the server answers COMMIT of a failed transaction without an error.
        return connection.flatMap(lent -> Mono.from(lent.commitTransaction()));
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /**
     * Ends it and gives the connection back, without the caller waiting for it. Statements that still run, of a caller who
     * left or an answer that did not need them, are stopped first: a connection is never given back under one.
     */
    void end() {
        boolean idle;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            idle = running == 0;
            if (!idle) {
                stopped = connection
                        .flatMap(lent -> Session.postgres(lent).cancelRequest())
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

    private void answered() {
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
        if (!wanted) {
            // No connection was taken; asking for it now would take one.
            return;
        }
        // A request to stop that arrived later would stop a statement of the connection's next borrower.
        stopped.then(connection)
                .flatMap(lent -> rolledBack(Session.of(lent)).then(Mono.from(lent.close())))
                .subscribe(_ -> {}, error -> log.debug("No connection to give back", error));
    }

    private static Mono<Void> rolledBack(Session session) {
        return !session.isInTransaction()
                ? Mono.empty()
                : session.exchange(List.of(ROLLBACK)).onErrorResume(error -> {
                    log.debug("The connection is given back broken; the pool will find out", error);
                    return Mono.empty();
                });
    }
}
