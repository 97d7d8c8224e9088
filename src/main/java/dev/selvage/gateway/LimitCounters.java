package dev.selvage.gateway;

import dev.selvage.execution.DocumentLimit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Counts what is refused for being too large, so that whoever sets the limits sees which of them are met. */
@Component
class LimitCounters {
    private final Map<DocumentLimit, Counter> documents = new EnumMap<>(DocumentLimit.class);
    private final Counter introspection;
    private final Counter operations;
    private final Counter costs;

    LimitCounters(MeterRegistry metrics) {
        for (var limit : DocumentLimit.values()) {
            documents.put(limit, counter(metrics, limit.tag()));
        }
        introspection = counter(metrics, "introspection");
        operations = counter(metrics, "operation");
        costs = counter(metrics, "cost");
    }

    private static Counter counter(MeterRegistry metrics, String limit) {
        return Counter.builder("selvage.limits")
                .description("What was refused for asking for more than one may")
                .tag("limit", limit)
                .register(metrics);
    }

    void count(DocumentLimit limit) {
        Objects.requireNonNull(documents.get(limit)).increment();
    }

    /** One asked for more of the schema than anybody needs. */
    void countIntrospection() {
        introspection.increment();
    }

    /** One would have cost more than one request may. */
    void countCost() {
        costs.increment();
    }

    /** One asked for too much while it was executed, such as a page that is too long. */
    void countOperation() {
        operations.increment();
    }
}
