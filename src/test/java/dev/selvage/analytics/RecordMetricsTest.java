package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.SchemaWiring;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded, all of it or nothing. Of values see {@link MetricValueTest}. */
class RecordMetricsTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static final String RECORD = """
            mutation ($inputs: [MetricInput!]!) { recordMetrics(inputs: $inputs) {
              metrics { id metricType value date platform createdAt } userErrors { code message path } } }
            """;

    private final String type = Given.unique("type");

    private static Answer send(Caller caller, List<?> inputs) {
        return caller.query(RECORD, Map.of("inputs", inputs));
    }

    private static Answer send(List<?> inputs) {
        return send(admin, inputs).ok();
    }

    private Map<String, Object> figure(Object value, String date, @Nullable String platform) {
        var input = new HashMap<String, Object>(Map.of("metricType", type, "value", value, "date", date));
        if (platform != null) {
            input.put("platform", platform);
        }
        return input;
    }

    private static void refused(Answer answer, String... errors) {
        assertThat(answer.at("recordMetrics", "metrics").toString()).isEqualTo("[]");
        assertThat(answer.at("recordMetrics", "userErrors")
                        .valueStream()
                        .map(error -> error.path("code").asString() + " " + error.path("path")))
                .containsExactly(errors);
    }

    /** In the order of days and platforms. */
    private List<String> recorded() {
        return gateway.database()
                .query(
                        "SELECT concat_ws(' ', date, platform, metric_value) FROM analytics WHERE metric_type = ?"
                                + " ORDER BY date, platform NULLS FIRST",
                        row -> row.getString(1),
                        type);
    }

    @Test
    void figuresAreAnsweredInTheOrderInWhichTheyWereSent() {
        var answer = send(List.of(
                figure(3, "2026-01-03", null),
                figure(Map.of("total", 1), "2026-01-01", "web"),
                figure(new BigDecimal("2.25"), "2026-01-01", null)));

        assertThat(answer.at("recordMetrics", "userErrors")).isEmpty();
        assertThat(answer.at("recordMetrics", "metrics")
                        .valueStream()
                        .map(metric -> metric.path("date").asString() + metric.path("platform") + metric.path("value")))
                .containsExactly("2026-01-03null3", "2026-01-01\"web\"{\"total\":1}", "2026-01-01null2.25");
        assertThat(recorded()).containsExactly("2026-01-01 2.25", "2026-01-01 web {\"total\": 1}", "2026-01-03 3");
        assertThat(answer.statements()).isEqualTo(1);
    }

    @Test
    void aFigureRecordedAgainReplacesTheOldOneAndStaysTheSameRecord() {
        var first = send(List.of(figure(1, "2026-01-01", null), figure(2, "2026-01-01", "web")));
        var absent = figure(3, "2026-01-01", null);
        absent.put("platform", null);

        var again = send(List.of(absent));

        assertThat(again.text("recordMetrics", "metrics", 0, "id"))
                .isEqualTo(first.text("recordMetrics", "metrics", 0, "id"));
        assertThat(again.text("recordMetrics", "metrics", 0, "createdAt"))
                .isEqualTo(first.text("recordMetrics", "metrics", 0, "createdAt"));
        assertThat(recorded()).containsExactly("2026-01-01 3", "2026-01-01 web 2");
        assertThat(gateway.database()
                        .query(
                                "SELECT kind FROM changes WHERE subject = ? ORDER BY id",
                                row -> row.getString(1),
                                GlobalId.parse(first.text("recordMetrics", "metrics", 0, "id"))
                                        .key()))
                .containsExactly("created", "updated");
    }

    @Test
    void numbersStayExact() {
        var exact = "12345678901234567890.123456789012345678";

        send(List.of(
                figure(new BigDecimal(exact), "2026-01-01", null),
                figure(Map.of("a", new BigDecimal("0.10")), "2026-01-02", null)));

        assertThat(recorded()).containsExactly("2026-01-01 " + exact, "2026-01-02 {\"a\": 0.10}");
        assertThat(admin.query(
                                "query ($type: [String!]) { metricRollup(filter: { metricType: $type }, measure: SUM, by: []) { value } }",
                                Map.of("type", type))
                        .ok()
                        .text("metricRollup", 0, "value"))
                .isEqualTo(exact);
    }

    @Test
    void thousandAreRecordedAtOnceAndNotOneMore() {
        var first = LocalDate.of(2020, 1, 1);
        var inputs = new ArrayList<Map<String, Object>>();
        for (int day = 0; day <= 1000; day++) {
            inputs.add(figure(day, first.plusDays(day).toString(), null));
        }

        assertThat(send(admin, inputs).errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(recorded()).isEmpty();

        var answer = send(inputs.subList(0, 1000));
        assertThat(answer.at("recordMetrics", "metrics")).hasSize(1000);
        assertThat(answer.statements()).isEqualTo(1);
        assertThat(recorded()).hasSize(1000);
    }

    @Test
    void nothingIsRecordedOfNothing() {
        assertThat(send(List.of()).at("recordMetrics").toString()).isEqualTo("{\"metrics\":[],\"userErrors\":[]}");
    }

    @Test
    void ofTwoFiguresOfTheSameThingNeitherIsTakenAndBothPlacesAreNamed() {
        var answer = send(List.of(
                figure(1, "2026-01-01", "web"),
                figure(1, "2026-01-01", null),
                figure(2, "2026-01-01", "web"),
                figure(1, "2026-01-02", "web")));

        refused(answer, "NOT_UNIQUE [\"inputs\",\"2\"]");
        assertThat(answer.text("recordMetrics", "userErrors", 0, "message")).contains("0 and 2");
        assertThat(recorded()).isEmpty();
    }

    @Test
    void noFigureIsOfADayAfterTomorrow() {
        var today = LocalDate.now(ZoneOffset.UTC);
        var inputs = List.of(
                figure(1, today.plusDays(3).toString(), null),
                figure(1, today.toString(), null),
                figure(1, "9999-12-31", null));

        refused(send(inputs), "OUT_OF_RANGE [\"inputs\",\"0\",\"date\"]", "OUT_OF_RANGE [\"inputs\",\"2\",\"date\"]");
        assertThat(recorded()).isEmpty();

        assertThat(send(List.of(figure(1, today.plusDays(1).toString(), null), figure(1, "0000-01-01", null)))
                        .at("recordMetrics", "metrics"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"metricType, 0", "metricType, 101", "platform, 0", "platform, 101"})
    void namesHaveTheirBounds(String field, int length) {
        var figure = figure(1, "2026-01-01", "web");
        figure.put(field, "😀".repeat(length));
        refused(send(List.of(figure(1, "2026-01-02", null), figure)), "TOO_LONG [\"inputs\",\"1\",\"" + field + "\"]");

        figure.put(field, type + "😀".repeat(100 - type.length()));
        assertThat(send(List.of(figure))
                        .at("recordMetrics", "metrics", 0, field)
                        .asString())
                .endsWith("😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metricType", "platform"})
    void whatNoColumnHoldsIsRefusedWithItsPlace(String field) {
        var figure = figure(1, "2026-01-01", "web");
        figure.put(field, "we\0b");

        refused(send(List.of(figure)), "INVALID [\"inputs\",\"0\",\"" + field + "\"]");
    }

    @Test
    void atMostTwentyErrorsAreTold() {
        var late = IntStream.range(0, 50)
                .mapToObj(
                        day -> figure(1, LocalDate.of(2900, 1, 1).plusDays(day).toString(), null))
                .toList();
        assertThat(send(late).all("code", "recordMetrics", "userErrors"))
                .hasSize(20)
                .containsOnly("OUT_OF_RANGE");

        var wrong = Collections.nCopies(50, figure("text", "2026-01-01", null));
        assertThat(send(wrong).all("code", "recordMetrics", "userErrors"))
                .hasSize(20)
                .containsOnly("INVALID");
    }

    @Test
    void onlyAdministratorsAndIntegratorsWithTheScopeRecord() {
        var inputs = List.of(figure(1, "2026-01-01", null));

        assertThat(send(gateway.anonymous(), inputs).errorCodes()).containsExactly("UNAUTHENTICATED");
        assertThat(send(gateway.user(given.user()), inputs).errorCodes()).containsExactly("FORBIDDEN");
        assertThat(send(gateway.integrator("read:analytics write:calendar"), inputs)
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(recorded()).isEmpty();

        var integrator = gateway.integrator("write:analytics");
        assertThat(send(integrator, inputs).ok().at("recordMetrics", "metrics")).hasSize(1);
        assertThat(send(integrator, List.of(figure(2, "2026-01-01", null)))
                        .ok()
                        .at("recordMetrics", "metrics", 0, "value")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatIsSentAgainUnderItsKeyIsAnsweredAgain() {
        var text = RECORD.replace(
                "recordMetrics(inputs: $inputs)", "recordMetrics(inputs: $inputs) @idempotent(key: \"" + type + "\")");
        var variables = Map.of("inputs", List.of(figure(2, "2026-01-02", null), figure(1, "2026-01-01", null)));

        var first = admin.query(text, variables).ok();

        assertThat(admin.query(text, variables).ok().body()).isEqualTo(first.body());
    }

    @Test
    void everyConstraintThatCallersCanHitHasAMeaning() {
        var names = gateway.database().query("""
                SELECT conname FROM pg_constraint
                 WHERE conrelid = 'analytics'::regclass AND contype IN ('c', 'u')
                   -- What is recorded again is replaced.
                   AND conname <> 'analytics_one_a_day'""", row -> row.getString(1));

        assertThat(gateway.bean(SchemaWiring.class).constraints()).containsAll(names);
    }
}
