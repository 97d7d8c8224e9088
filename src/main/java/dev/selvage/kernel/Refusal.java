package dev.selvage.kernel;

import java.util.List;
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
        PERSISTED_QUERY_NOT_FOUND,
        PERSISTED_QUERY_NOT_SUPPORTED,
        PERSISTED_QUERY_REQUIRED,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        INVALID_CURSOR,
        LIMIT_EXCEEDED,
        COST_LIMIT_EXCEEDED,
        RATE_LIMITED,
        TIMEOUT,
        SERVICE_UNAVAILABLE,
        INTERNAL_SERVER_ERROR
    }

    private final Code code;
    private final transient @Nullable List<String> argumentPath;

    public Refusal(Code code, String message) {
        this(code, message, null);
    }

    /**
     * A refusal with a reason that the log needs and the caller must not see.
     *
     * @param cause the reason
     */
    public Refusal(Code code, String message, @Nullable Throwable cause) {
        this(code, message, cause, null);
    }

    private Refusal(Code code, String message, @Nullable Throwable cause, @Nullable List<String> argumentPath) {
        // No stack trace: a refusal is an answer, and bad input must stay cheap.
        super(message, cause, false, false);
        this.code = code;
        this.argumentPath = argumentPath;
    }

    public Code code() {
        return code;
    }

    public String sentence() {
        var message = getMessage();
        return message == null ? code.name() : message;
    }

    /** Which argument it is about, or what in it, as in the errors of mutations; null if it is about none. */
    public @Nullable List<String> argumentPath() {
        return argumentPath;
    }

    /** The same, about what stands at this place in the arguments. */
    public Refusal at(List<String> path) {
        return new Refusal(code, sentence(), getCause(), path);
    }

    /** A refusal of what the caller sent. */
    public static Refusal badInput(String message) {
        return new Refusal(Code.BAD_USER_INPUT, message);
    }
}
