package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.jspecify.annotations.Nullable;

/** What a failed statement or connection is to the caller. */
final class Failures {
    private static final String CANCELED_BY_STATEMENT_TIMEOUT = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String DEADLOCK = "40P01";
    private static final String SERIALIZATION = "40001";

    private static final String BUSY = "The gateway is busy. Try again in a moment.";

    /** Nothing was begun. It has no stack trace, so that one can stand for all. */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    static final Refusal TURNED_AWAY = new Refusal(Code.SERVICE_UNAVAILABLE, BUSY);

    private Failures() {}

    /** For what still starts when the answer was given or the caller has gone: nobody reads it. */
    static Refusal ended() {
        return new Refusal(Code.INTERNAL_SERVER_ERROR, "The operation has ended.");
    }

    /** Whether the server has answered, so that it is known what has become of it. */
    static boolean isAnswered(Throwable error) {
        return error instanceof ServerError answered && !isOutOfReach(answered, answered.getSqlState());
    }

    /** Whether it may go well another time: others were in the way, or the server was lost. */
    static boolean isPassing(@Nullable Throwable error) {
        return error instanceof R2dbcException database
                && (DEADLOCK.equals(database.getSqlState())
                        || SERIALIZATION.equals(database.getSqlState())
                        || (isOutOfReach(database, database.getSqlState())
                                && !(error instanceof R2dbcTimeoutException)));
    }

    /** The connection was lost while the last word was awaited. */
    static Refusal inDoubt(@Nullable Throwable error) {
        return new Refusal(
                Code.SERVICE_UNAVAILABLE,
                "It is not known whether this was done. Look before you send it again; with `@idempotent(key:)` and the same"
                        + " key it can be sent again as it is.",
                error);
    }

    static Refusal translate(Throwable error) {
        if (error instanceof WaitingLine.TurnedAway) {
            // Nothing to look into, and nothing to try again behind the caller's back.
            return TURNED_AWAY;
        }
        if (error instanceof R2dbcException database) {
            var state = database.getSqlState();
            if (CANCELED_BY_STATEMENT_TIMEOUT.equals(state) || LOCK_NOT_AVAILABLE.equals(state)) {
                return new Refusal(
                        Code.TIMEOUT, "The database took too long. Ask for less at once, or try again.", error);
            }
            if (DEADLOCK.equals(state) || SERIALIZATION.equals(state) || isOutOfReach(database, state)) {
                return new Refusal(Code.SERVICE_UNAVAILABLE, BUSY, error);
            }
        }
        return new Refusal(
                Code.INTERNAL_SERVER_ERROR, "Something went wrong here. Try again; if it stays, report it.", error);
    }

    /** No connection came free in time, or the server is not there, is shutting down or is full (classes 08, 53 and 57P). */
    private static boolean isOutOfReach(R2dbcException error, @Nullable String state) {
        if (state == null || state.isEmpty()) {
            return error instanceof R2dbcTimeoutException
                    || error instanceof R2dbcTransientResourceException
                    || error instanceof R2dbcNonTransientResourceException;
        }
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }
}
