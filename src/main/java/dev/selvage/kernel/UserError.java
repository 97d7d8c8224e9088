package dev.selvage.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expected failure of a mutation, as data: nothing was changed. Named and shaped as in the schema. */
public sealed interface UserError {
    /** What went wrong, for programs. */
    ErrorCode code();

    /** What went wrong, for people: a sentence that says what to do. */
    String message();

    /** Where in the arguments; null when it concerns the whole. */
    @Nullable
    List<String> path();

    /** The schema's {@code ErrorCode}. */
    enum ErrorCode {
        REQUIRED,
        INVALID,
        TOO_LONG,
        OUT_OF_RANGE,
        NOT_UNIQUE,
        NOT_FOUND,
        UNAUTHENTICATED,
        FORBIDDEN,
        VERSION_CONFLICT,
        TRANSITION_BLOCKED,
        DATE_ORDER,
        WINDOW_CLOSED,
        OUT_OF_STOCK,
        CAPACITY_REACHED,
        IN_USE,
        IDEMPOTENCY_KEY_REUSED
    }

    /** Something in the input will not do. */
    record InputError(
            ErrorCode code, String message, @Nullable List<String> path) implements UserError {}

    /**
     * Somebody changed the record since the version that the client names.
     *
     * @param current the record as it is now
     */
    record VersionConflict(
            ErrorCode code, String message, @Nullable List<String> path, Object current) implements UserError {
        public VersionConflict(List<String> path, Object current) {
            this(
                    ErrorCode.VERSION_CONFLICT,
                    "Somebody changed this in the meantime. Look at what it is now, and send its version.",
                    path,
                    current);
        }
    }

    /** One reason why a record cannot go where it is asked to. */
    record Blocker(ErrorCode code, String message) {}

    /**
     * The record cannot go from the state that it is in to the one that it is asked to.
     *
     * @param blockers every reason, at least one; the error's code is the first one's
     */
    record TransitionBlocked(
            ErrorCode code, String message, @Nullable List<String> path, String from, String to, List<Blocker> blockers)
            implements UserError {
        public TransitionBlocked(List<String> path, String from, String to, List<Blocker> blockers) {
            this(blockers.getFirst().code(), blockers.getFirst().message(), path, from, to, List.copyOf(blockers));
        }
    }

    /**
     * There is no room for one more.
     *
     * @param capacity how many there is room for
     */
    record CapacityReached(
            ErrorCode code, String message, @Nullable List<String> path, int capacity) implements UserError {
        public CapacityReached(List<String> path, int capacity) {
            this(ErrorCode.CAPACITY_REACHED, "All " + capacity + " places are taken.", path, capacity);
        }
    }

    /**
     * There is less than was asked for.
     *
     * @param available how many there are
     */
    record OutOfStock(
            ErrorCode code, String message, @Nullable List<String> path, Object subject, int available)
            implements UserError {
        public OutOfStock(List<String> path, Object subject, int available) {
            this(ErrorCode.OUT_OF_STOCK, "There are only " + available + " left.", path, subject, available);
        }
    }

    /** There is no such record, or none that is the viewer's. */
    static UserError notFound(List<String> path) {
        return new InputError(ErrorCode.NOT_FOUND, "There is no such record, or it is not yours.", path);
    }
}
