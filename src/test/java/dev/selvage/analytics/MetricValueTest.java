package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a figure may be: what the database keeps as it is, and what can be read back. */
class MetricValueTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private final String type = Given.unique("value");

    /** @param value JSON */
    private Answer record(String value) {
        return admin.send("""
                { "query": "mutation ($inputs: [MetricInput!]!) { recordMetrics(inputs: $inputs) { metrics { value } userErrors { code path } } }",
                  "variables": { "inputs": [{ "metricType": "%1$s", "value": 1, "date": "2026-01-01" },
                                            { "metricType": "%1$s", "value": %2$s, "date": "2026-01-02" }] } }
                """.formatted(type, value));
    }

    private long recorded() {
        return gateway.database()
                .query("SELECT count(*) FROM analytics WHERE metric_type = ?", row -> row.getLong(1), type)
                .getFirst();
    }

    private static String nested(int levels) {
        return "{ \"a\": ".repeat(levels) + "1" + " }".repeat(levels);
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                        "0",
                        "-1.50",
                        "{}",
                        "{ \"a\": null, \"b\": [1, \"x\", true], \"c\": {} }",
                        nested(10),
                        "9".repeat(1000),
                        "-" + "9".repeat(1000),
                        "0." + "0".repeat(998) + "1",
                        "9".repeat(500) + "." + "9".repeat(500),
                        "1e999",
                        "1e-999",
                        "{ \"a\": \"" + "x".repeat(65_527) + "\" }")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource
    void kept(String value) {
        var answer = record(value).ok();

        assertThat(answer.at("recordMetrics", "userErrors")).isEmpty();
        assertThat(admin.query(
                                "query ($type: [String!]) { metrics(filter: { metricType: $type }) { nodes { value } } }",
                                Map.of("type", type))
                        .ok()
                        .at("metrics", "nodes", 0))
                .as("read anew")
                .isEqualTo(answer.at("recordMetrics", "metrics", 1));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("\"1\"", "INVALID"),
                Arguments.of("true", "INVALID"),
                Arguments.of("[1]", "INVALID"),
                Arguments.of(nested(11), "INVALID"),
                Arguments.of("{ \"a\": [[[[[[[[[[1]]]]]]]]]] }", "INVALID"),
                Arguments.of("1e1000", "OUT_OF_RANGE"),
                Arguments.of("1e-1000", "OUT_OF_RANGE"),
                Arguments.of("1e1000000000", "OUT_OF_RANGE"),
                Arguments.of("{ \"a\": [1e-1000000000] }", "OUT_OF_RANGE"),
                Arguments.of("{ \"a\": { \"b\": \"\\u0000\" } }", "INVALID"),
                Arguments.of("{ \"a\": \"\\ud800\" }", "INVALID"),
                Arguments.of("{ \"a\": \"" + "x".repeat(65_528) + "\" }", "TOO_LONG"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String value, String code) {
        var answer = record(value).ok();

        assertThat(answer.at("recordMetrics").toString())
                .isEqualTo("{\"metrics\":[],\"userErrors\":[{\"code\":\"" + code
                        + "\",\"path\":[\"inputs\",\"1\",\"value\"]}]}");
        assertThat(recorded()).isZero();
    }

    @Test
    void namesWithinAValueAreTextsToo() {
        var answer = admin.query(
                        "mutation ($inputs: [MetricInput!]!) { recordMetrics(inputs: $inputs) { userErrors { code path } } }",
                        Map.of("inputs", Map.of("metricType", type, "value", Map.of("a\0", 1), "date", "2026-01-01")))
                .ok();

        assertThat(answer.at("recordMetrics", "userErrors").toString())
                .isEqualTo("[{\"code\":\"INVALID\",\"path\":[\"inputs\",\"0\",\"value\"]}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400", "0.1000000000000000055511151231257827"})
    void aNumberIsTakenAsItIs(String number) {
        record(number).ok();

        assertThat(gateway.database()
                        .query(
                                "SELECT metric_value = ?::jsonb FROM analytics WHERE metric_type = ? AND date = '2026-01-02'",
                                row -> row.getBoolean(1),
                                number,
                                type))
                .containsExactly(true);
    }

    /** Reading these takes too long, so nobody does. */
    @Test
    void aNumberThatIsTooLongForJsonIsRefusedWithTheWhole() {
        assertThat(record("9".repeat(1001)).errorCodes()).containsExactly("BAD_REQUEST");
        assertThat(recorded()).isZero();
    }

    @Test
    void aValueStandsInTheDocumentToo() {
        var answer = admin.query("""
                mutation ($type: String!, $unique: Int) { recordMetrics(inputs: { metricType: $type, date: "2026-01-02",
                    value: { total: 3.25, unique: $unique, by: [WEB, "app"] } }) { metrics { value } userErrors { code } } }
                """, Map.of("type", type, "unique", 2)).ok();

        assertThat(answer.at("recordMetrics", "metrics", 0, "value").toString())
                .isEqualTo("{\"by\":[\"WEB\",\"app\"],\"total\":3.25,\"unique\":2}");
    }
}
