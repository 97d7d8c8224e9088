package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What all fields of one level need, read together: first every field says what it needs, then all of it is read, then
 * every field takes its part. Fields that look up records of one kind share a statement, and all statements are sent
 * without waiting for one another.
 */
public final class Round {
    private final Operation operation;
    private final List<Mono<?>> reads = new ArrayList<>();
    private final Map<Object, Read<?>> known = new HashMap<>();
    private boolean inSteps;

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

    /** Reads this once, whoever else asks for the same key in this round. */
    @SuppressWarnings("unchecked") // A key stands for one kind of value.
    <T> Read<T> read(Object key, Supplier<Mono<T>> statement) {
        return (Read<T>) known.computeIfAbsent(key, _ -> read(statement.get()));
    }

    /** Reads this. */
    <T> Read<T> read(Mono<T> statement) {
        var read = new Read<T>();
        reads.add(statement.doOnNext(value -> read.value = value));
        return read;
    }

    /** The records that this look-up finds, to be asked for by key. */
    <K, V> Records<K, V> records(Lookup<K, V> lookup) {
        var records = operation.records(lookup);
        if (records.joins(this)) {
            reads.add(Mono.defer(records::load));
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
     */
    public Mono<Void> run(boolean last) {
        if (reads.isEmpty()) {
            return Mono.empty();
        }
        reads.add(Mono.fromRunnable(() -> operation.release(last && !inSteps)));
        return Operations.within(operation, Mono.defer(() -> {
            operation.hold();
            return Mono.when(reads);
        }));
    }
}
