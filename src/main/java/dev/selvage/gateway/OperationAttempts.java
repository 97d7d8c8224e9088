package dev.selvage.gateway;

import dev.selvage.execution.Answer;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.Execution;
import dev.selvage.kernel.Budget;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One operation, begun anew if it could not be done for a reason that passes: two changes that waited for each other, a
 * connection that was lost before the last word. Of what was begun nothing is left, and nothing has been answered.
 */
final class OperationAttempts {
    private static final int MOST = 4;
    private static final int LONGEST_PAUSE_MILLIS = 60;

    private final Operations operations;
    private final Deadlines deadlines;
    private final ExecutableDocument.Prepared prepared;
    private final Call call;
    private final Budget budget;
    private final MonoSink<Answer> waiting;
    private int begun;
    private boolean ended;
    private @Nullable Operation operation;

    private OperationAttempts(
            Operations operations,
            Deadlines deadlines,
            ExecutableDocument.Prepared prepared,
            Call call,
            Budget budget,
            MonoSink<Answer> waiting) {
        this.operations = operations;
        this.deadlines = deadlines;
        this.prepared = prepared;
        this.call = call;
        this.budget = budget;
        this.waiting = waiting;
    }

    /**
     * Executes an operation, and ends it with its answer, an error, or when nobody waits any more.
     *
     * <p>Errors: {@link Refusal}, TIMEOUT among them.
     *
     * @param timeout for all attempts together
     * @param budget what the caller has left
     */
    static Mono<Answer> execute(
            Operations operations,
            Deadlines deadlines,
            Duration timeout,
            ExecutableDocument.Prepared prepared,
            Call call,
            Budget budget) {
        return Mono.create(waiting -> {
            var attempts = new OperationAttempts(operations, deadlines, prepared, call, budget, waiting);
            var deadline = deadlines.after(timeout, () -> waiting.error(attempts.tookTooLong()));
            waiting.onDispose(() -> {
                deadline.cancel();
                attempts.end();
            });
            attempts.begin();
        });
    }

    private void begin() {
        var caller = call.caller();
        var next = prepared.isMutation()
                ? operations.beginToWrite(
                        caller.viewer(), caller.origin(call.trace().requestId(), prepared.operationName()), budget)
                : operations.begin(caller.viewer(), budget);
        synchronized (this) {
            if (ended) {
                return;
            }
            begun++;
            operation = next;
        }
        Execution.execute(prepared, next)
                .subscribe(answer -> waiting.success(whole(answer, next)), why -> failed(next, why));
    }

    /** After a failed statement nothing more was read: half an answer would look like a whole one. */
    private static Answer whole(Answer answer, Operation operation) {
        var failure = operation.failure();
        if (failure != null) {
            throw failure;
        }
        // Before its answer goes out: whoever reads the answer finds it counted.
        operation.end();
        return answer;
    }

    private void failed(Operation attempt, Throwable why) {
        boolean isLast = !prepared.isMutation() || begun == MOST || !attempt.mayBeRepeated();
        // Before its answer goes out: whoever reads the answer finds it counted.
        attempt.end();
        if (isLast) {
            waiting.error(why);
            return;
        }
        // Not at once, and not all at the same time: what was in the way goes on meanwhile.
        int pause = ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS);
        deadlines.after(Duration.ofMillis(pause), this::beginAgain);
    }

    private void beginAgain() {
        try {
            begin();
        } catch (RuntimeException why) {
            waiting.error(why);
        }
    }

    private synchronized Refusal tookTooLong() {
        // Ended first, so that what it says holds: from then on nothing is begun to be kept.
        end();
        return operation != null && operation.mayBeKept()
                ? Operation.inDoubt()
                : new Refusal(Code.TIMEOUT, "This took too long. Ask for less at once, or try again.");
    }

    private synchronized void end() {
        ended = true;
        if (operation != null) {
            operation.end();
        }
    }
}
