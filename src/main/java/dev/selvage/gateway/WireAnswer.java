package dev.selvage.gateway;

import dev.selvage.execution.Answer;
import dev.selvage.kernel.Refusal.Code;
import graphql.GraphQLError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it goes out.
 *
 * @param status of HTTP, for whoever takes {@code application/graphql-response+json}
 * @param olderStatus of HTTP for whoever takes only {@code application/json}
 * @param codes of its errors
 */
record WireAnswer(int status, int olderStatus, ByteBuf body, Map<String, String> headers, Set<Code> codes) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final byte[] COMMA = {','};
    private static final byte[] END = {'}'};

    /** What an operation answers, with the errors of single fields ahead. */
    static WireAnswer of(Answer answer, Errors errors) {
        if (answer.errors().isEmpty()) {
            return new WireAnswer(OK, OK, Unpooled.wrappedBuffer(answer.json()), Map.of(), Set.of());
        }
        var told = answer.errors().stream().map(errors::ofField).toList();
        var ahead = json(told);
        // {"errors": […]} and {"data": …} become one object.
        ahead[ahead.length - 1] = ',';
        var body = Unpooled.wrappedBuffer(ByteBuffer.wrap(ahead), answer.json().position(1));
        return new WireAnswer(OK, OK, body, Map.of(), codes(told));
    }

    /** Why a document cannot be executed, or the values of its variables: a request, and understood as one. */
    static WireAnswer of(List<WireError> errors) {
        return new WireAnswer(BAD_REQUEST, OK, body(errors), Map.of(), codes(errors));
    }

    /** Why a request is refused as a whole. */
    static WireAnswer of(WireError error, Map<String, String> headers) {
        int status = status(error.code());
        return new WireAnswer(
                status, isOfTransport(error.code()) ? status : OK, body(List.of(error)), headers, Set.of(error.code()));
    }

    /** Why something is no request, or none that may be answered. */
    static WireAnswer of(int status, WireError error, Map<String, String> headers) {
        return new WireAnswer(status, status, body(List.of(error)), headers, Set.of(error.code()));
    }

    /** Nothing but its headers. */
    static WireAnswer empty(int status, Map<String, String> headers) {
        return new WireAnswer(status, status, Unpooled.EMPTY_BUFFER, headers, Set.of());
    }

    /** The same, telling what it cost. */
    WireAnswer with(CostReport cost) {
        // The member goes before the brace that ends the object.
        var ahead = body.readSlice(body.readableBytes() - 1);
        var behind = Unpooled.wrappedBuffer(COMMA, cost.json(), END);
        return new WireAnswer(status, olderStatus, Unpooled.wrappedBuffer(ahead, behind), headers, codes);
    }

    /** The same, with the same status for everybody. */
    WireAnswer withOneStatus() {
        return new WireAnswer(status, status, body, headers, codes);
    }

    int status(AnswerType type) {
        return type == AnswerType.JSON ? olderStatus : status;
    }

    private static int status(Code code) {
        return switch (code) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case PERSISTED_QUERY_NOT_FOUND -> OK;
            case NOT_FOUND -> 404;
            case COST_LIMIT_EXCEEDED, RATE_LIMITED -> 429;
            case INTERNAL_SERVER_ERROR -> 500;
            case SERVICE_UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
            default -> BAD_REQUEST;
        };
    }

    /** Whether it is not the operation that is at fault, so that whatever stands between has to see it as well. */
    private static boolean isOfTransport(Code code) {
        return switch (code) {
            case BAD_REQUEST,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    COST_LIMIT_EXCEEDED,
                    RATE_LIMITED,
                    SERVICE_UNAVAILABLE -> true;
            default -> false;
        };
    }

    private static Set<Code> codes(List<WireError> errors) {
        return errors.stream().map(WireError::code).collect(Collectors.toSet());
    }

    private static ByteBuf body(List<? extends GraphQLError> errors) {
        return Unpooled.wrappedBuffer(json(errors));
    }

    static byte[] json(List<? extends GraphQLError> errors) {
        var body = new LinkedHashMap<String, Object>();
        body.put("errors", errors.stream().map(GraphQLError::toSpecification).toList());
        return JsonMapper.shared().writeValueAsBytes(body);
    }
}
