package dev.selvage.inventory;

import static dev.selvage.inventory.ItemCalls.approval;
import static dev.selvage.inventory.ItemCalls.rejection;
import static dev.selvage.inventory.ReviewInventoryItemsTest.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reviews that are sent again under their key. */
class ReviewUnderAKeyTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.Event event = given.event("published");
    private static final Given.Consignor consignor = given.consignor();
    private static final ItemCalls admin = new ItemCalls(gateway.user(given.admin()));

    private static List<String> items(int count, String status) {
        return given.items(event, consignor, status, count).stream()
                .map(Given.Item::globalId)
                .toList();
    }

    private final String key = UUID.randomUUID().toString();

    private Answer review(List<? extends Map<String, ?>> inputs) {
        return review("", inputs);
    }

    private Answer review(String directive, List<? extends Map<String, ?>> inputs) {
        return admin.caller().query("""
                        mutation ($key: String!, $inputs: [ReviewInventoryItemInput!]!) %s {
                          reviewInventoryItems(inputs: $inputs) @idempotent(key: $key) {
                            inventoryItem { id name status version barcode }
                            userErrors { __typename code message path
                              ... on VersionConflict { current { ... on InventoryItem { id name version } } }
                              ... on TransitionBlocked { from to blockers { code message } } } } }""".formatted(directive), Map.of("key", key, "inputs", inputs));
    }

    private List<String> kept() {
        return gateway.database()
                .query("SELECT outcome FROM idempotency_keys WHERE key = ?", row -> row.getString(1), key);
    }

    @Test
    void sentAgainItAnswersWhatWasDoneAndWhatWasNotAndDoesNothing() {
        var items = items(3, "pending");
        var inputs = List.of(
                approval(items.get(2), 1),
                approval(items.get(1), 2),
                rejection(items.get(0), 1, "Torn"),
                approval("nonsense", 1),
                approval(items("approved"), 1));
        var first = review(inputs).ok();
        assertThat(outcomes(first))
                .containsExactly(
                        "APPROVED",
                        "VERSION_CONFLICT [\"inputs\",\"1\",\"approve\",\"expectedVersion\"]",
                        "REJECTED",
                        "INVALID [\"inputs\",\"3\",\"approve\",\"id\"]",
                        "TRANSITION_BLOCKED [\"inputs\",\"4\",\"approve\",\"id\"]");

        assertThat(review(inputs).body()).isEqualTo(first.body());

        // It comes to have the version that was sent: by itself it could be approved now.
        ItemCalls.done(admin.update(items.get(1), 1, Map.of("name", "Other")));
        ItemCalls.done(admin.update(items.get(2), 2, Map.of("name", "Later")));
        var again = review(inputs).ok();
        assertThat(outcomes(again)).isEqualTo(outcomes(first));
        assertThat(again.at("reviewInventoryItems", 0, "inventoryItem").toString())
                .contains("\"name\":\"Later\",\"status\":\"APPROVED\",\"version\":3");
        assertThat(again.at("reviewInventoryItems", 1, "userErrors", 0, "current")
                        .toString())
                .contains("\"name\":\"Other\",\"version\":2");
        assertThat(again.at("reviewInventoryItems", 4)).isEqualTo(first.at("reviewInventoryItems", 4));
        // What has been changed is known by its id only.
        assertThat(kept()).singleElement().asString().doesNotContain("Item ", "Torn", "Other");
    }

    private static String items(String status) {
        return items(1, status).getFirst();
    }

    @Test
    void theSameKeyDoesNotStandForOtherReviews() {
        var items = items(2, "pending");
        review(List.of(approval(items.get(0), 1))).ok();

        assertThat(outcomes(review(List.of(approval(items.get(0), 1), approval(items.get(1), 1)))))
                .containsExactly("IDEMPOTENCY_KEY_REUSED null", "IDEMPOTENCY_KEY_REUSED null");
        assertThat(outcomes(admin.review(List.of(approval(items.get(1), 1))))).containsExactly("APPROVED");
    }

    @Test
    void ifNothingWasDoneTheKeyIsFree() {
        var item = items("rejected");
        var inputs = List.of(approval(item, 1), approval("nonsense", 1));
        var refused = List.of(
                "TRANSITION_BLOCKED [\"inputs\",\"0\",\"approve\",\"id\"]",
                "INVALID [\"inputs\",\"1\",\"approve\",\"id\"]");
        assertThat(outcomes(review(inputs))).isEqualTo(refused);
        assertThat(outcomes(review(inputs))).isEqualTo(refused);
        assertThat(outcomes(review(List.of()))).isEmpty();
        assertThat(kept()).isEmpty();

        ItemCalls.done(admin.resubmit(item, 1));

        assertThat(outcomes(review(List.of(approval(item, 2))))).containsExactly("APPROVED");
    }

    @Test
    void whatIsOnlyTriedLeavesNothingAndTakesNoKey() {
        var items = items(2, "pending");
        var inputs = List.of(approval(items.get(0), 1), rejection(items.get(1), 1, ""));
        var tried = List.of("APPROVED", "REQUIRED [\"inputs\",\"1\",\"reject\",\"reason\"]");

        assertThat(outcomes(review("@dryRun", inputs))).isEqualTo(tried);
        assertThat(kept()).isEmpty();
        var first = review(inputs).ok();
        assertThat(outcomes(first)).isEqualTo(tried);

        // It would be the first time, which it is not any more.
        assertThat(outcomes(review("@dryRun", inputs)).getFirst()).startsWith("VERSION_CONFLICT");
        assertThat(review(inputs).body()).isEqualTo(first.body());
    }

    @Test
    void howeverManySendItAtOnceItIsDoneOnce() throws Exception {
        var items = items(20, "pending");
        var inputs = items.stream().map(id -> approval(id, 1)).toList();
        var calls = Collections.<Callable<Answer>>nCopies(6, () -> review(inputs));
        var bodies = new HashSet<JsonNode>();
        try (var callers = Executors.newFixedThreadPool(6)) {
            for (var answer : callers.invokeAll(calls)) {
                bodies.add(answer.get().ok().body());
            }
        }

        assertThat(bodies).singleElement().asString().doesNotContain("VERSION_CONFLICT");
        assertThat(outcomes(admin.review(inputs))).allMatch(outcome -> outcome.startsWith("VERSION_CONFLICT"));
    }

    @Test
    void aKeyHasAtMostTwoHundredCharacters() {
        var answer = admin.caller()
                .query("""
                        mutation ($key: String!, $inputs: [ReviewInventoryItemInput!]!) {
                          reviewInventoryItems(inputs: $inputs) @idempotent(key: $key) { userErrors { code } } }""", Map.of("key", "k".repeat(201), "inputs", List.of(approval(items("pending"), 1))));

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
    }
}
