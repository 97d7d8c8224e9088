package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts requests. Nothing that callers make up becomes a tag: there would be no end of them. */
@Component
class RequestMetrics {
    /** Published operations that are told apart; there may be thousands, and each is a series in somebody's database. */
    private static final int MOST_OPERATIONS = 1_000;

    private static final String OTHERS = "others";

    /** How a request ended. */
    enum Outcome {
        EXECUTED,
        REFUSED,
        /** Nobody waited for the end. */
        LEFT
    }

    private record Published(String operation, String client) {}

    private final MeterRegistry metrics;
    private final Map<Outcome, Timer> requests = new EnumMap<>(Outcome.class);
    private final Map<Code, Counter> errors = new EnumMap<>(Code.class);
    private final Map<Published, Timer> operations = new ConcurrentHashMap<>();
    private final Timer texts;

    RequestMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        for (var outcome : Outcome.values()) {
            requests.put(
                    outcome,
                    Timer.builder("selvage.requests")
                            .description("GraphQL requests, from their headers to the end of their answer")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
        for (var code : Code.values()) {
            errors.put(
                    code,
                    Counter.builder("selvage.errors")
                            .description("Answers with an error of this code")
                            .tag("code", code.name())
                            .register(metrics));
        }
        this.texts = operation("free-text", OTHERS);
    }

    /** @param nanos from its headers to the end of its answer */
    void ended(Outcome outcome, long nanos) {
        Objects.requireNonNull(requests.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param codes of an answer's errors, each once */
    void answered(Iterable<Code> codes) {
        codes.forEach(code -> Objects.requireNonNull(errors.get(code)).increment());
    }

    /**
     * Counts an operation that was executed, whatever came of it.
     *
     * @param name of a published one; null for what was sent as a text
     * @param client whose it is
     * @param nanos from when it was begun to its answer
     */
    void executed(@Nullable String name, @Nullable String client, long nanos) {
        var timer = name == null ? texts : published(new Published(name, client == null ? OTHERS : client));
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer published(Published one) {
        var known = operations.get(one);
        if (known != null) {
            return known;
        }
        return operations.size() < MOST_OPERATIONS
                ? operations.computeIfAbsent(one, added -> operation(added.operation(), added.client()))
                : operations.computeIfAbsent(new Published(OTHERS, OTHERS), _ -> operation(OTHERS, OTHERS));
    }

    private Timer operation(String operation, String client) {
        return Timer.builder("selvage.operations")
                .description(
                        "Operations, from the request to the answer: published ones by name and client, others together")
                .tag("operation", operation)
                .tag("client", client)
                .register(metrics);
    }
}
