package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where in its arguments a request is told to be wrong, and in which words. That nothing is done see {@link RefusedInputTest}. */
class ArgumentPathTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static JsonNode error(String text, Map<String, ?> variables) {
        var answer = admin.query(text, variables);
        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        return answer.body().path("errors").path(0);
    }

    private static String message(String text, Map<String, ?> variables) {
        return error(text, variables).path("message").asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query ($v: Int) { a: events(first: $v) { nodes { id } } b: events(last: $v) { nodes { id } } } | first",
                "query ($v: Int) { ...F } fragment F on Query { ... { events(last: $v) { nodes { id } } } } | last",
                "query ($v: Boolean!) { ping: __typename @skip(if: $v) } | if",
                "query ($v: [ItemStatus!]) { inventoryItems(filter: { status: $v }) { nodes { id } } } | filter.status",
                "query ($v: ItemStatus!) { inventoryItems(filter: { status: [SOLD, $v] }) { nodes { id } } } | filter.status[1]",
                "mutation ($v: String!) { archiveFabric(input: { id: \"\", expectedVersion: 1 }) @idempotent(key: $v) { userErrors { code } } } | key",
                "query A ($v: Int) { events(first: $v) { nodes { id } } } query B ($v: String) { events(after: $v) { nodes { id } } } | first"
            })
    void thePlaceIsTheFirstWhereTheOperationUsesTheVariable(String text, String place) {
        var request = new HashMap<String, Object>(Map.of("query", text, "variables", Map.of("v", 1.5)));
        if (text.startsWith("query A")) {
            request.put("operationName", "A");
        }
        var answer = admin.send(JsonMapper.shared().writeValueAsString(request));

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(answer.body().path("errors").path(0).path("message").asString())
                .startsWith("`" + place + "`: This is n");
    }

    @Test
    void aFieldIsRepeatedIfItsNameCanBeOne() {
        var text = "mutation ($input: FabricVersionInput!) { archiveFabric(input: $input) { userErrors { code } } }";
        var input = Map.of("id", "x", "expectedVersion", 1);

        for (var name : List.of("", "\ud800", "a b", "1", "x".repeat(20_000))) {
            var error = error(text, Map.of("input", with(input, name)));
            assertThat(error.path("extensions").path("argumentPath").toString()).isEqualTo("[\"input\"]");
            assertThat(error.path("message").asString()).isEqualTo("`input`: `FabricVersionInput` has no such field.");
        }
        assertThat(message(text, Map.of("input", with(input, "price"))))
                .isEqualTo("`input.price`: `FabricVersionInput` has no such field.");
    }

    private static Map<String, Object> with(Map<String, ?> input, String name) {
        var more = new HashMap<String, Object>(input);
        more.put(name, 1);
        return more;
    }

    @Test
    void aWordThatIsNoneIsToldWithThoseThatAre() {
        var text = "mutation ($input: SetUserRoleInput!) { setUserRole(input: $input) { userErrors { code } } }";

        assertThat(message(text, Map.of("input", Map.of("id", "x", "expectedVersion", 1, "role", "OWNER"))))
                .isEqualTo("`input.role`: This is none of ADMIN, USER.");
    }

    @Test
    void whatIsRefusedIsRefusedBeforeWhatStandsAheadOfIt() {
        var type = Given.unique("visits");
        var figure = Map.of("metricType", type, "value", 1, "date", "2026-01-01");

        var error = error("""
                mutation ($one: [MetricInput!]!, $many: [MetricInput!]!) {
                  one: recordMetrics(inputs: $one) { userErrors { code } }
                  many: recordMetrics(inputs: $many) { userErrors { code } } }
                """, Map.of("one", List.of(figure), "many", List.of(figure, figure, with(figure, "date"))));

        assertThat(error.path("message").asString()).startsWith("`inputs[2].date`: This is not a calendar day");
        assertThat(error.path("extensions").path("argumentPath").toString()).isEqualTo("[\"inputs\",\"2\",\"date\"]");
        assertThat(gateway.database().query("SELECT FROM analytics WHERE metric_type = ?", _ -> true, type))
                .isEmpty();
    }
}
