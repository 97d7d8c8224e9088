package dev.selvage.gateway;

import dev.selvage.execution.ExecutableDocument;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal.Code;
import graphql.GraphQLError;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A request's way from the document that it names to its answer, whatever it came by. */
@Component
class RequestExecution {
    private final Documents documents;
    private final Operations operations;
    private final Errors errors;
    private final Deadlines deadlines;
    private final Duration timeout;

    /** @param timeout how long an operation may take, whatever it asks for */
    RequestExecution(
            Documents documents,
            Operations operations,
            Errors errors,
            Deadlines deadlines,
            @Value("${gateway.operation-timeout}") Duration timeout) {
        this.documents = documents;
        this.operations = operations;
        this.errors = errors;
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    /**
     * Executes what a request asks for.
     *
     * <p>Errors: {@link dev.selvage.kernel.Refusal}, {@link graphql.GraphQLException}.
     */
    Mono<WireAnswer> execute(GraphQlRequest request, Call call) {
        return documents.find(request, call).flatMap(document -> execute(document, request, call));
    }

    private Mono<WireAnswer> execute(ExecutableDocument document, GraphQlRequest request, Call call) {
        if (!document.errors().isEmpty()) {
            return Mono.just(WireAnswer.of(document.errors().stream()
                    .<GraphQLError>map(errors::ofDocument)
                    .toList()));
        }
        var prepared = document.prepare(request.operationName(), request.values());
        if (call.readsOnly() && prepared.isMutation()) {
            var error = new WireError(Code.BAD_REQUEST, "Send a mutation by POST.", null, null);
            return Mono.just(WireAnswer.of(405, error, Map.of("allow", "POST")));
        }
        return OperationAttempts.execute(operations, deadlines, timeout, prepared, call)
                .map(answer -> WireAnswer.of(answer, errors));
    }
}
