package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Transaction.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One operation of one viewer: what its answer is read by, and how much that may be. All of it is read in one transaction,
 * which begins with the first statement; an operation that needs no row takes no connection.
 */
public final class Operation {
    private static final int MAX_STATEMENTS = 200;

    /** Records in one answer, counted wherever they stand in it: nested pages multiply. */
    private static final int MAX_RECORDS = 20_000;

    private final Viewer viewer;
    private final Budget budget;
    private final Transaction transaction;
    private final IntConsumer statementCounter;
    private final AtomicReference<@Nullable Refusal> failure = new AtomicReference<>();
    private final Map<Lookup<?, ?>, Records<?, ?>> records = new HashMap<>();
    private final List<Runnable> committed = new ArrayList<>();
    private final Object ending = new Object();
    private List<Query<?>> unsent = new ArrayList<>();
    private boolean holding;
    private volatile boolean committing;
    private volatile boolean mayBeKept;
    private int answered;
    private int statements;

    /**
     * @param origin where it comes from; of one that reads nobody asks
     * @param budget what its caller has left
     */
    Operation(Viewer viewer, Origin origin, Budget budget, Kind kind, Sessions sessions, IntConsumer statementCounter) {
        this.viewer = viewer;
        this.budget = budget;
        this.transaction = new Transaction(viewer, origin, kind, sessions);
        this.statementCounter = statementCounter;
    }

    /** Who asks. */
    public Viewer viewer() {
        return viewer;
    }

    /** What whoever asks may still spend, once this has been paid for. */
    public Budget budget() {
        return budget;
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
        return failure.get() == null && !transaction.hasEnded();
    }

    private Refusal exceeded(String sentence) {
        var refusal = new Refusal(Code.LIMIT_EXCEEDED, sentence);
        failure.compareAndSet(null, refusal);
        return refusal;
    }

    /** Runs the statement in this operation's transaction: at once, or when those that are held go. */
    <T> void run(Statement statement, Function<Columns, T> mapper, MonoSink<List<T>> waiting) {
        var refusal = statements < MAX_STATEMENTS
                ? failure.get()
                : exceeded("This asks for too many lists or look-ups at once. Send it in parts.");
        if (refusal != null) {
            waiting.error(refusal);
            return;
        }
        statements++;
        unsent.add(new Query<>(viewer.role().statementPrefix(), statement, mapper, waiting));
        if (!holding) {
            send(false);
        }
    }

    /** Keeps what is run from now on, to go together. */
    void hold() {
        holding = true;
    }

    /**
     * Lets go what was held.
     *
     * @param last whether nothing will be run after it
     */
    void release(boolean last) {
        holding = false;
        if (!unsent.isEmpty()) {
            send(last);
        }
    }

    private void send(boolean last) {
        var sent = unsent;
        unsent = new ArrayList<>();
        try {
            transaction.send(sent, last, error -> answered(sent, error));
        } catch (RuntimeException over) {
            answered(sent, over);
        }
    }

    private void answered(List<Query<?>> sent, @Nullable Throwable error) {
        if (error == null) {
            sent.forEach(Query::succeed);
        } else if (error instanceof ServerError refused && refused.constraint() != null) {
            // Whoever makes the change may know what it means.
            sent.forEach(query -> query.fail(refused));
        } else {
            var why = error instanceof Refusal refusal ? refusal : failed(error);
            sent.forEach(query -> query.fail(why));
        }
    }

    /**
     * Makes a change behind a savepoint. If it is refused, by its own rule or by a constraint, nothing of it stays, and what
     * comes behind it goes on.
     */
    <T> Mono<Payload<T>> change(Mono<Payload<T>> change, Constraints constraints) {
        return Mono.defer(() -> {
            // What was read before may be another thing now.
            records.clear();
            transaction.save();
            return Operations.within(this, change)
                    .switchIfEmpty(Mono.error(() -> new IllegalStateException("A mutation answered nothing")))
                    .onErrorResume(ServerError.class, error -> refused(error, constraints))
                    .flatMap(payload -> payload.isRefused()
                            ? transaction.undo().thenReturn(payload)
                            : transaction
                                    .keep()
                                    .thenReturn(payload)
                                    .onErrorResume(
                                            ServerError.class,
                                            error -> this.<T>refused(error, constraints)
                                                    .flatMap(late ->
                                                            transaction.undo().thenReturn(late))))
                    .onErrorResume(
                            error -> error instanceof Refusal refusal ? gone(refusal) : Mono.error(failed(error)));
        });
    }

    /** Of a change that broke off nothing stays, unless the whole transaction is over anyway. */
    private <T> Mono<T> gone(Refusal why) {
        return failure.get() == null
                ? transaction.undo().onErrorMap(this::failed).then(Mono.error(why))
                : Mono.error(why);
    }

    private <T> Mono<Payload<T>> refused(ServerError error, Constraints constraints) {
        var constraint = error.constraint();
        var refused = constraint == null ? null : constraints.error(constraint);
        return refused == null ? Mono.error(failed(error)) : Mono.just(Payload.refused(refused));
    }

    private Refusal failed(Throwable error) {
        if (Failures.isAnswered(error)) {
            committing = false;
            mayBeKept = false;
        }
        var refusal = committing ? Failures.inDoubt(error) : Failures.translate(error);
        failure.compareAndSet(null, refusal);
        return refusal;
    }

    /** Makes what was written last, once all of it has been answered. Refused if any statement failed. */
    public Mono<Void> commit() {
        return Mono.defer(() -> {
            var earlier = failure.get();
            if (earlier != null) {
                return Mono.error(earlier);
            }
            if (!beginToCommit()) {
                return Mono.error(new Refusal(Refusal.Code.TIMEOUT, "Nobody waits for this any more."));
            }
            return transaction
                    .commit()
                    .doOnSuccess(_ -> committing = false)
                    // Without an answer it may have been kept too.
                    .doOnTerminate(() -> committed.forEach(Runnable::run))
                    .onErrorMap(this::failed);
        });
    }

    /** Of the end and the last word one comes first: after the end nothing is kept. */
    private boolean beginToCommit() {
        synchronized (ending) {
            if (transaction.hasEnded()) {
                return false;
            }
            committing = true;
            mayBeKept = true;
            return true;
        }
    }

    /** Whether what it wrote is or may be kept: it was told to, and it was not answered that it could not be. */
    public boolean mayBeKept() {
        return mayBeKept;
    }

    /** Whether this was not begun at all, for too many were before it. */
    public static boolean isTurnedAway(Throwable why) {
        return why == Failures.TURNED_AWAY;
    }

    /** What to tell whoever stops waiting for one that {@link #mayBeKept}. */
    public static Refusal inDoubt() {
        return Failures.inDoubt(null);
    }

    /** Whether nothing of it was kept, for a reason that may have gone when it is tried again. */
    public boolean mayBeRepeated() {
        var why = failure.get();
        return why != null && !committing && Failures.isPassing(why.getCause());
    }

    void onceCommitted(Runnable work) {
        committed.add(work);
    }

    /** Whether nobody waits for what it answers. */
    public boolean hasEnded() {
        return transaction.hasEnded();
    }

    /** Ends the operation, without the caller waiting for it: what still runs is stopped, and the connection given back. */
    public void end() {
        if (!transaction.hasEnded()) {
            statementCounter.accept(statements);
            synchronized (ending) {
                transaction.end();
            }
        }
    }
}
