package dev.selvage.analytics;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class MetricRepository {
    private static final String COLUMNS = "id, metric_type, metric_value, date, platform, created_at";

    /** The number at the path {@code $1}, or NULL if something else is there. The empty path is the value itself. */
    private static final String FIGURE = """
            CASE WHEN jsonb_typeof(metric_value #> $1::text[]) = 'number' THEN (metric_value #> $1::text[])::numeric END""";

    private static final int AVERAGE_DECIMALS = 6;

    static final Listing<Metric> METRICS = Listing.of(
                    "analytics", COLUMNS, MetricRepository::toMetric, UUID.class, Metric::id)
            .filter("metricType", Filter.anyOf("metric_type"))
            .filter("platform", Filter.anyOf("platform"))
            .filter("date", Filter.days("date"))
            .sort("DATE", "date", LocalDate.class)
            .descendingByDefault();

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM analytics WHERE id = ANY ($1)".formatted(COLUMNS));

    private final Database database;

    MetricRepository(Database database) {
        this.database = database;
    }

    Mono<List<Metric>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), MetricRepository::toMetric);
    }

    /**
     * Groups the figures, in the order of the keys.
     *
     * @param filter that of {@link #METRICS}
     * @param path where in the recorded value the figure is
     */
    Mono<List<RollupGroup>> rollup(
            @Nullable Map<?, ?> filter, List<String> path, Measure measure, List<RollupDimension> by) {
        Object at = path.stream().map(Filter::checked).toArray(String[]::new);
        var key = by.stream().map(MetricRepository::expression).collect(Collectors.joining(", "));
        // In an array NULL comes last.
        var selected = "ARRAY[" + key + "]::text[] COLLATE \"C\" AS key, " + aggregate(measure) + "(" + FIGURE
                + ")::numeric AS value, count(" + FIGURE + ") AS count";
        // Without dimensions all rows are one group, also when there are none.
        var rest = by.isEmpty() ? "" : "GROUP BY 1 ORDER BY 1 LIMIT " + (AnalyticsFields.MAX_GROUPS + 1);
        return database.query(METRICS.aggregate(selected, List.of(at), filter, rest), row -> toGroup(measure, row));
    }

    private static String expression(RollupDimension dimension) {
        return switch (dimension) {
            case DAY -> "to_char(date, 'YYYY-MM-DD')";
            case WEEK -> "to_char(date, 'IYYY-\"W\"IW')";
            case MONTH -> "to_char(date, 'YYYY-MM')";
            case PLATFORM -> "platform";
            case METRIC_TYPE -> "metric_type";
        };
    }

    /** An average is worked out from the sum: PostgreSQL's own keeps sixteen digits, of a large number no decimals. */
    private static String aggregate(Measure measure) {
        return switch (measure) {
            case SUM, AVG -> "sum";
            case MIN -> "min";
            case MAX -> "max";
            case COUNT -> "count";
        };
    }

    private static RollupGroup toGroup(Measure measure, Columns row) {
        var key = row.words();
        var value = row.decimalOrNull();
        int count = Math.toIntExact(row.bigint());
        if (value != null && measure == Measure.AVG) {
            value = value.divide(BigDecimal.valueOf(count), AVERAGE_DECIMALS, RoundingMode.HALF_UP);
        }
        return new RollupGroup(key, value == null ? null : value.stripTrailingZeros(), count);
    }

    private static Metric toMetric(Columns row) {
        return new Metric(row.uuid(), row.text(), row.json(), row.date(), row.textOrNull(), row.instant());
    }
}
