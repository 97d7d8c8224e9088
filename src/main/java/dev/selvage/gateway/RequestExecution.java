package dev.selvage.gateway;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal.Code;
import graphql.GraphQLError;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** A request's way from the document that it names to its answer, whatever it came by. */
@Component
class RequestExecution {
    /** It is sent with every 429, and waiting makes nothing cheaper. */
    private static final String SECONDS_TO_WAIT = "1";

    private final Documents documents;
    private final Operations operations;
    private final Errors errors;
    private final Deadlines deadlines;
    private final Duration timeout;
    private final long maxPublishedBytes;

    /**
     * @param timeout how long an operation may take, whatever it asks for
     * @param maxPublishedBody of a request that names a published document, and so holds little beside its variables
     */
    RequestExecution(
            Documents documents,
            Operations operations,
            Errors errors,
            Deadlines deadlines,
            @Value("${gateway.operation-timeout}") Duration timeout,
            @Value("${gateway.http.max-published-body}") DataSize maxPublishedBody) {
        this.documents = documents;
        this.operations = operations;
        this.errors = errors;
        this.deadlines = deadlines;
        this.timeout = timeout;
        this.maxPublishedBytes = maxPublishedBody.toBytes();
    }

    /**
     * Executes what a request asks for.
     *
     * <p>Errors: {@link dev.selvage.kernel.Refusal}, {@link graphql.GraphQLException}.
     */
    Mono<WireAnswer> execute(GraphQlRequest request, Call call) {
        return documents.find(request, call).flatMap(found -> execute(found, request, call));
    }

    private Mono<WireAnswer> execute(Documents.Found found, GraphQlRequest request, Call call) {
        var document = found.document();
        if (found.isPublished() && call.bodyBytes() > maxPublishedBytes) {
            return Mono.just(RequestContent.tooLong(maxPublishedBytes));
        }
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
        var tooDear = prepared.refusalOfCost();
        if (tooDear != null) {
            return Mono.just(WireAnswer.of(errors.ofRequest(tooDear), Map.of("retry-after", SECONDS_TO_WAIT)));
        }
        return OperationAttempts.execute(operations, deadlines, timeout, prepared, call)
                .map(answer -> found.isPublished()
                                && call.readsOnly()
                                && answer.errors().isEmpty()
                        ? EntityTag.added(WireAnswer.of(answer, errors), call.knownTags())
                        : WireAnswer.of(answer, errors));
    }
}
