package dev.selvage.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What apps publish: all of a version's documents or none, whoever publishes them, and however often. */
class PublishingTest {
    private static final Gateway gateway = Gateway.running();
    private static final Apps apps = new Apps(gateway);

    private static final String ROLES = "query Roles { viewer { roles } }";
    private static final String SCOPES = "{\n  viewer { scopes } # ä\r\n}\n";

    private final String app = apps.app("OPEN");

    private static void refused(Answer answer, String... errors) {
        assertThat(answer.ok().at("publishDocuments", "documents").toString()).isEqualTo("[]");
        assertThat(answer.at("publishDocuments", "userErrors")
                        .valueStream()
                        .map(error -> error.path("code").asString() + " " + error.path("path")))
                .containsExactly(errors);
    }

    /** Of this test's app: {@code documents} as the list of apps tells them. */
    private List<String> kept() {
        return gateway.database()
                .query(
                        "SELECT concat_ws(' ', operation_name, app_versions, retired_at IS NOT NULL) FROM persisted_documents"
                                + " WHERE client_id = ? ORDER BY operation_name NULLS FIRST",
                        row -> row.getString(1),
                        app);
    }

    @Test
    void documentsAreAnsweredAsTheyWereSentToTheByte() {
        var answer = apps.publish(app, "1.0", SCOPES, ROLES);

        assertThat(answer.at("publishDocuments", "userErrors")).isEmpty();
        var first = answer.at("publishDocuments", "documents", 0);
        assertThat(first.path("text").asString()).isEqualTo(SCOPES);
        assertThat(first.path("documentId").asString()).isEqualTo("sha256:" + Apps.sha256(SCOPES));
        assertThat(first.path("operationName").isNull()).isTrue();
        assertThat(first.path("appVersions").toString()).isEqualTo("[\"1.0\"]");
        assertThat(first.path("retiredAt").isNull()).isTrue();
        assertThat(first.path("lastUsedAt").isNull()).isTrue();
        assertThat(answer.text("publishDocuments", "documents", 1, "operationName"))
                .isEqualTo("Roles");
    }

    @Test
    void publishingTwiceChangesNothing() {
        var before = apps.publish(app, "1.0", ROLES, ROLES);
        var rows = "SELECT d.xmin::text || d.* FROM persisted_documents d WHERE client_id = ?";
        var kept = gateway.database().query(rows, row -> row.getString(1), app);

        var again = apps.publish(app, "1.0", ROLES);

        assertThat(before.at("publishDocuments", "documents")).hasSize(2);
        assertThat(again.at("publishDocuments", "documents", 0))
                .isEqualTo(before.at("publishDocuments", "documents", 1));
        assertThat(gateway.database().query(rows, row -> row.getString(1), app))
                .hasSize(1)
                .isEqualTo(kept);
    }

    @Test
    void oneInvalidDocumentKeepsAllOthersOut() {
        var answer = apps.publish(app, "1.0", ROLES, "{\n  viewer { role }\n}", "{ viewer {");

        refused(answer, "INVALID [\"input\",\"documents\",\"1\"]", "INVALID [\"input\",\"documents\",\"2\"]");
        assertThat(answer.text("publishDocuments", "userErrors", 0, "message"))
                .startsWith("Line 2, column 12: ")
                .contains("role");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aDocumentSaysWhatACallOfItMayCostAtMost() {
        var answer = apps.publish(app, "1.0", "query ($first: Int) { events(first: $first) { nodes { id } } }");

        assertThat(answer.at("publishDocuments", "documents", 0, "cost").asInt())
                .isEqualTo(100);
    }

    @Test
    void aDocumentThatMayCostMoreThanTwentyThousandIsNotPublished() {
        var items = "events(first: 100) { nodes { inventoryItems(first: 99) { nodes { id } } } }";
        var dearest = "{ a: " + items + " b: " + items + " }";

        assertThat(apps.publish(app, "1.0", dearest)
                        .at("publishDocuments", "documents", 0, "cost")
                        .asInt())
                .isEqualTo(20_000);
        var refused = apps.publish(app, "1.1", dearest.replaceFirst("[{]", "{ one: events(first: 1) { nodes { id } } "))
                .at("publishDocuments", "userErrors", 0);
        assertThat(refused.path("message").asString())
                .startsWith("One call could cost 20,001, and may cost 20,000 at most.");
        assertThat(refused.path("code").asString()).isEqualTo("INVALID");
    }

    @Test
    void aDocumentHasOneOperation() {
        refused(
                apps.publish(app, "1.0", "query A { __typename } query B { __typename }", ROLES),
                "INVALID [\"input\",\"documents\",\"0\"]");
        refused(
                apps.publish(app, "1.0", "fragment Roles on Viewer { roles }"),
                "INVALID [\"input\",\"documents\",\"0\"]");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aDocumentIsPublishedWithWhatACallMayCostAtMost() {
        var one =
                "query ($n: Int) { events(first: $n) { nodes { inventoryItems(first: %d) { nodes { event { id } } } } } }";
        var fits = apps.publish(app, "1.0", one.formatted(99));

        assertThat(fits.at("publishDocuments", "documents", 0, "cost").asInt()).isEqualTo(100 * (1 + 99 * 2));
        var tooDear = apps.publish(app, "2.0", one.formatted(100));
        refused(tooDear, "INVALID [\"input\",\"documents\",\"0\"]");
        assertThat(tooDear.text("publishDocuments", "userErrors", 0, "message")).contains("20,100", "20,000 at most");
    }

    @Test
    void aPublishedDocumentIsNeverRefusedForItsCost() {
        var dear = "{ events(first: 100) { nodes { inventoryItems(first: 100) { nodes { id } } } } }";
        var id = apps.publish(app, "1.0", dear).text("publishDocuments", "documents", 0, "documentId");

        assertThat(gateway.anonymous().query(dear).errorCodes()).containsExactly("COST_LIMIT_EXCEEDED");
        assertThat(apps.callerOf(app)
                        .send("{\"documentId\": \"" + id + "\"}")
                        .ok()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aVersionHasAHundredCharactersAtMost() {
        refused(apps.publish(app, "", ROLES), "TOO_LONG [\"input\",\"appVersion\"]");
        refused(apps.publish(app, "x".repeat(101), ROLES), "TOO_LONG [\"input\",\"appVersion\"]");
        assertThat(kept()).isEmpty();

        assertThat(apps.publish(app, "x".repeat(100), ROLES).at("publishDocuments", "documents"))
                .hasSize(1);
    }

    @Test
    void aHundredDocumentsAreTakenAtOnceAndNoMore() {
        var texts = IntStream.range(0, 101)
                .mapToObj("query Q%d { __typename }"::formatted)
                .toList();

        var answer = apps.publish(apps.admin(), app, "1.0", texts);
        assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(kept()).isEmpty();

        var all = apps.publish(apps.admin(), app, "1.0", texts.subList(0, 100)).ok();
        assertThat(all.at("publishDocuments", "documents")).hasSize(100);
        assertThat(all.statements()).isEqualTo(3);
    }

    @Test
    void onlyAnAppThatAnAdministratorHasSavedPublishes() {
        refused(apps.publish(Given.unique("app"), "1.0", ROLES), "NOT_FOUND [\"input\",\"clientId\"]");
        refused(
                apps.publish(gateway.integrator("write:documents"), Given.unique("app"), "1.0", List.of(ROLES)),
                "NOT_FOUND [\"input\",\"clientId\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "write:documents, ''",
        "read:inventory write:orders, FORBIDDEN",
    })
    void aBuildPublishesWithTheScopeForIt(String scopes, String code) {
        var answer = apps.publish(gateway.integrator(scopes), app, "1.0", List.of(ROLES));
        var retired = apps.retire(gateway.integrator(scopes), app, "1.0");

        var expected = code.isEmpty() ? List.of() : List.of(code);
        assertThat(answer.errorCodes()).isEqualTo(expected);
        assertThat(retired.errorCodes()).isEqualTo(expected);
        assertThat(kept()).hasSize(code.isEmpty() ? 1 : 0);
    }

    @Test
    void whatAllAppsMayCallIsNobodysToPublishOrToRetire() {
        refused(apps.publish(DocumentIndex.GATEWAY, "1.0", ROLES), "FORBIDDEN [\"input\",\"clientId\"]");
        refused(
                apps.publish(gateway.integrator("write:documents"), DocumentIndex.GATEWAY, "1.0", List.of(ROLES)),
                "FORBIDDEN [\"input\",\"clientId\"]");
        var versions = gateway.database()
                .query(
                        "SELECT DISTINCT unnest(app_versions) FROM persisted_documents WHERE client_id = ?",
                        row -> row.getString(1),
                        DocumentIndex.GATEWAY);
        assertThat(versions).hasSize(1);

        assertThat(apps.retire(apps.admin(), DocumentIndex.GATEWAY, versions.getFirst())
                        .text("retireDocuments", "userErrors", 0, "code"))
                .isEqualTo("FORBIDDEN");
        assertThat(apps.save(DocumentIndex.GATEWAY, "Mine", "PUBLISHED_ONLY")
                        .ok()
                        .at("saveClientApp", "userErrors", 0, "code")
                        .asString())
                .isEqualTo("FORBIDDEN");
        assertThat(gateway.database()
                        .query(
                                "SELECT name FROM client_apps WHERE client_id = ?",
                                row -> row.getString(1),
                                DocumentIndex.GATEWAY))
                .noneMatch(app -> app.contains("Mine"));
    }

    @Test
    void aVersionWithoutADocumentIsAMistake() {
        refused(apps.publish(apps.app("OPEN"), "1.0"), "REQUIRED [\"input\",\"documents\"]");
    }

    @Test
    void nobodyElsePublishesRetiresOrSaves() {
        for (Caller caller : List.of(gateway.anonymous(), gateway.user(new Given(gateway).user()))) {
            var code = caller.token().isEmpty() ? "UNAUTHENTICATED" : "FORBIDDEN";

            assertThat(apps.publish(caller, app, "1.0", List.of(ROLES)).errorCodes())
                    .containsExactly(code);
            assertThat(apps.retire(caller, app, "1.0").errorCodes()).containsExactly(code);
            assertThat(caller.query("{ clientApps { clientId } }").errorCodes()).containsExactly(code);
        }
        var saved = gateway.integrator("write:documents")
                .query(
                        "mutation { saveClientApp(input: { clientId: \"%s\", name: \"Mine\", policy: OPEN }) { clientApp { id } } }"
                                .formatted(app));
        assertThat(saved.errorCodes()).containsExactly("FORBIDDEN");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aDocumentRetiresWithTheLastVersionThatUsesIt() {
        apps.publish(app, "1.0", ROLES, SCOPES);
        apps.publish(app, "2.0", ROLES);

        assertThat(apps.retire(app, "1.0").at("retireDocuments", "retired").asInt())
                .isEqualTo(1);
        assertThat(kept()).containsExactly("{} t", "Roles {2.0} f");
        assertThat(apps.retire(app, "2.0").at("retireDocuments", "retired").asInt())
                .isEqualTo(1);
        assertThat(kept()).containsExactly("{} t", "Roles {} t");
    }

    @Test
    void publishingAgainTakesARetirementBack() {
        apps.publish(app, "1.0", ROLES);
        apps.retire(app, "1.0");

        var answer = apps.publish(app, "1.0", ROLES);

        assertThat(answer.at("publishDocuments", "documents", 0, "retiredAt").isNull())
                .isTrue();
        assertThat(kept()).containsExactly("Roles {1.0} f");
    }

    @Test
    void whatWasNeverPublishedIsNotRetired() {
        apps.publish(app, "1.0", ROLES);
        apps.publish(apps.app("OPEN"), "2.0", ROLES);

        var answer = apps.retire(app, "2.0");

        assertThat(answer.at("retireDocuments", "retired").asInt()).isZero();
        assertThat(answer.text("retireDocuments", "userErrors", 0, "code")).isEqualTo("NOT_FOUND");
        assertThat(kept()).containsExactly("Roles {1.0} f");
    }

    @Test
    void anAppIsMadeAndThenChanged() {
        var made = apps.save(app, "Web shop", "PUBLISHED_ONLY").ok();
        var same = apps.save(app, "Web shop", "PUBLISHED_ONLY").ok();

        assertThat(made.text("saveClientApp", "clientApp", "policy")).isEqualTo("PUBLISHED_ONLY");
        assertThat(made.at("saveClientApp", "clientApp", "version").asInt()).isEqualTo(2);
        assertThat(same.at("saveClientApp", "clientApp")).isEqualTo(made.at("saveClientApp", "clientApp"));
        assertThat(gateway.database()
                        .query(
                                "SELECT changed ->> 'policy' FROM changes WHERE topic = 'client_app' AND kind = 'updated'"
                                        + " AND subject = (SELECT id::text FROM client_apps WHERE client_id = ?)",
                                row -> row.getString(1),
                                app))
                .containsExactly("{\"new\": \"published_only\", \"old\": \"open\"}");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, clientId", "257, 1, clientId", "1, 0, name", "1, 201, name"})
    void anAppHasAClientIdAndAName(int clientId, int name, String place) {
        var answer = apps.save("x".repeat(clientId), "x".repeat(name), "OPEN").ok();

        assertThat(answer.text("saveClientApp", "userErrors", 0, "code")).isEqualTo("TOO_LONG");
        assertThat(answer.at("saveClientApp", "userErrors", 0, "path").toString())
                .isEqualTo("[\"input\",\"" + place + "\"]");
    }

    @Test
    void administratorsPageThroughWhatAnAppHasPublished() {
        apps.publish(app, "1.0", ROLES, SCOPES);
        var id = apps.save(app, "Paged", "OPEN").ok().text("saveClientApp", "clientApp", "id");
        var page = """
                query ($id: ID!, $after: String) { node(id: $id) { ... on ClientApp { clientId
                  documents(first: 1, after: $after) { nodes { operationName } pageInfo { hasNextPage endCursor } } } } }
                """;

        var first = apps.admin().query(page, Map.of("id", id)).ok();
        var cursor = first.text("node", "documents", "pageInfo", "endCursor");
        var second = apps.admin().query(page, Map.of("id", id, "after", cursor)).ok();

        assertThat(first.text("node", "clientId")).isEqualTo(app);
        assertThat(List.of(
                        first.at("node", "documents", "nodes").size(),
                        second.at("node", "documents", "nodes").size()))
                .containsExactly(1, 1);
        assertThat(first.at("node", "documents", "pageInfo", "hasNextPage").asBoolean())
                .isTrue();
        assertThat(second.at("node", "documents", "pageInfo", "hasNextPage").asBoolean())
                .isFalse();
        assertThat(apps.admin()
                        .query("{ clientApps { clientId } }")
                        .ok()
                        .at("clientApps")
                        .findValuesAsString("clientId"))
                .contains(app, "selvage-gateway")
                .isSorted();
        assertThat(gateway.integrator("write:documents")
                        .query(page, Map.of("id", id))
                        .ok()
                        .at("node")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPublicationUnderAKeyIsAnsweredAgain() {
        var text = """
                mutation ($input: PublishDocumentsInput!) { publishDocuments(input: $input) @idempotent(key: "%s") {
                  documents { documentId } } }
                """.formatted(Given.unique("key"));
        var input = Map.of("input", Map.of("clientId", app, "appVersion", "1.0", "documents", List.of(ROLES)));

        var first = apps.admin().query(text, input).ok();
        var again = apps.admin().query(text, input).ok();

        assertThat(first.text("publishDocuments", "documents", 0, "documentId")).isNotEmpty();
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void nothingIsPublishedOnATrial() {
        var answer = apps.admin()
                .query(
                        "mutation ($input: PublishDocumentsInput!) @dryRun { publishDocuments(input: $input) { documents { documentId } } }",
                        Map.of("input", Map.of("clientId", app, "appVersion", "1.0", "documents", List.of(ROLES))))
                .ok();

        assertThat(answer.at("publishDocuments", "documents")).hasSize(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void ofTwoWhoPublishTheSameAtOnceBothSucceed() throws Exception {
        var texts = IntStream.range(0, 20)
                .mapToObj("query Q%d { __typename }"::formatted)
                .toList();
        try (var both = Executors.newFixedThreadPool(2)) {
            var one = both.submit(() -> apps.publish(apps.admin(), app, "1.0", texts));
            var other = both.submit(() -> apps.publish(apps.admin(), app, "1.0", texts.reversed()));

            assertThat(one.get().ok().at("publishDocuments", "documents")).hasSize(20);
            assertThat(other.get().ok().at("publishDocuments", "documents")).hasSize(20);
        }
        assertThat(kept()).hasSize(20);
    }
}
