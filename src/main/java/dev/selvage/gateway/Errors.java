package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import graphql.AssertException;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.InvalidSyntaxError;
import graphql.execution.AbortExecutionException;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.MissingRootTypeException;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.OneOfNullValueException;
import graphql.execution.UnknownOperationException;
import graphql.schema.CoercingParseValueException;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns every error of the engine into the wire contract's form. What is not meant for callers stays in the log. */
@Component
class Errors implements DataFetcherExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final String INTERNAL = "Something went wrong here. Try again; if it stays, report it.";

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        var thrown = parameters.getException();
        var error = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        var location = parameters.getSourceLocation();
        var path = parameters.getPath().toList();
        WireError answer;
        if (isOfAValue(error)) {
            answer = new WireError(
                    Code.BAD_USER_INPUT, sentence(error), location == null ? null : List.of(location), path);
        } else if (error instanceof Refusal refusal) {
            answer = new WireError(
                    refusal.code(), refusal.sentence(), location == null ? null : List.of(location), path);
        } else {
            if (error instanceof AbortExecutionException) {
                log.debug("Nobody waits for {} any more", path);
            } else {
                log.error("A field failed at {}", path, error);
            }
            answer = new WireError(
                    Code.INTERNAL_SERVER_ERROR, INTERNAL, location == null ? null : List.of(location), path);
        }
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(answer).build());
    }

    /** What a variable holds is found out only when the field's arguments are read, if the document allows null at first. */
    private static boolean isOfAValue(Throwable error) {
        return error instanceof NonNullableValueCoercedAsNullException
                || error instanceof OneOfNullValueException
                || error instanceof CoercingParseValueException
                || error instanceof AssertException;
    }

    private static String sentence(Throwable error) {
        var message = error.getMessage();
        return error instanceof AssertException || message == null
                ? "A variable is null where a value is needed."
                : message;
    }

    /** The error of a request that nobody foresaw. */
    GraphQLError unforeseen(Throwable error) {
        log.error("A request failed", error);
        return new WireError(Code.INTERNAL_SERVER_ERROR, INTERNAL, null, null);
    }

    /** The error of a request that is refused as a whole. */
    GraphQLError ofRequest(Refusal refusal) {
        if (refusal.getCause() != null) {
            log.warn("A request ends with {}", refusal.code(), refusal.getCause());
        }
        return new WireError(refusal.code(), refusal.sentence(), null, null);
    }

    /** The error as callers get it. */
    GraphQLError onTheWire(GraphQLError error) {
        return switch (error) {
            case WireError done -> done;
            case InvalidSyntaxError syntax -> of(Code.GRAPHQL_PARSE_FAILED, syntax);
            case ValidationError invalid -> of(Code.GRAPHQL_VALIDATION_FAILED, invalid);
            case UnknownOperationException unknown -> of(Code.OPERATION_RESOLUTION_FAILURE, unknown);
            case MissingRootTypeException missing -> of(Code.OPERATION_RESOLUTION_FAILURE, missing);
            // What remains of the engine's own exceptions is about the values of variables.
            case GraphQLException _ -> of(Code.BAD_USER_INPUT, error);
            default -> {
                log.error("An error of the engine: {}", error);
                yield new WireError(Code.INTERNAL_SERVER_ERROR, INTERNAL, error.getLocations(), error.getPath());
            }
        };
    }

    private static WireError of(Code code, GraphQLError error) {
        return new WireError(code, error.getMessage(), error.getLocations(), error.getPath());
    }
}
