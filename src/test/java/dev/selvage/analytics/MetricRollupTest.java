package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Query.metricRollup}, case by case; {@link MetricRollupPropertyTest} has the rule. */
class MetricRollupTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());
    private static final String TYPE = Given.unique("figures");

    @BeforeAll
    static void metrics() {
        metric("2020-11-22", null, "{\"total\": 10, \"deep\": {\"er\": 0.1}, \"of\": [7, {\"n\": -1}]}");
        metric("2020-11-22", "shop", "{\"total\": 0.5}");
        metric("2020-11-23", "shop", "{\"total\": \"9\", \"deep\": 3}");
        metric("2020-11-23", null, "{\"total\": null}");
        metric("2021-01-01", "etsy", "100.10");
    }

    private static void metric(String date, @Nullable String platform, String value) {
        given.metric(TYPE, LocalDate.parse(date), platform, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUM, path: [\"total\"], by: [] | []=10.5/2",
                "SUM, by: [] | []=100.1/1",
                "SUM, path: null, by: [] | []=100.1/1",
                "SUM, path: [], by: [] | []=100.1/1",
                "SUM, path: \"deep\", by: [] | []=3/1",
                "SUM, path: [\"deep\", \"er\"], by: [] | []=0.1/1",
                "SUM, path: [\"of\", \"0\"], by: [] | []=7/1",
                "SUM, path: [\"of\", \"1\", \"n\"], by: [] | []=-1/1",
                "SUM, path: [\"of\"], by: [] | []=null/0",
                "COUNT, path: [\"of\"], by: [] | []=0/0",
                "COUNT, path: [\"total\"], by: [] | []=2/2",
                "AVG, path: [\"total\"], by: [] | []=5.25/2",
                "MIN, path: [\"total\"], by: [] | []=0.5/2",
                "MAX, path: [\"total\"], by: [] | []=10/2",
                "SUM, path: [\"total\"], by: DAY | [2020-11-22]=10.5/2 [2020-11-23]=null/0 [2021-01-01]=null/0",
                "COUNT, path: [\"total\"], by: DAY | [2020-11-22]=2/2 [2020-11-23]=0/0 [2021-01-01]=0/0",
                "SUM, path: [\"total\"], by: WEEK | [2020-W47]=10.5/2 [2020-W48]=null/0 [2020-W53]=null/0",
                "SUM, path: [\"total\"], by: MONTH | [2020-11]=10.5/2 [2021-01]=null/0",
                "SUM, path: [\"total\"], by: PLATFORM | [etsy]=null/0 [shop]=0.5/1 [null]=10/1",
                "SUM, path: [\"total\"], by: [PLATFORM, MONTH] | [etsy, 2021-01]=null/0 [shop, 2020-11]=0.5/1 [null, 2020-11]=10/1",
                "SUM, path: [\"total\"], by: [MONTH, PLATFORM] | [2020-11, shop]=0.5/1 [2020-11, null]=10/1 [2021-01, etsy]=null/0",
                "SUM, path: [\"total\"], by: [MONTH, MONTH] | [2020-11, 2020-11]=10.5/2 [2021-01, 2021-01]=null/0"
            })
    void figuresAreGroupedByTheirKeys(String asked, String expected) {
        assertThat(groups(rollup("metricType: \"" + TYPE + "\"", asked).ok())).isEqualTo(expected);
    }

    @Test
    void theTypeIsAKeyAsRecorded() {
        assertThat(groups(rollup("metricType: \"" + TYPE + "\"", "MAX, by: METRIC_TYPE")))
                .isEqualTo("[" + TYPE + "]=100.1/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SUM, by: [] | []=null/0",
                "COUNT, by: [] | []=0/0",
                "AVG, by: [] | []=null/0",
                "SUM, by: DAY | ``",
                "COUNT, by: [PLATFORM, WEEK] | ``"
            })
    void whereNothingMatchesThereIsOneGroupWithoutDimensionsAndNoneWithThem(String asked, String expected) {
        assertThat(groups(rollup("metricType: \"nothinglikethis\"", asked))).isEqualTo(expected);
        assertThat(groups(rollup("metricType: []", asked))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1 1 2, 1.333333",
        "2 2 1, 1.666667",
        "0.0000005, 0.000001",
        "-0.0000005, -0.000001",
        "0.00000049999999999999999999, 0",
        "0.0000014999999999999999999999999999999999 0, 0.000001",
        "100000000000000000000 100000000000000000001, 100000000000000000000.5",
        "-7 -8, -7.5",
        "10 20 30, 20",
        "1e30 -1e30 3e-6, 0.000001",
        "1e300, 1" // followed by three hundred zeros
    })
    void anAverageIsRoundedToSixDecimalsHalfAwayFromZero(String figures, String expected) {
        var type = Given.unique("average");
        int day = 1;
        for (var figure : List.of(figures.split(" "))) {
            given.metric(type, LocalDate.of(2024, 3, day++), null, figure);
        }
        var value = rollup("metricType: \"" + type + "\"", "AVG, by: []").ok().text("metricRollup", 0, "value");

        assertThat(value).isEqualTo(figures.equals("1e300") ? expected + "0".repeat(300) : expected);
    }

    @Test
    void aPathMayHaveTenEntriesAndNotOneMore() {
        var deep = "{\"a\":".repeat(9) + "{\"a\": 5}" + "}".repeat(9);
        var type = Given.unique("deep");
        given.metric(type, LocalDate.of(2024, 3, 1), null, deep);

        assertThat(rollup("metricType: \"" + type + "\"", "SUM, path: [%s], by: []".formatted(many("\"a\"", 10)))
                        .ok()
                        .text("metricRollup", 0, "value"))
                .isEqualTo("5");
        refused("SUM, path: [%s], by: []".formatted(many("\"a\"", 11)), "LIMIT_EXCEEDED", "`path` has 11 entries");
    }

    @Test
    void sixDimensionsAreGroupedAndNotOneMore() {
        assertThat(rollup("metricType: \"" + TYPE + "\"", "SUM, by: [%s]".formatted(many("MONTH", 6)))
                        .ok()
                        .at("metricRollup", 0, "key")
                        .size())
                .isEqualTo(6);
        refused("SUM, by: [%s]".formatted(many("DAY", 7)), "LIMIT_EXCEEDED", "`by` has 7 entries");
    }

    @Test
    void aThousandGroupsAreAnsweredAndOfOneMoreItIsSaidWhatToDo() {
        var type = Given.unique("daily");
        gateway.database().execute("selvage_owner", """
                INSERT INTO analytics (metric_type, date, metric_value)
                SELECT '%s', date '2021-01-01' + n, to_jsonb(n) FROM generate_series(0, 1000) n
                """.formatted(type));
        var thousand = rollup("metricType: \"%s\", date: { lte: \"2023-09-27\" }".formatted(type), "SUM, by: DAY");

        assertThat(thousand.ok().at("metricRollup").size()).isEqualTo(1_000);
        var answer = rollup("metricType: \"%s\"".formatted(type), "SUM, by: DAY");
        assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(answer.at("metricRollup").isNull()).isTrue();
        assertThat(answer.body().path("errors").path(0).path("message").asString())
                .contains("Ask for");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: $words | U+0000 | {\"words\": [\"a\\u0000\"]}",
                "path: [$word] | null | {\"word\": null}",
                "by: [$dimension] | null | {\"dimension\": null}"
            })
    void whatTheDatabaseCannotHoldAndWhatIsNullIsBadInput(String argument, String said, String variables) {
        var arguments = "measure: SUM, " + argument + (argument.startsWith("by") ? "" : ", by: []");
        var answer = admin.query(
                "query ($words: [String!], $word: String = \"a\", $dimension: RollupDimension = DAY) { metricRollup(%s) { value } x: metricRollup(measure: COUNT, path: $words, by: [$dimension]) @skip(if: true) { value } y: metricRollup(measure: COUNT, path: [$word], by: []) @skip(if: true) { value } }"
                        .formatted(arguments),
                parsed(variables));

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(answer.body().path("errors").path(0).path("message").asString())
                .contains(said);
    }

    private static Map<String, Object> parsed(String variables) {
        return tools.jackson.databind.json.JsonMapper.shared()
                .readValue(variables, new tools.jackson.core.type.TypeReference<HashMap<String, Object>>() {});
    }

    private static void refused(String asked, String code, String said) {
        var answer = rollup("", asked);
        assertThat(answer.errorCodes()).containsExactly(code);
        assertThat(answer.body().path("errors").path(0).path("message").asString())
                .startsWith(said);
        assertThat(answer.statements()).isZero();
    }

    private static Answer rollup(String filter, String asked) {
        return admin.query(
                "{ metricRollup(filter: { %s }, measure: %s) { key value count } }".formatted(filter, asked));
    }

    private static String many(String entry, int times) {
        return String.join(", ", Collections.nCopies(times, entry));
    }

    /** As {@code [key]=value/count}. */
    private static String groups(Answer answer) {
        return answer.ok()
                .at("metricRollup")
                .valueStream()
                .map(group -> List.copyOf(group.path("key")
                                .valueStream()
                                .map(entry -> entry.asString("null"))
                                .toList()) + "="
                        + group.path("value").asString("null") + "/"
                        + group.path("count").asInt())
                .collect(Collectors.joining(" "));
    }
}
