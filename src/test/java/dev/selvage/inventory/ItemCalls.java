package dev.selvage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Changes of items by one caller. */
record ItemCalls(Caller caller) {
    private static final String PAYLOAD = """
            { inventoryItem { id version name description category size price { amount } condition status rejectionReason barcode
                availableQuantity event { id } consignor { id } }
              userErrors { __typename code message path
                ... on VersionConflict { current { ... on InventoryItem { id name status version } } }
                ... on TransitionBlocked { from to blockers { code } } } }""";

    private Answer call(String mutation, String input, Map<String, ?> values) {
        return caller.query(
                "mutation ($input: " + input + "!) { " + mutation + "(input: $input) " + PAYLOAD + " }",
                Map.of("input", values));
    }

    static Map<String, Object> shirt(Given.Event event) {
        return new HashMap<>(Map.of(
                "eventId",
                event.globalId(),
                "name",
                "Shirt",
                "category",
                "shirts",
                "price",
                "12.50",
                "condition",
                "GOOD"));
    }

    Answer create(Map<String, ?> values) {
        return call("createInventoryItem", "CreateInventoryItemInput", values);
    }

    Answer update(String id, int version, Map<String, ?> changes) {
        var values = new HashMap<String, Object>(changes);
        values.put("id", id);
        values.put("expectedVersion", version);
        return call("updateInventoryItem", "UpdateInventoryItemInput", values);
    }

    Answer approve(String id, int version) {
        return of("approveInventoryItem", id, version);
    }

    Answer reject(String id, int version, String reason) {
        return call(
                "rejectInventoryItem",
                "RejectInventoryItemInput",
                Map.of("id", id, "expectedVersion", version, "reason", reason));
    }

    Answer resubmit(String id, int version) {
        return of("resubmitInventoryItem", id, version);
    }

    Answer giveBack(String id, int version) {
        return of("returnInventoryItem", id, version);
    }

    private Answer of(String mutation, String id, int version) {
        return call(mutation, "InventoryItemVersionInput", Map.of("id", id, "expectedVersion", version));
    }

    Answer review(List<? extends Map<String, ?>> inputs) {
        return caller.query(
                "mutation ($inputs: [ReviewInventoryItemInput!]!) { reviewInventoryItems(inputs: $inputs) " + PAYLOAD
                        + " }",
                Map.of("inputs", inputs));
    }

    static Map<String, ?> approval(String id, int version) {
        return Map.of("approve", Map.of("id", id, "expectedVersion", version));
    }

    static Map<String, ?> rejection(String id, int version, String reason) {
        return Map.of("reject", Map.of("id", id, "expectedVersion", version, "reason", reason));
    }

    /** The item that came of the only change of an answer. */
    static JsonNode done(Answer answer) {
        var payload = answer.ok().at().iterator().next();
        assertThat(payload.path("userErrors").toString()).isEqualTo("[]");
        return payload.path("inventoryItem");
    }

    /** Why the only change of an answer was not made: for one reason, with its place below {@code input}. */
    static JsonNode refused(Answer answer, ErrorCode code, String field) {
        var payload = answer.ok().at().iterator().next();
        assertThat(payload.path("inventoryItem").isNull()).isTrue();
        assertThat(payload.path("userErrors").size()).as(payload.toString()).isEqualTo(1);
        var error = payload.path("userErrors").path(0);
        assertThat(error.path("code").asString()).isEqualTo(code.name());
        assertThat(error.path("path").toString()).isEqualTo("[\"input\",\"" + field + "\"]");
        return error;
    }
}
