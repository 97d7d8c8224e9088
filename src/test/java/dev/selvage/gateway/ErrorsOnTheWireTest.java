package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Errors as callers get them: a code that they can rely on, and nothing of how the gateway is made. */
class ErrorsOnTheWireTest {
    private static final Gateway gateway = Gateway.running();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "query {",
                "{ events(first: ) { nodes { id } } }",
                "{ viewer { roles } } }",
                "\"text\"",
                "{ é }"
            })
    void aTextThatIsNoDocumentFailsToParse(String text) {
        assertOnly(gateway.anonymous().query(text), "GRAPHQL_PARSE_FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ nope }",
                "{ viewer }",
                "{ viewer { roles { id } } }",
                "{ event { name } }",
                "{ event(id: \"x\", also: 1) { name } }",
                "{ events(first: \"ten\") { nodes { id } } }",
                "{ events(sort: { field: COLOUR }) { nodes { id } } }",
                "{ events(filter: { saleStart: { gte: \"yesterday\" } }) { nodes { id } } }",
                "{ inventoryItem(by: {}) { id } }",
                "{ inventoryItem(by: { id: \"a\", barcode: \"b\" }) { id } }",
                "{ user(by: { email: \"nobody\" }) { id } }",
                "query ($a: Nope) { viewer { roles } }",
                "query ($a: Int) { viewer { roles } }",
                "{ ...F } fragment F on Query { ...F }",
                "{ __typename @nope }"
            })
    void aDocumentAgainstTheSchemaFailsToValidate(String document) {
        var answer = gateway.anonymous().query(document);

        assertThat(answer.errorCodes()).isNotEmpty().allMatch("GRAPHQL_VALIDATION_FAILED"::equals);
        assertPlain(answer);
    }

    @Test
    void variablesAgainstTheirTypesAreBadInput() {
        var query =
                "query ($first: Int!, $filter: EventFilter) { events(first: $first, filter: $filter) { nodes { id } } }";
        var start = "saleStart";

        for (var variables : new Map<?, ?>[] {
            Map.of(),
            Map.of("first", "ten"),
            Map.of("first", 1.5),
            Map.of("first", 3_000_000_000L),
            Map.of("first", 1, "filter", "none"),
            Map.of("first", 1, "filter", Map.of("nope", 1)),
            Map.of("first", 1, "filter", Map.of("status", "OPEN")),
            Map.of("first", 1, "filter", Map.of("search", 1)),
            Map.of("first", 1, "filter", Map.of(start, Map.of("gte", "yesterday"))),
            Map.of("first", 1, "filter", Map.of(start, Map.of("gte", 5)))
        }) {
            var named = new HashMap<String, Object>();
            variables.forEach((name, value) -> named.put((String) name, value));
            assertOnly(gateway.anonymous().query(query, named), "BAD_USER_INPUT");
        }
    }

    @Test
    void aValueThatOnlyTheFieldCanRefuseIsBadInputToo() {
        assertOnly(gateway.anonymous().query("{ events(first: -1) { nodes { id } } }"), "BAD_USER_INPUT");
        assertOnly(gateway.anonymous().query("{ events(first: 1, last: 1) { nodes { id } } }"), "BAD_USER_INPUT");
        assertOnly(gateway.anonymous().query("{ events { totalCount(max: -1) } }"), "BAD_USER_INPUT");
        assertOnly(gateway.anonymous().query("{ event(id: \"x\") { id } }"), "BAD_USER_INPUT");
        assertOnly(gateway.anonymous().query("{ events(first: 101) { nodes { id } } }"), "LIMIT_EXCEEDED");
        assertOnly(gateway.anonymous().query("{ events(after: \"x\") { nodes { id } } }"), "INVALID_CURSOR");
    }

    @Test
    void anOperationThatCannotBeChosenIsNotResolved() {
        var two = "query A { viewer { roles } } query B { viewer { roles } }";

        assertOnly(gateway.anonymous().query(two), "OPERATION_RESOLUTION_FAILURE");
        assertOnly(send(Map.of("query", two, "operationName", "C")), "OPERATION_RESOLUTION_FAILURE");
        assertThat(send(Map.of("query", two, "operationName", "B")).ok().status())
                .isEqualTo(200);
    }

    @Test
    void aFailedFieldLeavesTheOthersAndSaysWhereItFailed() {
        var answer = gateway.anonymous().query("{ good: __typename bad: event(id: \"x\") { id } }");

        assertThat(answer.text("good")).isEqualTo("Query");
        assertThat(answer.at("bad").isNull()).isTrue();
        var error = answer.body().path("errors").get(0);
        assertThat(error.path("path").toString()).isEqualTo("[\"bad\"]");
        assertThat(error.path("locations").toString()).isEqualTo("[{\"line\":1,\"column\":20}]");
    }

    private static Answer send(Map<String, ?> body) {
        var response = gateway.send(HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
        return new Answer(
                response.statusCode(), response.headers(), JsonMapper.shared().readTree(response.body()), 0);
    }

    private static void assertOnly(Answer answer, String code) {
        assertThat(answer.errorCodes()).as(answer.body().toString()).containsExactly(code);
        assertPlain(answer);
    }

    /** Every error holds a message for people, its code and nothing else beside where it happened and what it is about. */
    private static void assertPlain(Answer answer) {
        for (var error : answer.body().path("errors")) {
            assertThat(error.propertyNames()).isSubsetOf("message", "locations", "path", "extensions");
            assertThat(error.path("extensions").propertyNames())
                    .contains("code")
                    .isSubsetOf("code", "argumentPath");
            assertThat(error.path("message").asString())
                    .isNotBlank()
                    .doesNotContainPattern(
                            "(?i)exception|java\\.|dev\\.selvage|graphql\\.|r2dbc|postgres|select |_idx|_fkey");
        }
    }
}
