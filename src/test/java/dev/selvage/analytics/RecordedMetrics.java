package dev.selvage.analytics;

import dev.selvage.support.TestDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Metrics with all that may stand in them, most of it nothing that a figure can be made of. */
final class RecordedMetrics {
    static final List<String> TYPES = List.of("visits", "Visits", "rate", "ünï, {x}", "NULL", "\uD83E\uDDF5");
    static final List<String> PLATFORMS = List.of("shop", "etsy", "null", "NULL", "a \"quoted\" \\ one", "{}");
    static final List<List<String>> PATHS = List.of(
            List.of(),
            List.of("total"),
            List.of("total", "of"),
            List.of("list", "0"),
            List.of("list", "-1"),
            List.of("list", "2", "n"),
            List.of(""),
            List.of("a\"b\\"),
            List.of("missing"),
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));

    /** Ends of years and of weeks' years, months, a leap day, and long ago. */
    private static final List<LocalDate> DAYS = Stream.of(
                    "2020-12-31", "2021-01-03", "2024-12-30", "2025-01-01", "2024-02-29", "2022-06-15", "0987-05-05")
            .map(LocalDate::parse)
            .toList();

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "0.1",
            "0.10",
            "-0.0000005",
            "0.0000005",
            "2.5",
            "100",
            "1e2",
            "12345678901234567890",
            "-99999999999999999999.99",
            "1e60",
            "-1e60",
            "1e-40",
            "1e300",
            "3.333333333333333333333333333333");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    record Metric(String type, LocalDate date, @Nullable String platform, JsonNode value) {
        /** The number at the path, if that is what is there. */
        @Nullable
        BigDecimal figure(List<String> path) {
            var node = value;
            for (var step : path) {
                node = node.isArray() ? at(node, step) : node.path(step);
            }
            return node.isNumber() ? node.decimalValue() : null;
        }

        private static JsonNode at(JsonNode array, String index) {
            if (!index.matches("-?[0-9]+")) {
                return array.path(-1);
            }
            int place = Integer.parseInt(index);
            return array.path(place < 0 ? array.size() + place : place);
        }
    }

    /** @param types and platforms null for all */
    record Filter(
            @Nullable List<String> types,
            @Nullable List<String> platforms,
            @Nullable LocalDate first,
            @Nullable LocalDate last) {
        boolean keeps(Metric metric) {
            return (types == null || types.contains(metric.type()))
                    && (platforms == null || (metric.platform() != null && platforms.contains(metric.platform())))
                    && (first == null || !metric.date().isBefore(first))
                    && (last == null || !metric.date().isAfter(last));
        }
    }

    private final List<Metric> metrics = new ArrayList<>();
    private final Random random;

    RecordedMetrics(TestDatabase database, Random random) {
        this.random = random;
        var taken = new HashSet<List<@Nullable Object>>();
        while (metrics.size() < 700) {
            record(any(DAYS).plusDays(random.nextInt(9) - 4), taken);
        }
        // More days than an answer may have groups.
        for (int day = 0; day < 1_005; day++) {
            record(LocalDate.of(1990, 1, 1).plusDays(day), taken);
        }
        database.within("selvage_owner", this::insert);
    }

    private void record(LocalDate date, Set<List<@Nullable Object>> taken) {
        var platform = random.nextInt(3) == 0 ? null : any(PLATFORMS);
        var type = any(TYPES);
        if (taken.add(Arrays.asList(type, date, platform))) {
            metrics.add(new Metric(type, date, platform, JSON.readTree(value())));
        }
    }

    private String value() {
        return switch (random.nextInt(4)) {
            case 0 -> any(NUMBERS);
            case 1 -> "{\"total\": " + any(NUMBERS) + "}";
            case 2 ->
                any(
                        List.of(
                                "{}",
                                "{\"total\": null}",
                                "{\"total\": \"5\"}",
                                "{\"total\": true}",
                                "{\"total\": [5]}",
                                "{\"total\": {\"of\": " + any(NUMBERS) + "}}",
                                "{\"\": 7, \"Total\": 8, \"a\\\"b\\\\\": 9}",
                                "{\"a\": {\"b\": {\"c\": {\"d\": {\"e\": {\"f\": {\"g\": {\"h\": {\"i\": {\"j\": 10}}}}}}}}}}"));
            default -> "{\"list\": [" + any(NUMBERS) + ", null, {\"n\": " + any(NUMBERS) + "}, " + any(NUMBERS) + "]}";
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean insert(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO analytics (metric_type, date, platform, metric_value) VALUES (?, ?, ?, ?::jsonb)")) {
            for (var metric : metrics) {
                statement.setString(1, metric.type());
                statement.setObject(2, metric.date());
                statement.setString(3, metric.platform());
                statement.setString(4, metric.value().toString());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return true;
    }

    static List<LocalDate> days() {
        return DAYS;
    }

    /** What the answer should be, each group as {@code [key] value count}. */
    List<String> groups(Filter filter, List<String> path, Measure measure, List<RollupDimension> dimensions) {
        var groups = new HashMap<List<@Nullable String>, List<BigDecimal>>();
        if (dimensions.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (var metric : metrics) {
            if (filter.keeps(metric)) {
                var key = new ArrayList<@Nullable String>();
                dimensions.forEach(dimension -> key.add(entry(dimension, metric)));
                var figures = groups.computeIfAbsent(key, _ -> new ArrayList<>());
                var figure = metric.figure(path);
                if (figure != null) {
                    figures.add(figure);
                }
            }
        }
        return groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Keys::compare))
                .map(group -> group.getKey() + " " + value(measure, group.getValue()) + " "
                        + group.getValue().size())
                .toList();
    }

    private static @Nullable String entry(RollupDimension dimension, Metric metric) {
        return switch (dimension) {
            case DAY -> Keys.day(metric.date());
            case WEEK -> Keys.week(metric.date());
            case MONTH -> Keys.month(metric.date());
            case PLATFORM -> metric.platform();
            case METRIC_TYPE -> metric.type();
        };
    }

    private static @Nullable String value(Measure measure, List<BigDecimal> figures) {
        if (measure == Measure.COUNT) {
            return Integer.toString(figures.size());
        }
        var value = switch (measure) {
            case MIN -> figures.stream().min(BigDecimal::compareTo);
            case MAX -> figures.stream().max(BigDecimal::compareTo);
            case AVG -> figures.stream().reduce(BigDecimal::add).map(sum -> average(sum, figures.size()));
            default -> figures.stream().reduce(BigDecimal::add);
        };
        return value.map(number -> number.stripTrailingZeros().toPlainString()).orElse(null);
    }

    /** In whole millionths: twice the sum and one count, over twice the count, cut off, is rounded half up. */
    private static BigDecimal average(BigDecimal sum, int count) {
        var doubled = sum.abs().movePointRight(6).multiply(BigDecimal.TWO).add(BigDecimal.valueOf(count));
        var whole =
                doubled.divideToIntegralValue(BigDecimal.valueOf(2L * count)).setScale(0, RoundingMode.UNNECESSARY);
        var millionths = sum.signum() < 0 ? whole.toBigIntegerExact().negate() : whole.toBigIntegerExact();
        return new BigDecimal(millionths, 6);
    }
}
