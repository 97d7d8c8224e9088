package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestPostgres;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** {@code Query.metricRollup} is what the recorded figures add up to, whatever is asked, to the last digit. */
class MetricRollupPropertyTest {
    private static final int MOST = 1_000;

    private static final Gateway gateway =
            Gateway.start(TestPostgres.embedded18().database("rollups"));
    private static final Caller reader = gateway.integrator("read:analytics");
    private static final RecordedMetrics recorded = new RecordedMetrics(gateway.database(), new Random(1));

    @AfterContainer
    static void stop() {
        gateway.stop();
    }

    /** @param path null for none */
    record Question(
            RecordedMetrics.Filter filter, @Nullable List<String> path, Measure measure, List<RollupDimension> by) {}

    @Provide
    Arbitrary<Question> questions() {
        Arbitrary<@Nullable LocalDate> days = Combinators.combine(
                        Arbitraries.of(RecordedMetrics.days()),
                        Arbitraries.integers().between(-4, 4))
                .as(LocalDate::plusDays)
                .injectNull(0.5);
        var filters = Combinators.combine(some(RecordedMetrics.TYPES), some(RecordedMetrics.PLATFORMS), days, days)
                .as(RecordedMetrics.Filter::new);
        var dimensions = Arbitraries.of(RollupDimension.class).list().ofMaxSize(6);
        return Combinators.combine(
                        filters,
                        Arbitraries.of(RecordedMetrics.PATHS).injectNull(0.1),
                        Arbitraries.of(Measure.class),
                        dimensions)
                .as(Question::new);
    }

    private static Arbitrary<@Nullable List<String>> some(List<String> words) {
        var known = Stream.concat(words.stream(), Stream.of("nothinglikethis")).toList();
        return Arbitraries.of(known).list().ofMaxSize(8).injectNull(0.6);
    }

    @Property(tries = 300, seed = "1")
    void aRollupIsWhatTheRecordedFiguresAddUpTo(@ForAll("questions") Question question) {
        var filter = new HashMap<String, @Nullable Object>();
        filter.put("metricType", question.filter().types());
        filter.put("platform", question.filter().platforms());
        var date = new HashMap<String, @Nullable Object>();
        date.put("gte", text(question.filter().first()));
        date.put("lte", text(question.filter().last()));
        filter.put("date", date);
        var variables = new HashMap<String, @Nullable Object>();
        variables.put("filter", filter);
        variables.put("path", question.path());
        variables.put("measure", question.measure());
        variables.put("by", question.by());
        var answer = reader.query("""
                query ($filter: MetricFilter, $path: [String!], $measure: Measure!, $by: [RollupDimension!]!) {
                  metricRollup(filter: $filter, path: $path, measure: $measure, by: $by) { key value count } }
                """, variables);
        var path = question.path() == null ? List.<String>of() : question.path();
        var expected = recorded.groups(question.filter(), path, question.measure(), question.by());

        if (expected.size() > MOST) {
            assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
            return;
        }
        assertThat(answer.ok()
                        .at("metricRollup")
                        .valueStream()
                        .map(group -> group.path("key")
                                        .valueStream()
                                        .map(entry -> entry.isNull() ? null : entry.asString())
                                        .collect(Collectors.toList())
                                + " "
                                + (group.path("value").isNull()
                                        ? null
                                        : group.path("value").asString())
                                + " " + group.path("count").asInt()))
                .containsExactlyElementsOf(expected);
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }
}
