package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code Query.metrics} and the type {@code Metric}. */
class MetricTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());
    private static final String VISITS = Given.unique("visits");
    private static final String SALES = Given.unique("Sales");
    private static Given.Metric visits = new Given.Metric(new UUID(0, 0));

    @BeforeAll
    static void metrics() {
        visits = metric(
                VISITS, "2024-11-20", null, "{\"total\": 310.50, \"of\": [1, 2.0, \"three\", null, {\"a\": true}]}");
        metric(VISITS, "2024-11-21", "instagram", "17");
        metric(VISITS, "2024-11-22", "Instagram", "-0.10");
        metric(SALES, "2024-11-20", "shop", "1e3");
        metric(SALES, "2024-11-21", "etsy", "0");
    }

    private static Given.Metric metric(String type, String date, @Nullable String platform, String value) {
        return given.metric(type, LocalDate.parse(date), platform, value);
    }

    @Test
    void aMetricTellsAllThatItsRowHas() {
        var answer = admin.query("{ node(id: \"%s\") { ... on Metric { metricType value date platform createdAt } } }"
                        .formatted(visits.globalId()))
                .ok();

        assertThat(answer.text("node", "metricType")).isEqualTo(VISITS);
        assertThat(answer.text("node", "date")).isEqualTo("2024-11-20");
        assertThat(answer.at("node", "platform").isNull()).isTrue();
        assertThat(answer.text("node", "createdAt")).endsWith("Z");
        assertThat(answer.at("node", "value"))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"of\": [1, 2.0, \"three\", null, {\"a\": true}], \"total\": 310.50}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "metricType: \"VISITS\" | 22 21 20",
                "metricType: [\"VISITS\", \"SALES\"], platform: [\"shop\", \"Instagram\"] | 22 20",
                "metricType: \"VISITS\", platform: \"instagram\" | 21",
                "metricType: \"VISITS\", platform: [] | ``",
                "metricType: [], platform: \"instagram\" | ``",
                "metricType: \"VISITS\", platform: null, date: null | 22 21 20",
                "metricType: \"VISITS\", date: { gte: \"2024-11-21\" } | 22 21",
                "metricType: \"VISITS\", date: { lte: \"2024-11-21\" } | 21 20",
                "metricType: \"VISITS\", date: { gte: \"2024-11-21\", lte: \"2024-11-21\" } | 21",
                "metricType: \"VISITS\", date: { gte: \"2024-11-22\", lte: \"2024-11-21\" } | ``",
                "metricType: \"VISITS\", date: { gte: null, lte: null } | 22 21 20",
                "metricType: \"visits' OR '1'='1\" | ``"
            })
    void aFilterKeepsWhatItNamesAndTheNewestComesFirst(String filter, String expected) {
        assertThat(days(filter, "")).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource({"DATE, ASC, 20 21 22", "DATE, DESC, 22 21 20"})
    void theSortRunsBothWays(String field, String direction, String expected) {
        assertThat(days("metricType: \"VISITS\"", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .containsExactlyElementsOf(words(expected));
        assertThat(days("metricType: \"VISITS\"", ", sort: { field: DATE }")).containsExactly("22", "21", "20");
    }

    private static List<String> days(String filter, String sort) {
        var answer = admin.query("{ metrics(filter: { %s } %s) { totalCount nodes { date } } }"
                        .formatted(filter.replace("VISITS", VISITS).replace("SALES", SALES), sort))
                .ok();
        assertThat(answer.at("metrics", "totalCount").asInt())
                .isEqualTo(answer.at("metrics", "nodes").size());
        return answer.all("date", "metrics", "nodes").stream()
                .map(date -> date.substring("2024-11-".length()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWalkMeetsEveryMetricOnceInOrderAlsoThoseOfOneDay(boolean backward) {
        var type = Given.unique("walk");
        for (int i = 0; i < 17; i++) {
            given.metric(type, LocalDate.of(2024, 1, 1 + i % 3), "platform " + i, "1");
        }
        var expected = gateway.database()
                .query(
                        "SELECT id FROM analytics WHERE metric_type = ? ORDER BY date DESC, id DESC",
                        row -> new Given.Metric(row.getObject(1, UUID.class)).globalId(),
                        type);
        var met = new ArrayList<String>();
        var cursor = "null";
        do {
            var page = admin.query("{ metrics(%s, filter: { metricType: \"%s\" }) { nodes { id } pageInfo { %s } } }"
                            .formatted(
                                    (backward ? "last: 5, before: " : "first: 5, after: ") + cursor,
                                    type,
                                    backward
                                            ? "more: hasPreviousPage end: startCursor"
                                            : "more: hasNextPage end: endCursor"))
                    .ok();
            met.addAll(backward ? 0 : met.size(), page.all("id", "metrics", "nodes"));
            cursor = page.at("metrics", "pageInfo", "more").asBoolean()
                    ? "\"" + page.text("metrics", "pageInfo", "end") + "\""
                    : "";
        } while (!cursor.isEmpty());

        assertThat(met).hasSize(17).isEqualTo(expected);
    }

    static Stream<Caller> readers() {
        return Stream.of(admin, gateway.integrator("read:analytics"), gateway.integrator("write:analytics"));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void administratorsAndReadersOfAnalyticsSeeMetrics(Caller reader) {
        var answer = reader.query("{ metrics(filter: { metricType: \"%s\" }) { totalCount } node(id: \"%s\") { id } }"
                        .formatted(VISITS, visits.globalId()))
                .ok();

        assertThat(answer.at("metrics", "totalCount").asInt()).isEqualTo(3);
        assertThat(answer.text("node", "id")).isEqualTo(visits.globalId());
    }

    static Stream<Object[]> others() {
        return Stream.of(
                new Object[] {gateway.anonymous(), "UNAUTHENTICATED"},
                new Object[] {gateway.user(given.user()), "FORBIDDEN"},
                new Object[] {gateway.integrator("read:calendar read:orders"), "FORBIDDEN"});
    }

    @ParameterizedTest
    @MethodSource("others")
    void othersAreRefusedEachFieldAndItsSiblingsSurvive(Caller other, String code) {
        for (var field : List.of(
                "metrics { nodes { value } totalCount }",
                "metricRollup(measure: SUM, by: []) { value }",
                "sales(during: {}, by: []) { revenue { amount } }")) {
            var answer = other.query("{ refused: %s sibling: __typename }".formatted(field));

            assertThat(answer.at("refused").isNull()).as(field).isTrue();
            assertThat(answer.text("sibling")).isEqualTo("Query");
            assertThat(answer.errorCodes()).containsExactly(code);
            assertThat(answer.statements()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void toOthersAMetricAnswersAsOneThatDoesNotExist(Caller other, String code) {
        var missing = new Given.Metric(new UUID(0, 0));
        for (var field : List.of("node(id: \"%s\") { id ... on Metric { value } }", "nodes(ids: [\"%s\"]) { id }")) {
            var hidden = other.query("{ " + field.formatted(visits.globalId()) + " }");
            var none = other.query("{ " + field.formatted(missing.globalId()) + " }");

            assertThat(hidden.ok().body()).as(code).isEqualTo(none.ok().body());
            assertThat(hidden.statements()).isEqualTo(none.statements()).isOne();
        }
    }

    @Test
    void eachFieldTakesOneStatement() {
        assertThat(admin.query("{ metrics(first: 100) { nodes { value } } }")
                        .ok()
                        .statements())
                .isEqualTo(1);
        assertThat(admin.query("{ metrics(first: 1) { nodes { value } totalCount } }")
                        .ok()
                        .statements())
                .isEqualTo(2);
        assertThat(admin.query("{ metricRollup(measure: AVG, by: [WEEK, PLATFORM]) { key value count } }")
                        .ok()
                        .statements())
                .isEqualTo(1);
        assertThat(admin.query("{ sales(during: {}, by: [SUBJECT_KIND]) { key orders } }")
                        .ok()
                        .statements())
                .isEqualTo(1);
        assertThat(admin.document("SalesByMonth", Map.of()).ok().statements()).isEqualTo(2);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
