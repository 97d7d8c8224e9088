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
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class MetricRepository {
    private static final String COLUMNS = "id, metric_type, metric_value, date, platform, created_at";

    /** The number at the path {@code $1}, or NULL if something else is there. The empty path is the value itself. */
    private static final String FIGURE = """
            CASE WHEN jsonb_typeof(metric_value #> $1::text[]) = 'number' THEN (metric_value #> $1::text[])::numeric END""";

    private static final int AVERAGE_DECIMALS = 6;

    private static final JsonMapper JSON = JsonMapper.shared();

    static final Listing<Metric> METRICS = Listing.of(
                    "analytics", COLUMNS, MetricRepository::toMetric, UUID.class, Metric::id)
            .filter("metricType", Filter.anyOf("metric_type"))
            .filter("platform", Filter.anyOf("platform"))
            .filter("date", Filter.days("date"))
            .sort("DATE", "date", LocalDate.class)
            .descendingByDefault();

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM analytics WHERE id = ANY ($1)".formatted(COLUMNS));

    /**
     * {@code $1 …} are types, days since 1970, platforms (an empty text for none) and values. If one of them will not do, none is
     * written, and the first places are answered of those that will not. Rows are written in the order of what they are figures
     * of: two who record the same ones in different orders would wait for each other.
     */
    static final Sql RECORD = Sql.of("""
            WITH given AS MATERIALIZED (
                SELECT metric_type, date '1970-01-01' + day AS date, nullif(platform, '') AS platform, value::jsonb AS value,
                       place - 1 AS place
                  FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]) WITH ORDINALITY
                       AS input (metric_type, day, platform, value, place)),
            refused AS (
                SELECT place, CASE WHEN octet_length(value::text) > 65536 THEN 'value' ELSE 'date' END AS field
                  FROM given
                 WHERE octet_length(value::text) > 65536 OR date > (now() AT TIME ZONE 'UTC')::date + 1
                 ORDER BY place
                 LIMIT %d),
            recorded AS (
                INSERT INTO analytics (metric_type, metric_value, date, platform)
                SELECT metric_type, value, date, platform
                  FROM given
                 WHERE NOT EXISTS (SELECT FROM refused)
                 ORDER BY metric_type COLLATE "C", date, platform COLLATE "C"
                    ON CONFLICT ON CONSTRAINT analytics_one_a_day DO UPDATE SET metric_value = EXCLUDED.metric_value
                RETURNING %s)
            SELECT place, field, NULL, NULL, NULL, NULL, NULL, NULL FROM refused
             UNION ALL
            SELECT 0, '', %s FROM recorded
             ORDER BY 1""".formatted(RecordMetrics.MOST_ERRORS, COLUMNS, COLUMNS));

    private final Database database;

    MetricRepository(Database database) {
        this.database = database;
    }

    Mono<List<Metric>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), MetricRepository::toMetric);
    }

    /**
     * A figure to be recorded.
     *
     * @param value JSON as maps, lists, texts and numbers
     */
    record Figure(
            String metricType, LocalDate date, @Nullable String platform, Object value) {}

    /**
     * One that was, or that would not do.
     *
     * @param place in what was sent
     * @param field what of it would not do
     * @param metric null if it would not
     */
    record Recorded(long place, String field, @Nullable Metric metric) {}

    /** Records all of them, no two of the same type, day and platform. If one will not do, only such are answered. */
    Mono<List<Recorded>> record(List<Figure> figures) {
        var types = figures.stream().map(Figure::metricType).toArray(String[]::new);
        var days = figures.stream()
                .map(figure -> Math.toIntExact(figure.date().toEpochDay()))
                .toArray(Integer[]::new);
        var platforms = figures.stream()
                .map(figure -> Objects.requireNonNullElse(figure.platform(), ""))
                .toArray(String[]::new);
        var values = figures.stream()
                .map(figure -> JSON.writeValueAsString(figure.value()))
                .toArray(String[]::new);
        return database.query(RECORD.with(types, days, platforms, values), MetricRepository::toRecorded);
    }

    private static Recorded toRecorded(Columns row) {
        long place = row.bigint();
        var field = row.text();
        return new Recorded(place, field, field.isEmpty() ? toMetric(row) : null);
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
