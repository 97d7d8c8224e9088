package dev.selvage.gateway;

import dev.selvage.budgets.Budgets;
import dev.selvage.budgets.Charge;
import dev.selvage.budgets.Tier;
import dev.selvage.execution.Answer;
import dev.selvage.execution.ExecutableDocument.Prepared;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** A request's way from the document that it names to its answer, whatever it came by. */
@Component
class RequestExecution {
    /** It is sent with every 429, and waiting makes nothing cheaper. */
    private static final long SECONDS_TO_WAIT = 1;

    /** No operation can be called so. */
    private static final String UNNAMED = "published-without-name";

    private final Documents documents;
    private final Budgets budgets;
    private final Operations operations;
    private final Errors errors;
    private final Deadlines deadlines;
    private final RequestMetrics metrics;
    private final Duration timeout;
    private final long maxPublishedBytes;

    /**
     * @param timeout how long an operation may take, whatever it asks for
     * @param maxPublishedBody of a request that names a published document, and so holds little beside its variables
     */
    RequestExecution(
            Documents documents,
            Budgets budgets,
            Operations operations,
            Errors errors,
            Deadlines deadlines,
            RequestMetrics metrics,
            @Value("${gateway.operation-timeout}") Duration timeout,
            @Value("${gateway.http.max-published-body}") DataSize maxPublishedBody) {
        this.documents = documents;
        this.budgets = budgets;
        this.operations = operations;
        this.errors = errors;
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.timeout = timeout;
        this.maxPublishedBytes = maxPublishedBody.toBytes();
    }

    /** What is to be executed, and for whom. */
    private record Asked(Prepared prepared, boolean isPublished, Call call) {
        private Tier tier() {
            return isPublished ? Tier.PUBLISHED : Tier.FREE_TEXT;
        }

        /** What it is called by whoever published it; what comes with its request may be called anything. */
        private @Nullable String publishedName() {
            return isPublished ? Objects.requireNonNullElse(prepared.operationName(), UNNAMED) : null;
        }
    }

    /**
     * Executes what a request asks for.
     *
     * <p>Errors: {@link dev.selvage.kernel.Refusal}, {@link graphql.GraphQLException}.
     */
    Mono<WireAnswer> execute(GraphQlRequest request, Call call) {
        // Whoever sends another text each time has it parsed and validated each time, whatever comes of it.
        int reading = documents.costOfReading(request);
        return reading == 0
                ? find(request, call)
                : budgets.charge(call.budgetOwner(), Tier.FREE_TEXT, reading)
                        .flatMap(
                                charge -> charge.isRefused() ? Mono.just(spent(reading, charge)) : find(request, call));
    }

    private Mono<WireAnswer> find(GraphQlRequest request, Call call) {
        return documents.find(request, call).flatMap(found -> execute(found, request, call));
    }

    private Mono<WireAnswer> execute(Documents.Found found, GraphQlRequest request, Call call) {
        var document = found.document();
        if (found.isPublished() && call.bodyBytes() > maxPublishedBytes) {
            return Mono.just(RequestContent.tooLong(maxPublishedBytes));
        }
        if (!document.errors().isEmpty()) {
            return Mono.just(WireAnswer.of(
                    document.errors().stream().map(errors::ofDocument).toList()));
        }
        if (call.readsOnly() && document.isMutation(request.operationName())) {
            var error = new WireError(Code.BAD_REQUEST, "Send a mutation by POST.", null, null);
            return Mono.just(WireAnswer.of(405, error, Map.of("allow", "POST")));
        }
        var prepared = document.prepare(request.operationName(), request.values());
        var asked = new Asked(prepared, found.isPublished(), call);
        // What was published was priced then, whatever may have become dearer since.
        var tooDear = found.isPublished() ? null : prepared.refusalOfCost();
        return tooDear == null ? charge(asked) : tooDear(asked, tooDear);
    }

    private Mono<WireAnswer> tooDear(Asked asked, Refusal why) {
        return budgets.charge(asked.call().budgetOwner(), asked.tier(), 0)
                .map(charge -> refused(
                        errors.ofRequest(why), SECONDS_TO_WAIT, asked.prepared().cost(), charge));
    }

    private Mono<WireAnswer> charge(Asked asked) {
        return budgets.charge(
                        asked.call().budgetOwner(),
                        asked.tier(),
                        asked.prepared().cost())
                .flatMap(charge -> charge.isRefused()
                        ? Mono.just(spent(asked.prepared().cost(), charge))
                        : execute(asked, charge));
    }

    private Mono<WireAnswer> execute(Asked asked, Charge charge) {
        long began = System.nanoTime();
        return OperationAttempts.execute(
                        operations, deadlines, timeout, asked.prepared(), asked.call(), charge.budget())
                .map(answer -> {
                    charge.settle(answer.cost());
                    return answered(asked, answer, charge);
                })
                .doOnError(Operation::isTurnedAway, _ -> charge.settle(0))
                .doFinally(_ -> metrics.executed(
                        asked.publishedName(), documents.knownApp(asked.call().app()), System.nanoTime() - began));
    }

    private WireAnswer answered(Asked asked, Answer answer, Charge charge) {
        var call = asked.call();
        boolean isWhole = answer.errors().isEmpty();
        var wire = isWhole ? WireAnswer.of(answer, errors) : call.trace().with(() -> WireAnswer.of(answer, errors));
        if (call.reportsCost()) {
            wire = wire.with(new CostReport(asked.prepared().cost(), answer.cost(), charge.budgetAfter(answer.cost())));
        }
        return isWhole && asked.isPublished() && call.readsOnly() ? EntityTag.added(wire, call.knownTags()) : wire;
    }

    private static WireAnswer spent(int cost, Charge charge) {
        var error = new WireError(
                Code.RATE_LIMITED,
                String.format(
                        Locale.ROOT,
                        "This costs up to %,d points, and %,d are left. Wait %,d s, or ask for less.",
                        cost,
                        charge.budget().remaining(),
                        charge.secondsToWait()),
                null,
                null);
        return refused(error, charge.secondsToWait(), cost, charge);
    }

    private static WireAnswer refused(WireError error, long secondsToWait, int cost, Charge charge) {
        return WireAnswer.of(error, Map.of("retry-after", Long.toString(secondsToWait)))
                .with(new CostReport(cost, 0, charge.budget()));
    }
}
