package dev.selvage.gateway;

import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Viewer;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts each request into the one operation of its caller, and ends it with the answer, an error or the caller's leaving. */
@Component
class OperationInterceptor implements WebGraphQlInterceptor {
    private final Callers callers;
    private final Operations operations;
    private final Errors errors;
    private final Duration timeout;

    /** @param timeout how long an operation may take, whatever it asks for */
    OperationInterceptor(
            Callers callers,
            Operations operations,
            Errors errors,
            @Value("${gateway.operation-timeout}") Duration timeout) {
        this.callers = callers;
        this.operations = operations;
        this.errors = errors;
        this.timeout = timeout;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return callers.current()
                .flatMap(viewer -> answer(request, chain, viewer))
                .onErrorResume(Refusal.class, refusal -> Mono.just(refused(request, refusal)))
                .onErrorResume(error -> Mono.just(answered(request, errors.unforeseen(error))));
    }

    /** The operation has ended before its answer goes out: whoever reads the answer finds it counted. */
    private Mono<WebGraphQlResponse> answer(WebGraphQlRequest request, Chain chain, Viewer viewer) {
        return Mono.using(
                () -> operations.begin(viewer), operation -> answer(request, chain, operation), Operation::end);
    }

    private Mono<WebGraphQlResponse> answer(WebGraphQlRequest request, Chain chain, Operation operation) {
        request.configureExecutionInput((_, input) -> input.graphQLContext(Map.of(Operation.class, operation))
                .dataLoaderRegistry(operation.loaderRegistry())
                .build());
        // Kept going when nobody waits any more: it then ends soon and quietly, where the engine's own way of
        // cancelling
        // makes an error of each field that is left.
        return Mono.defer(() -> chain.next(request))
                .cache()
                .timeout(timeout)
                .onErrorMap(TimeoutException.class, OperationInterceptor::tookTooLong)
                .map(response -> finished(request, operation, response));
    }

    private WebGraphQlResponse finished(WebGraphQlRequest request, Operation operation, WebGraphQlResponse response) {
        var failure = operation.failure();
        if (failure != null) {
            // After a failed statement nothing more was read: half an answer would look like a whole one.
            return refused(request, failure);
        }
        var found = response.getExecutionResult().getErrors();
        return found.isEmpty()
                ? response
                : response.transform(builder ->
                        builder.errors(found.stream().map(errors::onTheWire).toList()));
    }

    private static Refusal tookTooLong(TimeoutException late) {
        return new Refusal(Code.TIMEOUT, "This took too long. Ask for less at once, or try again.", late);
    }

    private WebGraphQlResponse refused(WebGraphQlRequest request, Refusal refusal) {
        return answered(request, errors.ofRequest(refusal));
    }

    private static WebGraphQlResponse answered(WebGraphQlRequest request, GraphQLError error) {
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(
                request.toExecutionInput(),
                ExecutionResultImpl.newExecutionResult().addError(error).build()));
    }
}
