package dev.selvage.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.POST;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import dev.selvage.execution.Answer;
import dev.selvage.execution.Execution;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Viewer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /graphql}: each request is one operation of its caller, ended with the answer, an error or the caller's leaving. */
@Configuration(proxyBeanMethods = false)
class GraphQlEndpoint {
    static final String PATH = "/graphql";

    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final Callers callers;
    private final DocumentCache documents;
    private final Operations operations;
    private final Errors errors;
    private final Duration timeout;

    /** @param timeout how long an operation may take, whatever it asks for */
    GraphQlEndpoint(
            Callers callers,
            DocumentCache documents,
            Operations operations,
            Errors errors,
            @Value("${gateway.operation-timeout}") Duration timeout) {
        this.callers = callers;
        this.documents = documents;
        this.operations = operations;
        this.errors = errors;
        this.timeout = timeout;
    }

    @Bean
    RouterFunction<ServerResponse> graphQlRoutes() {
        return RouterFunctions.route(POST(PATH), this::post).andRoute(path(PATH), this::notPost);
    }

    private Mono<ServerResponse> notPost(ServerRequest request) {
        var refusal = new Refusal(Code.BAD_REQUEST, "Send a POST with a JSON body.");
        return Wire.answer(request, HttpStatus.METHOD_NOT_ALLOWED, errors.ofRequest(refusal), HttpMethod.POST);
    }

    private Mono<ServerResponse> post(ServerRequest request) {
        var type = request.headers().contentType().orElse(MediaType.APPLICATION_OCTET_STREAM);
        if (!MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
            var refusal = new Refusal(Code.BAD_REQUEST, "Send JSON, as `Content-Type: application/json`.");
            return Wire.answer(request, HttpStatus.UNSUPPORTED_MEDIA_TYPE, errors.ofRequest(refusal));
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_BODY_BYTES)
                .map(body -> RequestBody.read(body.asInputStream(true)))
                .switchIfEmpty(Mono.error(() -> new Refusal(Code.BAD_REQUEST, "The body is empty.")))
                .flatMap(body -> callers.current().flatMap(viewer -> answer(request, body, viewer)))
                .onErrorResume(DataBufferLimitException.class, _ -> tooLarge(request))
                .onErrorResume(why -> Wire.answer(request, errors.ofRequest(why)));
    }

    private Mono<ServerResponse> tooLarge(ServerRequest request) {
        var refusal = new Refusal(Code.LIMIT_EXCEEDED, "The body is longer than 256 KiB.");
        return Wire.answer(request, HttpStatus.CONTENT_TOO_LARGE, errors.ofRequest(refusal));
    }

    private Mono<ServerResponse> answer(ServerRequest request, RequestBody body, Viewer viewer) {
        var document = documents.get(body.document());
        if (!document.errors().isEmpty()) {
            return Wire.answer(
                    request, document.errors().stream().map(errors::ofDocument).toList());
        }
        // The operation has ended before its answer goes out: whoever reads the answer finds it counted.
        return Mono.using(
                        () -> operations.begin(viewer),
                        operation -> Execution.execute(document, body.operationName(), body.values(), operation)
                                .timeout(timeout)
                                .onErrorMap(TimeoutException.class, GraphQlEndpoint::tookTooLong)
                                .flatMap(answer -> whole(answer, operation)),
                        Operation::end)
                .flatMap(answer -> Wire.answer(request, answer, errors));
    }

    /** After a failed statement nothing more was read: half an answer would look like a whole one. */
    private static Mono<Answer> whole(Answer answer, Operation operation) {
        var failure = operation.failure();
        return failure == null ? Mono.just(answer) : Mono.error(failure);
    }

    private static Refusal tookTooLong(TimeoutException late) {
        return new Refusal(Code.TIMEOUT, "This took too long. Ask for less at once, or try again.", late);
    }
}
