package dev.selvage.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An error that the caller is told. Its message goes out as it is: a sentence that says what to do, with nothing of the
 * inside in it.
 */
public final class Refusal extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    /** The {@code extensions.code} of an error. Clients rely on these names. */
    public enum Code {
        GRAPHQL_PARSE_FAILED,
        GRAPHQL_VALIDATION_FAILED,
        BAD_USER_INPUT,
        OPERATION_RESOLUTION_FAILURE,
        BAD_REQUEST,
        UNAUTHENTICATED,
        FORBIDDEN,
        INVALID_CURSOR,
        LIMIT_EXCEEDED,
        TIMEOUT,
        SERVICE_UNAVAILABLE,
        INTERNAL_SERVER_ERROR
    }

    private final Code code;

    public Refusal(Code code, String message) {
        this(code, message, null);
    }

    /**
     * A refusal with a reason that the log needs and the caller must not see.
     *
     * @param cause the reason
     */
    public Refusal(Code code, String message, @Nullable Throwable cause) {
        // No stack trace: a refusal is an answer, and bad input must stay cheap.
        super(message, cause, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public String sentence() {
        var message = getMessage();
        return message == null ? code.name() : message;
    }

    /** A refusal of what the caller sent. */
    public static Refusal badInput(String message) {
        return new Refusal(Code.BAD_USER_INPUT, message);
    }
}
