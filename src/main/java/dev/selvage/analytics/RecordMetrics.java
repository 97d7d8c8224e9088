package dev.selvage.analytics;

import dev.selvage.analytics.MetricRepository.Figure;
import dev.selvage.analytics.MetricRepository.Recorded;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.recordMetrics}: records all figures or none. One that was recorded before is replaced. */
@Component
class RecordMetrics implements Mutation<List<Metric>> {
    static final int MOST = 1_000;

    /** Of what is wrong, as much as somebody can put right before they try again. */
    static final int MOST_ERRORS = 20;

    private final MetricRepository metrics;

    RecordMetrics(MetricRepository metrics) {
        this.metrics = metrics;
    }

    @Override
    public Mono<Payload<List<Metric>>> change(Input arguments) {
        var inputs = arguments.each("inputs");
        if (inputs.size() > MOST) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "`inputs` has " + inputs.size() + " entries; it may have up to " + MOST + ". Send them in parts.");
        }
        var figures = inputs.stream().map(RecordMetrics::figure).toList();
        if (arguments.errors().isEmpty()) {
            refuseTwins(arguments, figures);
        }
        if (!arguments.errors().isEmpty()) {
            return Mono.just(refused(arguments.errors()));
        }
        return metrics.record(figures).map(recorded -> {
            var refused = recorded.stream().filter(one -> one.metric() == null).toList();
            return refused.isEmpty()
                    ? Payload.of(inOrder(figures, recorded))
                    : refused(
                            refused.stream().map(RecordMetrics::tooLateOrLarge).toList());
        });
    }

    private static Payload<List<Metric>> refused(List<? extends UserError> errors) {
        return Payload.refused(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    }

    private static Figure figure(Input input) {
        var type = input.text("metricType");
        if (type != null && !isName(type)) {
            input.refuse("metricType", ErrorCode.TOO_LONG, AnalyticsConstraints.TYPE);
        }
        var platform = input.text("platform");
        if (platform != null && !isName(platform)) {
            input.refuse("platform", ErrorCode.TOO_LONG, AnalyticsConstraints.PLATFORM);
        }
        var value = Objects.requireNonNull(input.value("value"));
        var fault = MetricValue.fault(value);
        if (fault != null) {
            input.refuse("value", fault.code(), fault.sentence());
        }
        return new Figure(
                Objects.requireNonNullElse(type, ""),
                (LocalDate) Objects.requireNonNull(input.value("date")),
                platform,
                value);
    }

    private static boolean isName(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 1 && length <= 100;
    }

    /** Of two figures of the same thing one would replace the other, and nobody could say which. */
    private static void refuseTwins(Input arguments, List<Figure> figures) {
        var places = new HashMap<Key, Integer>();
        for (int place = 0; place < figures.size(); place++) {
            var first = places.putIfAbsent(Key.of(figures.get(place)), place);
            if (first != null) {
                arguments.refuse(new InputError(
                        ErrorCode.NOT_UNIQUE,
                        "Inputs " + first + " and " + place
                                + " are of the same type, day and platform. Send one of them.",
                        List.of("inputs", Integer.toString(place))));
            }
        }
    }

    /** What there is one figure of. */
    private record Key(
            String type, LocalDate date, @Nullable String platform) {
        static Key of(Figure figure) {
            return new Key(figure.metricType(), figure.date(), figure.platform());
        }

        static Key of(Metric metric) {
            return new Key(metric.metricType(), metric.date(), metric.platform());
        }
    }

    private static List<Metric> inOrder(List<Figure> figures, List<Recorded> recorded) {
        var byKey = new HashMap<Key, Metric>();
        recorded.forEach(one -> byKey.put(Key.of(Objects.requireNonNull(one.metric())), one.metric()));
        var ordered = new ArrayList<Metric>(figures.size());
        figures.forEach(figure -> ordered.add(Objects.requireNonNull(byKey.get(Key.of(figure)))));
        return ordered;
    }

    private static UserError tooLateOrLarge(Recorded refused) {
        var path = List.of("inputs", Long.toString(refused.place()), refused.field());
        return refused.field().equals("date")
                ? new InputError(ErrorCode.OUT_OF_RANGE, AnalyticsConstraints.DATE, path)
                : new InputError(ErrorCode.TOO_LONG, AnalyticsConstraints.SIZE, path);
    }
}
