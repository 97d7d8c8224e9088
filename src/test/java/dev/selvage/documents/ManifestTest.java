package dev.selvage.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What builds send to {@code /documents}: manifests in the shapes that their tools write. */
class ManifestTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Gateway gateway = Gateway.running();
    private static final Apps apps = new Apps(gateway);
    private static final Caller build = gateway.integrator("write:documents");

    private static final String ROLES = "query Roles {\r\n\tviewer { roles } # ü\n}";
    private static final String SCOPES = "query Scopes{viewer{scopes}}";

    private final String app = apps.app("PUBLISHED_ONLY");

    private HttpResponse<String> send(String manifest) {
        return send(build.token(), "clientId=" + app + "&appVersion=1.0", manifest);
    }

    private static HttpResponse<String> send(String token, String parameters, String manifest) {
        var post = HttpRequest.newBuilder(URI.create(gateway.address() + "/documents?" + parameters))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(manifest));
        if (!token.isEmpty()) {
            post.header("authorization", "Bearer " + token);
        }
        return gateway.send(post);
    }

    private static JsonNode body(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static List<String> results(HttpResponse<String> answer) {
        return body(answer)
                .path("documents")
                .valueStream()
                .map(document -> document.path("result").asString())
                .toList();
    }

    private static String code(HttpResponse<String> answer) {
        return body(answer)
                .path("errors")
                .path(0)
                .path("extensions")
                .path("code")
                .asString("");
    }

    /** What the app calls by this id. */
    private String called(String id) {
        return apps.callerOf(app)
                .send(JSON.writeValueAsString(Map.of("id", id)))
                .body()
                .toString();
    }

    private List<String> kept() {
        return gateway.database()
                .query(
                        "SELECT text FROM persisted_documents WHERE client_id = ? ORDER BY operation_name",
                        row -> row.getString(1),
                        app);
    }

    private static String md5(String text) {
        return Apps.digest("MD5", text);
    }

    /** A manifest of the two documents, and the ids by which they are called. */
    record Shape(String name, String manifest, String roles, String scopes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Shape> shapes() {
        var sha = List.of(Apps.sha256(ROLES), Apps.sha256(SCOPES));
        return Stream.of(
                new Shape(
                        "Apollo's manifest",
                        JSON.writeValueAsString(Map.of(
                                "format",
                                "apollo-persisted-query-manifest",
                                "version",
                                1,
                                "operations",
                                List.of(
                                        Map.of("id", sha.get(0), "name", "Roles", "type", "query", "body", ROLES),
                                        Map.of("id", sha.get(1), "name", "Scopes", "type", "query", "body", SCOPES)))),
                        sha.get(0),
                        sha.get(1)),
                new Shape(
                        "hashes with their texts",
                        JSON.writeValueAsString(ordered("sha256:" + sha.get(0), ROLES, sha.get(1), SCOPES)),
                        "sha256:" + sha.get(0),
                        sha.get(1)),
                new Shape(
                        "ids of its own with their texts",
                        JSON.writeValueAsString(ordered(md5(ROLES), ROLES, "app~1.0~Scopes", SCOPES)),
                        md5(ROLES),
                        "app~1.0~Scopes"),
                new Shape(
                        "ids with names and sources",
                        JSON.writeValueAsString(ordered(
                                sha.get(0),
                                Map.of("name", "Roles", "source", ROLES),
                                md5(SCOPES),
                                Map.of("name", "Scopes", "source", SCOPES))),
                        sha.get(0),
                        md5(SCOPES)));
    }

    private static Map<String, Object> ordered(String id, Object value, String otherId, Object otherValue) {
        var map = new LinkedHashMap<String, Object>();
        map.put(id, value);
        map.put(otherId, otherValue);
        return map;
    }

    @Test
    void anOperationsNameHasAThousandLettersAtMost() {
        var longest = "query " + "N".repeat(1_000) + "{ __typename }";
        var longer = longest.replace("query ", "query N");

        assertThat(send(JSON.writeValueAsString(Map.of(Apps.sha256(longest), longest)))
                        .statusCode())
                .isEqualTo(200);
        var refused = send(JSON.writeValueAsString(Map.of(Apps.sha256(longer), longer)));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("The operation's name has at most 1000 characters.");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyShapeIsPublishedToTheByteAndCalledByItsIds(Shape shape) {
        var added = send(shape.manifest());
        var known = send(shape.manifest());

        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(added.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(results(added)).containsExactly("added", "added");
        assertThat(results(known)).containsExactly("known", "known");
        assertThat(body(added).path("documents").path(0).path("documentId").asString())
                .isEqualTo("sha256:" + Apps.sha256(ROLES));
        assertThat(kept()).containsExactly(ROLES, SCOPES);
        assertThat(called(shape.roles())).isEqualTo("{\"data\":{\"viewer\":{\"roles\":[]}}}");
        assertThat(called(shape.scopes())).isEqualTo("{\"data\":{\"viewer\":{\"scopes\":[\"read:calendar\"]}}}");
        assertThat(called(Apps.sha256(SCOPES))).isEqualTo(called(shape.scopes()));
    }

    @Test
    void anIdIsOfItsAppOnly() {
        send(JSON.writeValueAsString(Map.of("mine", ROLES)));
        var other = apps.app("OPEN");

        assertThat(apps.callerOf(other).send("{\"id\": \"mine\"}").errorCodes())
                .containsExactly("PERSISTED_QUERY_NOT_FOUND");
        assertThat(send(
                                build.token(),
                                "clientId=" + other + "&appVersion=1",
                                JSON.writeValueAsString(Map.of("mine", SCOPES)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(called("mine")).contains("roles");
        var anybody = HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql?id=mine"));
        assertThat(code(gateway.send(anybody))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(gateway.send(anybody.header("x-client-id", app)).body()).contains("roles");
    }

    @Test
    void anIdStandsForOneText() {
        send(JSON.writeValueAsString(Map.of("mine", ROLES)));

        var answer = send(JSON.writeValueAsString(ordered("new", SCOPES, "mine", SCOPES)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(body(answer).path("documents").size()).isEqualTo(1);
        assertThat(body(answer).path("documents").path(0).path("id").asString()).isEqualTo("mine");
        assertThat(kept()).containsExactly(ROLES);
        assertThat(called("new")).contains("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void aHashThatIsNotTheTextsIsRefusedAndNothingIsKept() {
        var answer =
                send(JSON.writeValueAsString(ordered(Apps.sha256(SCOPES), SCOPES, Apps.sha256(ROLES), ROLES + " ")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(results(answer)).containsExactly("rejected");
        assertThat(body(answer)
                        .path("documents")
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("message")
                        .asString())
                .contains(Apps.sha256(ROLES + " "));
        assertThat(code(answer)).isEqualTo("BAD_USER_INPUT");
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sha256:abc", "SHA256:", "sha256:0000000000000000000000000000000000000000000000000000000000000g"
            })
    void anIdThatSaysItIsAHashIsOne(String id) {
        var answer = send(JSON.writeValueAsString(Map.of(id, ROLES)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("64 hexadecimal digits");
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatIsInvalidIsToldWithItsPlace() {
        var answer = send(JSON.writeValueAsString(ordered("a", "{\n  viewer { role } }", "b", "{ viewer {")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(body(answer)
                        .path("documents")
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("locations")
                        .toString())
                .isEqualTo("[{\"line\":2,\"column\":12}]");
        assertThat(results(answer)).containsExactly("rejected", "rejected");
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1}",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": []}",
                "\"{ __typename }\"",
                "{\"a\": \"{ __typename }\", \"a\": \"{ __typename }\"}",
                "{\"a\": 1}",
                "{\"a\": {\"name\": \"A\"}}",
                "{\"a\": {\"source\": 1}}",
                "{\"a\": null}",
                "{\"a\": \"{ __typename }\"} {}",
                "{\"a\": [[[[[[[[[[[[1]]]]]]]]]]]]}",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 2, \"operations\": []}",
                "{\"format\": \"another\", \"version\": 1, \"operations\": []}",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [{\"id\": \"a\"}]}",
                "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [1]}"
            })
    void whatIsNoManifestIsRefused(String manifest) {
        var answer = send(manifest);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("BAD_REQUEST");
    }

    @Test
    void aManifestHasFourMegabytesAndFiveThousandDocumentsAtMost() {
        int rest = JSON.writeValueAsString(Map.of("a", "")).length();
        var long4 = "#".repeat(4 * 1024 * 1024 - rest);

        assertThat(send(JSON.writeValueAsString(Map.of("a", long4))).statusCode())
                .isEqualTo(422);
        var longer = send(JSON.writeValueAsString(Map.of("a", long4 + "#")));
        assertThat(longer.statusCode()).isEqualTo(413);
        assertThat(code(longer)).isEqualTo("LIMIT_EXCEEDED");

        var many = new LinkedHashMap<String, String>();
        for (int i = 0; i <= 5_000; i++) {
            many.put("id" + i, "{ __typename }");
        }
        assertThat(code(send(JSON.writeValueAsString(many)))).isEqualTo("LIMIT_EXCEEDED");
        many.remove("id0");
        assertThat(results(send(JSON.writeValueAsString(many)))).hasSize(5_000);
        assertThat(kept()).containsExactly("{ __typename }");
    }

    @Test
    void whoMayNotPublishSendsNoManifest() {
        var parameters = "clientId=" + app + "&appVersion=1.0";
        var manifest = JSON.writeValueAsString(Map.of("a", ROLES));

        assertThat(code(send("", parameters, manifest))).isEqualTo("UNAUTHENTICATED");
        assertThat(code(send("nonsense", parameters, manifest))).isEqualTo("UNAUTHENTICATED");
        for (var caller : List.of(gateway.user(new Given(gateway).user()), gateway.integrator("read:inventory"))) {
            var answer = send(caller.token(), parameters, manifest);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(code(answer)).isEqualTo("FORBIDDEN");
        }
        assertThat(kept()).isEmpty();
        assertThat(results(send(apps.admin().token(), parameters, manifest))).containsExactly("added");
    }

    @Test
    void aManifestSaysWhoseItIs() {
        var manifest = JSON.writeValueAsString(Map.of("a", ROLES));

        for (var parameters : List.of(
                "",
                "clientId=" + app,
                "appVersion=1",
                "clientId=&appVersion=1",
                "clientId=a&clientId=b&appVersion=1",
                "clientId=" + app + "&appVersion=" + "x".repeat(101))) {
            var answer = send(build.token(), parameters, manifest);
            assertThat(answer.statusCode()).as(parameters).isEqualTo(400);
            assertThat(code(answer)).isEqualTo("BAD_REQUEST");
        }
        var unknown = send(build.token(), "clientId=" + Given.unique("app") + "&appVersion=1", manifest);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(code(unknown)).isEqualTo("NOT_FOUND");
    }

    @Test
    void nothingButAPostOfJsonIsTaken() {
        var address = URI.create(gateway.address() + "/documents?clientId=" + app + "&appVersion=1");
        var get = gateway.send(HttpRequest.newBuilder(address));
        var text = gateway.send(HttpRequest.newBuilder(address)
                .header("content-type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("allow")).hasValue("POST, OPTIONS");
        assertThat(text.statusCode()).isEqualTo(415);
    }
}
