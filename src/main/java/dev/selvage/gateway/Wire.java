package dev.selvage.gateway;

import dev.selvage.execution.Answer;
import graphql.GraphQLError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the GraphQL-over-HTTP draft has them. */
final class Wire {
    static final MediaType GRAPHQL_RESPONSE = MediaType.parseMediaType("application/graphql-response+json");

    private Wire() {}

    /** What an operation answers, with the errors of single fields ahead. */
    static Mono<ServerResponse> answer(ServerRequest request, Answer answer, Errors errors) {
        var response = ServerResponse.ok().contentType(typeFor(request));
        if (answer.errors().isEmpty()) {
            return send(request, response, answer.json());
        }
        var told = answer.errors().stream()
                .map(errors::ofField)
                .map(GraphQLError::toSpecification)
                .toList();
        var ahead = JsonMapper.shared().writeValueAsBytes(Map.of("errors", told));
        // {"errors": […]} and {"data": …} become one object.
        ahead[ahead.length - 1] = ',';
        return send(request, response, ByteBuffer.wrap(ahead), answer.json().position(1));
    }

    /** Why a request was not executed. */
    static Mono<ServerResponse> answer(ServerRequest request, GraphQLError error) {
        return answer(request, List.of(error));
    }

    /** Why a request was not executed. */
    static Mono<ServerResponse> answer(ServerRequest request, List<GraphQLError> errors) {
        // The status says it only in the type that was made for it.
        var status = typeFor(request).equals(GRAPHQL_RESPONSE) ? HttpStatus.BAD_REQUEST : HttpStatus.OK;
        return answer(request, status, errors);
    }

    /** Why something was no request. */
    static Mono<ServerResponse> answer(
            ServerRequest request, HttpStatus status, GraphQLError error, HttpMethod... allowed) {
        return answer(request, status, List.of(error), allowed);
    }

    private static Mono<ServerResponse> answer(
            ServerRequest request, HttpStatus status, List<GraphQLError> errors, HttpMethod... allowed) {
        var told = errors.stream().map(GraphQLError::toSpecification).toList();
        var response = ServerResponse.status(status).contentType(typeFor(request));
        if (allowed.length > 0) {
            response.allow(allowed);
        }
        return send(request, response, ByteBuffer.wrap(JsonMapper.shared().writeValueAsBytes(Map.of("errors", told))));
    }

    private static Mono<ServerResponse> send(
            ServerRequest request, ServerResponse.BodyBuilder response, ByteBuffer... parts) {
        var buffers = request.exchange().getResponse().bufferFactory();
        long length = 0;
        for (var part : parts) {
            length += part.remaining();
        }
        Flux<DataBuffer> body = Flux.fromArray(parts).map(buffers::wrap);
        return response.contentLength(length).body(BodyInserters.fromDataBuffers(body));
    }

    private static MediaType typeFor(ServerRequest request) {
        return request.headers().accept().contains(GRAPHQL_RESPONSE) ? GRAPHQL_RESPONSE : MediaType.APPLICATION_JSON;
    }
}
