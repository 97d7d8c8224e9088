package dev.selvage.gateway;

import dev.selvage.execution.Answer;
import graphql.GraphQLError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it goes out.
 *
 * @param status of HTTP; that of a request which was not executed depends on what the caller accepts, and is told by 0
 */
record WireAnswer(int status, ByteBuf body, Map<String, String> headers) {
    static final int NOT_EXECUTED = 0;

    /** What an operation answers, with the errors of single fields ahead. */
    static WireAnswer of(Answer answer, Errors errors) {
        if (answer.errors().isEmpty()) {
            return new WireAnswer(200, Unpooled.wrappedBuffer(answer.json()), Map.of());
        }
        var ahead = json(answer.errors().stream().map(errors::ofField).toList());
        // {"errors": […]} and {"data": …} become one object.
        ahead[ahead.length - 1] = ',';
        var body = Unpooled.wrappedBuffer(ByteBuffer.wrap(ahead), answer.json().position(1));
        return new WireAnswer(200, body, Map.of());
    }

    /** Why a request was not executed. */
    static WireAnswer of(List<GraphQLError> errors) {
        return of(NOT_EXECUTED, errors, Map.of());
    }

    /** Why something was no request, or none that may be answered. */
    static WireAnswer of(int status, GraphQLError error, Map<String, String> headers) {
        return of(status, List.of(error), headers);
    }

    private static WireAnswer of(int status, List<GraphQLError> errors, Map<String, String> headers) {
        return new WireAnswer(status, Unpooled.wrappedBuffer(json(errors)), headers);
    }

    private static byte[] json(List<GraphQLError> errors) {
        var body = new LinkedHashMap<String, Object>();
        body.put("errors", errors.stream().map(GraphQLError::toSpecification).toList());
        return JsonMapper.shared().writeValueAsBytes(body);
    }
}
