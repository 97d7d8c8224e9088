package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * What all fields of one level need, read together: first every field says what it needs, then all of it is read, then
 * every field takes its part. Fields that look up records of one kind share a statement, and all statements are sent
 * without waiting for one another.
 */
public final class Round {
    private final Operation operation;
    private final List<Reading<?>> readings = new ArrayList<>();
    private final Map<Object, Read<?>> known = new HashMap<>();
    private boolean inSteps;
    private Consumer<@Nullable Throwable> done = _ -> {};
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();

    Round(Operation operation) {
        this.operation = operation;
    }

    /** What all of it is part of. */
    Operation operation() {
        return operation;
    }

    /** Something that will have been read when the round is over. */
    static final class Read<T> {
        private @Nullable T value;

        T value() {
            return Objects.requireNonNull(value, "The round is not over");
        }
    }

    /** One statement of the round, or several in steps. */
    private final class Reading<T> implements CoreSubscriber<T> {
        private final Mono<T> source;
        private final Consumer<T> take;
        private final Context context = Operations.context(operation);

        private Reading(Mono<T> source, Consumer<T> take) {
            this.source = source;
            this.take = take;
        }

        private void start() {
            source.subscribe(this);
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T value) {
            take.accept(value);
        }

        @Override
        public void onError(Throwable error) {
            if (failed.compareAndSet(false, true)) {
                done.accept(error);
            }
        }

        @Override
        public void onComplete() {
            answered();
        }
    }

    /** Reads this once, whoever else asks for the same key in this round. */
    @SuppressWarnings("unchecked") // A key stands for one kind of value.
    <T> Read<T> read(Object key, Supplier<Mono<T>> statement) {
        return (Read<T>) known.computeIfAbsent(key, _ -> read(statement.get()));
    }

    /** Reads this. */
    <T> Read<T> read(Mono<T> statement) {
        var read = new Read<T>();
        readings.add(new Reading<>(statement, value -> read.value = value));
        return read;
    }

    /** The records that this look-up finds, to be asked for by key. */
    <K, V> Records<K, V> records(Lookup<K, V> lookup) {
        var records = operation.records(lookup);
        if (records.joins(this)) {
            readings.add(new Reading<>(Mono.defer(records::load), _ -> {}));
        }
        return records;
    }

    /** Reads this, in steps of which each needs what the one before has found. */
    <T> Read<T> readInSteps(Mono<T> steps) {
        inSteps = true;
        return read(steps);
    }

    /**
     * Reads everything. What fails ends the operation.
     *
     * @param last whether no other round will follow
     * @param done called once, when all of it has been read, or with the first error
     */
    public void run(boolean last, Consumer<@Nullable Throwable> done) {
        this.done = done;
        // One more than there are: nothing is done before everything has been sent.
        open.set(readings.size() + 1);
        operation.hold();
        for (var reading : readings) {
            reading.start();
        }
        operation.release(last && !inSteps);
        answered();
    }

    private void answered() {
        if (open.decrementAndGet() == 0 && !failed.get()) {
            done.accept(null);
        }
    }
}
