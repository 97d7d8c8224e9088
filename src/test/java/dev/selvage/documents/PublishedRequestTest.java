package dev.selvage.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents called by id: in every form that clients have for it, by those whose they are. */
class PublishedRequestTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Gateway gateway = Gateway.running();
    private static final Apps apps = new Apps(gateway);

    private static final String ECHO = "query Echo($name: String!) { __type(name: $name) { name } }";
    private static final String CHANGE =
            "mutation Change { updateUser(input: { id: \"x\", expectedVersion: 1 }) { userErrors { code } } }";
    private static final String ECHOED = "{\"data\":{\"__type\":{\"name\":\"Money\"}}}";
    private static final String NOT_FOUND =
            "{\"errors\":[{\"message\":\"PersistedQueryNotFound\",\"extensions\":{\"code\":\"PERSISTED_QUERY_NOT_FOUND\"}}]}";

    private static final String open = apps.app("OPEN");
    private static final String closed = apps.app("PUBLISHED_ONLY");

    static {
        for (var app : List.of(open, closed)) {
            apps.publish(app, "1.0", ECHO, CHANGE);
        }
    }

    private static HttpRequest.Builder as(String app, String address) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + address))
                .header("accept", "application/graphql-response+json")
                .header("authorization", "Bearer " + apps.callerOf(app).token());
    }

    private static HttpResponse<String> post(String app, String json) {
        return gateway.send(as(app, "/graphql")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> get(String app, String parameters, String... headers) {
        var request = as(app, "/graphql?" + parameters);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return gateway.send(request);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static JsonNode error(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).path("errors").path(0);
    }

    private static String code(HttpResponse<String> answer) {
        return error(answer).path("extensions").path("code").asString("");
    }

    /** As they name the document, with {@code %s} for its hash. */
    static Stream<String> forms() {
        return Stream.of(
                "\"documentId\": \"sha256:%s\"",
                "\"documentId\": \"%s\"",
                "\"doc_id\": \"%s\"",
                "\"id\": \"%s\"",
                "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aPublishedDocumentIsCalledInAnyForm(String form) {
        for (var hash : List.of(Apps.sha256(ECHO), Apps.sha256(ECHO).toUpperCase(Locale.ROOT))) {
            var answer = post(closed, "{%s, \"variables\": {\"name\": \"Money\"}}".formatted(form.formatted(hash)));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(ECHOED);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void oneThatNobodyPublishedIsNotFound(String form) {
        for (var app : List.of(open, closed)) {
            var answer = post(app, "{%s}".formatted(form.formatted(Apps.sha256("{ __typename } # unknown"))));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(NOT_FOUND);
            assertThat(answer.headers().firstValue("cache-control")).hasValue("private, no-cache, must-revalidate");
        }
    }

    @Test
    void aQueryIsCalledByGetInAnyForm() {
        var hash = Apps.sha256(ECHO);
        var variables = "&variables=" + encoded("{\"name\":\"Money\"}");
        for (var form : List.of(
                "documentId=sha256:" + hash,
                "documentId=" + hash,
                "doc_id=" + hash,
                "id=" + hash,
                "extensions=" + encoded("{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}"))) {
            var answer = get(closed, form + variables);

            assertThat(answer.body()).as(form).isEqualTo(ECHOED);
            assertThat(answer.headers().firstValue("cache-control")).hasValue("private, no-cache");
            assertThat(answer.headers().firstValue("vary").orElse("")).contains("Authorization");
        }
    }

    @Test
    void aChangeIsNotMadeByGetWhateverItsVariablesAre() {
        var wants =
                "mutation Wants($input: SaveClientAppInput!) { saveClientApp(input: $input) { userErrors { code } } }";
        apps.publish(closed, "1.1", wants);

        for (var document : List.of(CHANGE, wants)) {
            var answer = get(closed, "documentId=" + Apps.sha256(document));

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("allow")).hasValue("POST");
        }
    }

    @Test
    void anAnswerThatTheCallerHasIsNotSentAgain() {
        var parameters = "documentId=%s&variables=%s".formatted(Apps.sha256(ECHO), encoded("{\"name\":\"Money\"}"));
        var first = get(open, parameters);
        var tag = first.headers().firstValue("etag").orElseThrow();
        assertThat(tag).matches("\"[A-Za-z0-9_-]{43}\"");

        for (var known : List.of(tag, "\"other\", " + tag, "W/" + tag, "*")) {
            var again = get(open, parameters, "if-none-match", known);

            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("etag")).hasValue(tag);
            assertThat(again.headers().firstValue("cache-control")).hasValue("private, no-cache");
            assertThat(again.headers().firstValue("vary")).hasValue("Authorization");
        }
        for (var unknown : List.of("\"other\"", tag.replace("\"", ""), "\"x" + tag.substring(1))) {
            assertThat(get(open, parameters, "if-none-match", unknown).statusCode())
                    .as(unknown)
                    .isEqualTo(200);
        }
        var other = get(open, parameters.replace("Money", "Event"), "if-none-match", tag);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("etag"))
                .isNotEmpty()
                .isNotEqualTo(first.headers().firstValue("etag"));
    }

    @Test
    void anAnswerWithAnErrorAndOneToATextAreNotKept() {
        var erroneous = "query Users { users { nodes { id } } }";
        apps.publish(open, "1.0", erroneous);

        for (var answer : List.of(
                get(open, "documentId=" + Apps.sha256(erroneous), "if-none-match", "*"),
                get(open, "query=" + encoded("{ __typename }"), "if-none-match", "*"))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("etag")).isEmpty();
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ __typename }", "{ __schema { queryType { name } } }", ECHO, "{ nonsense"})
    void whereOnlyPublishedDocumentsMayBeSentNoTextIs(String text) {
        var plain = post(closed, JSON.writeValueAsString(Map.of("query", text)));
        var hashed = post(
                closed,
                JSON.writeValueAsString(Map.of(
                        "query",
                        text,
                        "extensions",
                        Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", Apps.sha256(text))))));
        var got = get(closed, "query=" + encoded(text));

        for (var answer : List.of(plain, hashed, got)) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(code(answer)).isEqualTo("PERSISTED_QUERY_REQUIRED");
        }
    }

    @Test
    void aTextWithItsHashIsLearntWhereAnyMayBeSentAndFoundByNoOneElse() {
        var text = "{ __typename } # " + Given.unique("text");
        var persisted = Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", Apps.sha256(text)));
        var byHash = JSON.writeValueAsString(Map.of("extensions", persisted));
        assertThat(post(open, byHash).body()).isEqualTo(NOT_FOUND);

        var sent = post(open, JSON.writeValueAsString(Map.of("query", text, "extensions", persisted)));

        assertThat(sent.body()).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
        assertThat(post(open, byHash).body()).isEqualTo(sent.body());
        assertThat(post(closed, byHash).body()).isEqualTo(NOT_FOUND);
    }

    @Test
    void anAppCallsItsOwnDocumentsAndTheGatewaysOnly() {
        var another = "query OfAnother { __typename }";
        apps.publish(apps.app("OPEN"), "1.0", another);
        var gateways = TestPostgres.resource("graphql/documents/BrowseFabrics.graphql");

        for (var app : List.of(open, closed)) {
            assertThat(post(app, "{\"documentId\": \"%s\"}".formatted(Apps.sha256(another)))
                            .body())
                    .isEqualTo(NOT_FOUND);
            var own = JSON.readTree(post(app, "{\"documentId\": \"%s\"}".formatted(Apps.sha256(gateways)))
                    .body());
            assertThat(own.path("errors").isMissingNode()
                            || !own.path("errors").toString().contains("PERSISTED"))
                    .as(own.toString())
                    .isTrue();
        }
    }

    @Test
    void whoeverHasNoTokenNamesTheAppByAHeaderAndGainsNothingElseByIt() {
        var call = "{\"documentId\": \"%s\", \"variables\": {\"name\": \"Money\"}}".formatted(Apps.sha256(ECHO));
        var headers = new LinkedHashMap<String, String>();
        assertThat(anonymous(call, headers).body()).isEqualTo(NOT_FOUND);

        headers.put("x-client-id", closed);
        assertThat(anonymous(call, headers).body()).isEqualTo(ECHOED);
        // The app may send no text; whoever only says that they are it may still do what nobody in particular may.
        assertThat(anonymous("{\"query\": \"{ __typename }\"}", headers).statusCode())
                .isEqualTo(200);
        headers.put("x-client-id", "x".repeat(257));
        assertThat(anonymous(call, headers).body()).isEqualTo(NOT_FOUND);
    }

    private static HttpResponse<String> anonymous(String json, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(request::header);
        return gateway.send(request);
    }

    @Test
    void aHeaderTurnsNoTokenIntoAnotherApps() {
        var own = "query Mine { __typename }";
        var mine = apps.app("PUBLISHED_ONLY");
        apps.publish(mine, "1.0", own);

        var answer = gateway.send(as(mine, "/graphql")
                .header("content-type", "application/json")
                .header("x-client-id", open)
                .POST(HttpRequest.BodyPublishers.ofString("{\"documentId\": \"%s\"}".formatted(Apps.sha256(ECHO)))));

        assertThat(answer.body()).isEqualTo(NOT_FOUND);
    }

    @Test
    void aRetiredDocumentIsNotFoundUntilItIsPublishedAgain() {
        var app = apps.app("OPEN");
        var call = "{\"documentId\": \"%s\", \"variables\": {\"name\": \"Money\"}}".formatted(Apps.sha256(ECHO));
        apps.publish(app, "1.0", ECHO);
        apps.publish(app, "2.0", ECHO);

        apps.retire(app, "1.0");
        assertThat(post(app, call).body()).isEqualTo(ECHOED);
        apps.retire(app, "2.0");
        assertThat(eventually(app, call, NOT_FOUND)).isEqualTo(NOT_FOUND);
        apps.publish(app, "3.0", ECHO);
        assertThat(post(app, call).body()).isEqualTo(ECHOED);
    }

    private static String eventually(String app, String call, String expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> post(app, call).body().equals(expected));
        return post(app, call).body();
    }

    @Test
    void aCallOfAPublishedDocumentHas64KiBAtMost() {
        var call = "{\"documentId\": \"%s\", \"variables\": {\"name\": \"Money\"}, \"x\": \"%s\"}";
        int rest = call.formatted(Apps.sha256(ECHO), "").length();

        var fits = post(open, call.formatted(Apps.sha256(ECHO), "x".repeat(64 * 1024 - rest)));
        var tooLong = post(open, call.formatted(Apps.sha256(ECHO), "x".repeat(64 * 1024 - rest + 1)));

        assertThat(fits.body()).isEqualTo(ECHOED);
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(code(tooLong)).isEqualTo("LIMIT_EXCEEDED");
    }

    @Test
    void aCallTakesNoStatementBesideThoseOfItsOperation() {
        var caller = apps.callerOf(open);
        var call = "{\"documentId\": \"%s\", \"variables\": {\"name\": \"Money\"}}".formatted(Apps.sha256(ECHO));
        caller.send(call).ok();

        assertThat(caller.send(call).ok().statements()).isZero();
    }

    @Test
    void whenADocumentWasLastUsedIsWrittenDownForAllAtOnce() {
        var app = apps.app("OPEN");
        var unused = "query Unused { __typename }";
        apps.publish(app, "1.0", ECHO, unused);
        var call = "{\"documentId\": \"%s\", \"variables\": {\"name\": \"Money\"}}".formatted(Apps.sha256(ECHO));
        post(app, call);
        post(app, call);

        gateway.bean(LastUses.class).write().block();

        var used = apps.publish(app, "1.0", ECHO, unused);
        assertThat(used.at("publishDocuments", "documents", 0, "lastUsedAt").isNull())
                .isFalse();
        assertThat(used.at("publishDocuments", "documents", 1, "lastUsedAt").isNull())
                .isTrue();
        assertThat(gateway.bean(LastUses.class).write().block()).isZero();
        // Also by another instance, it is written down once a minute.
        post(app, call);
        assertThat(gateway.bean(LastUses.class).write().block()).isZero();
        gateway.database()
                .execute(
                        "postgres",
                        "UPDATE persisted_documents SET last_used_at = last_used_at - interval '61 s' WHERE client_id = '"
                                + app + "'");
        post(app, call);
        assertThat(gateway.bean(LastUses.class).write().block()).isEqualTo(1);
    }
}
