package dev.selvage.analytics;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Wiring;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Query.metrics}, {@code Query.metricRollup}, {@code Query.sales} and their types. */
@Component
class AnalyticsFields implements Wiring {
    /** What one answer holds; the repositories ask for one more, which says that there are more. */
    static final int MAX_GROUPS = 1_000;

    private static final int MAX_PATH = 10;
    private static final int MAX_DIMENSIONS = 6;

    private final MetricRepository metrics;
    private final SalesRepository sales;

    AnalyticsFields(MetricRepository metrics, SalesRepository sales) {
        this.metrics = metrics;
        this.sales = sales;
    }

    @Override
    public void wire(Fields fields) {
        fields.query()
                .page("metrics", MetricRepository.METRICS)
                .all("metricRollup", MAX_GROUPS, this::rollup)
                .all("sales", MAX_GROUPS, this::sales);
        fields.type(Metric.class).id(new Lookup<>(UUID.class, metrics::findAll, Metric::id));
        fields.type("MetricsPayload", Payload.class).value("metrics", AnalyticsFields::recorded);
        fields.type(RollupGroup.class);
        fields.type(SalesGroup.class);
    }

    /** A list that is there, though it be empty, also where nothing was recorded. */
    private static Object recorded(Payload<?> payload) {
        return Objects.requireNonNullElse((@Nullable Object) payload.record(), List.of());
    }

    private Mono<List<RollupGroup>> rollup(Map<String, Object> arguments) {
        return metrics.rollup(
                (Map<?, ?>) arguments.get("filter"),
                elements(arguments, "path", MAX_PATH, Function.identity()),
                Measure.valueOf((String) Objects.requireNonNull(arguments.get("measure"))),
                elements(arguments, "by", MAX_DIMENSIONS, RollupDimension::valueOf));
    }

    private Mono<List<SalesGroup>> sales(Map<String, Object> arguments) {
        var during = (Map<?, ?>) Objects.requireNonNull(arguments.get("during"));
        return sales.findAll(
                (LocalDate) during.get("gte"),
                (LocalDate) during.get("lte"),
                elements(arguments, "by", MAX_DIMENSIONS, SalesDimension::valueOf));
    }

    private static <T> List<T> elements(
            Map<String, Object> arguments, String name, int most, Function<String, T> element) {
        List<?> given = Objects.requireNonNullElse((List<?>) arguments.get(name), List.of());
        if (given.size() > most) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "`" + name + "` has " + given.size() + " entries; it may have up to " + most + ".");
        }
        return given.stream().map(entry -> element.apply((String) entry)).toList();
    }
}
