package dev.selvage.inventory;

import static dev.selvage.inventory.ItemCalls.approval;
import static dev.selvage.inventory.ItemCalls.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews of many items at once. */
class ReviewInventoryItemsTest {
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

    /** In short: {@code code path}, or the status. */
    static List<String> outcomes(Answer answer) {
        return answer.ok()
                .at("reviewInventoryItems")
                .valueStream()
                .map(payload -> payload.path("inventoryItem").isNull()
                        ? payload.path("userErrors").path(0).path("code").asString() + " "
                                + payload.path("userErrors").path(0).path("path")
                        : payload.path("inventoryItem").path("status").asString())
                .toList();
    }

    @Test
    void eachIsApprovedOrRejectedByItself() {
        var items = items(3, "pending");

        var answer = admin.review(
                List.of(approval(items.get(2), 1), rejection(items.get(0), 1, " Torn "), approval(items.get(1), 1)));

        assertThat(outcomes(answer)).containsExactly("APPROVED", "REJECTED", "APPROVED");
        assertThat(answer.at("reviewInventoryItems", 0, "inventoryItem", "id").asString())
                .isEqualTo(items.get(2));
        assertThat(answer.text("reviewInventoryItems", 0, "inventoryItem", "barcode"))
                .matches("2[0-9]{12}");
        assertThat(answer.text("reviewInventoryItems", 1, "inventoryItem", "rejectionReason"))
                .isEqualTo("Torn");
        assertThat(answer.at("reviewInventoryItems", 1, "inventoryItem", "barcode")
                        .isNull())
                .isTrue();
        assertThat(answer.statements()).isLessThanOrEqualTo(3);
    }

    /** Every fifth of its kind: done, of an old version, in another state, not there, without a reason. */
    @Test
    void fiveHundredOfAllSortsAreAnsweredInTheirOrderByAHandfulOfStatements() {
        var pending = items(400, "pending");
        var approved = items(100, "approved");
        var inputs = new ArrayList<Map<String, ?>>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            // Backwards, so that the order of the answers is not that of the rows.
            var ids = pending.subList(396 - 4 * i, 400 - 4 * i);
            inputs.add(i % 2 == 0 ? approval(ids.get(3), 1) : rejection(ids.get(3), 1, "Torn"));
            expected.add(i % 2 == 0 ? "APPROVED" : "REJECTED");
            inputs.add(approval(ids.get(2), 2));
            expected.add("VERSION_CONFLICT [\"inputs\",\"" + (5 * i + 1) + "\",\"approve\",\"expectedVersion\"]");
            inputs.add(rejection(approved.get(i), 1, i % 2 == 0 ? "Torn" : ""));
            expected.add("TRANSITION_BLOCKED [\"inputs\",\"" + (5 * i + 2) + "\",\"reject\",\"id\"]");
            inputs.add(approval(GlobalId.of("InventoryItem", 900_000_000L + i), 1));
            expected.add("NOT_FOUND [\"inputs\",\"" + (5 * i + 3) + "\",\"approve\",\"id\"]");
            inputs.add(rejection(ids.get(1), 1, "  "));
            expected.add("REQUIRED [\"inputs\",\"" + (5 * i + 4) + "\",\"reject\",\"reason\"]");
        }

        var answer = admin.review(inputs);

        assertThat(outcomes(answer)).containsExactlyElementsOf(expected);
        // The changes, what kept the others from being made, and the payload's events and consignors.
        assertThat(answer.statements()).isLessThanOrEqualTo(5);
        assertThat(answer.at("reviewInventoryItems", 1, "userErrors", 0, "current")
                        .toString())
                .contains("\"status\":\"PENDING\",\"version\":1");
        var blocked = answer.at("reviewInventoryItems", 2, "userErrors", 0);
        assertThat(blocked.path("from").asString() + blocked.path("to").asString())
                .isEqualTo("APPROVEDREJECTED");
        assertThat(gateway.database()
                        .query(
                                "SELECT status || count(*) FROM inventory_items WHERE id = ANY (?) GROUP BY status ORDER BY 1",
                                row -> row.getString(1),
                                (Object) pending.stream()
                                        .map(id -> GlobalId.keyOf(id, "InventoryItem", Long.class))
                                        .toArray(Long[]::new)))
                .containsExactly("approved50", "pending300", "rejected50");
    }

    @Test
    void oneMoreThanFiveHundredIsRefusedBeforeAnythingIsDone() {
        var item = items(1, "pending").getFirst();
        var inputs =
                new ArrayList<Map<String, ?>>(Collections.nCopies(500, approval(GlobalId.of("InventoryItem", 1L), 1)));
        inputs.addFirst(approval(item, 1));

        var answer = admin.review(inputs);

        assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(answer.at("reviewInventoryItems").isNull()).isTrue();
        assertThat(outcomes(admin.review(List.of(approval(item, 1))))).containsExactly("APPROVED");
    }

    @Test
    void noneAreNone() {
        assertThat(outcomes(admin.review(List.of()))).isEmpty();
    }

    /** Be the first refused or not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void anItemIsReviewedOnceInARequest(int version) {
        var item = items(1, "pending").getFirst();

        var outcomes = outcomes(
                admin.review(List.of(rejection(item, version, "Torn"), approval(item, 1), rejection(item, 2, "Worn"))));

        assertThat(outcomes.subList(1, 3))
                .containsExactly(
                        "NOT_UNIQUE [\"inputs\",\"1\",\"approve\",\"id\"]",
                        "NOT_UNIQUE [\"inputs\",\"2\",\"reject\",\"id\"]");
        assertThat(outcomes.getFirst())
                .isEqualTo(
                        version == 1
                                ? "REJECTED"
                                : "VERSION_CONFLICT [\"inputs\",\"0\",\"reject\",\"expectedVersion\"]");
    }

    @Test
    void whatIsNoIdIsRefusedByItself() {
        var item = items(1, "pending").getFirst();

        assertThat(outcomes(admin.review(List.of(
                        approval("nonsense", 1),
                        rejection(item, 1, "x".repeat(1_001)),
                        approval(event.globalId(), 1),
                        approval(items(1, "pending").getFirst(), 1)))))
                .containsExactly(
                        "INVALID [\"inputs\",\"0\",\"approve\",\"id\"]",
                        "TOO_LONG [\"inputs\",\"1\",\"reject\",\"reason\"]",
                        "NOT_FOUND [\"inputs\",\"2\",\"approve\",\"id\"]",
                        "APPROVED");
    }

    @Test
    void itIsForAdministratorsAndIntegratorsWithTheScope() {
        var inputs = List.of(approval(items(1, "pending").getFirst(), 1));

        assertThat(new ItemCalls(gateway.anonymous()).review(inputs).errorCodes())
                .containsExactly("UNAUTHENTICATED");
        assertThat(new ItemCalls(gateway.user(consignor.user())).review(inputs).errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(new ItemCalls(gateway.integrator("read:inventory"))
                        .review(inputs)
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(new ItemCalls(gateway.integrator("write:inventory"))
                        .review(inputs)
                        .body()
                        .toString())
                .contains("\"status\":\"APPROVED\"");
    }

    @Test
    void anotherFieldOfTheSameRequestDoesNotUndoIt() {
        var items = items(2, "pending");

        var answer = admin.caller()
                .query(
                        """
                        mutation ($inputs: [ReviewInventoryItemInput!]!, $id: ID!) {
                          first: reviewInventoryItems(inputs: $inputs) { inventoryItem { status transitions { to allowed } } }
                          second: approveInventoryItem(input: { id: $id, expectedVersion: 1 }) { userErrors { code } }
                          third: reviewInventoryItems(inputs: $inputs) { userErrors { code } }
                        }""",
                        Map.of(
                                "inputs",
                                List.of(approval(items.get(0), 1), approval(items.get(1), 1)),
                                "id",
                                items.get(0)))
                .ok();

        assertThat(answer.at("first").toString()).contains("APPROVED").contains("RETURNED");
        assertThat(answer.text("second", "userErrors", 0, "code")).isEqualTo("VERSION_CONFLICT");
        assertThat(answer.text("third", 1, "userErrors", 0, "code")).isEqualTo("VERSION_CONFLICT");
        assertThat(outcomes(admin.review(List.of(approval(items.get(1), 2)))))
                .containsExactly("TRANSITION_BLOCKED [\"inputs\",\"0\",\"approve\",\"id\"]");
    }

    @Test
    void barcodesOfAReviewAreAllDifferent() {
        var answer = admin.review(
                items(500, "pending").stream().map(id -> approval(id, 1)).toList());

        var barcodes = new HashSet<String>();
        IntStream.range(0, 500)
                .forEach(i -> barcodes.add(answer.text("reviewInventoryItems", i, "inventoryItem", "barcode")));
        assertThat(barcodes).hasSize(500).allMatch(barcode -> barcode.matches("2[0-9]{12}"));
    }
}
