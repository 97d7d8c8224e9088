package dev.selvage.inventory;

import static dev.selvage.inventory.ItemCalls.done;
import static dev.selvage.inventory.ItemCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of items; {@link ItemStateTest} is about who may bring them from where to where. */
class InventoryItemMutationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.Event event = given.event("published");
    private static final Given.Consignor consignor = given.consignor();
    private static final ItemCalls owner = new ItemCalls(gateway.user(consignor.user()));
    private static final ItemCalls admin = new ItemCalls(gateway.user(given.admin()));

    private static String item(String status) {
        return given.item(event, consignor, status).globalId();
    }

    @Test
    void anUpdateChangesWhatIsSentClearsWhatIsNullAndLeavesTheRest() {
        var id = item("pending");
        done(owner.update(id, 1, Map.of("description", "Blue", "size", "L")));
        var changes = new HashMap<String, Object>(Map.of("condition", "LIKE_NEW", "category", "books"));
        changes.put("description", null);

        var item = done(owner.update(id, 2, changes));

        assertThat(item.path("version").asInt()).isEqualTo(3);
        assertThat(item.path("description").isNull()).isTrue();
        assertThat(item.path("size").asString()).isEqualTo("L");
        assertThat(item.path("condition").asString()).isEqualTo("LIKE_NEW");
        assertThat(item.path("category").asString()).isEqualTo("books");
        assertThat(item.path("price").path("amount").asString()).isEqualTo("12.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "category", "price", "condition"})
    void whatMustBeThereCannotBeCleared(String field) {
        for (var status : List.of("pending", "approved")) {
            var changes = new HashMap<String, Object>();
            changes.put(field, null);

            refused(owner.update(item(status), 1, changes), ErrorCode.REQUIRED, field);
        }
    }

    @Test
    void theSecondOfTwoEditorsIsShownWhatTheFirstHasMade() {
        var id = item("pending");
        done(admin.update(id, 1, Map.of("name", "First")));

        var error =
                refused(owner.update(id, 1, Map.of("name", "Second")), ErrorCode.VERSION_CONFLICT, "expectedVersion");

        assertThat(error.path("current").toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"First\",\"status\":\"PENDING\",\"version\":2}");
        refused(owner.giveBack(id, 1), ErrorCode.VERSION_CONFLICT, "expectedVersion");
        refused(admin.approve(id, 3), ErrorCode.VERSION_CONFLICT, "expectedVersion");
        refused(admin.reject(id, 1, " "), ErrorCode.VERSION_CONFLICT, "expectedVersion");
    }

    /** @param state that it is in then, at a price of 12.50 before */
    @ParameterizedTest
    @CsvSource({"12.49, APPROVED, 2", "12.5, APPROVED, 1", "12.51, PENDING, 2", "0.01, APPROVED, 2"})
    void anOwnerMakesAnApprovedItemCheaperAndWhatIsDearerIsLookedAtAgain(String price, String state, int version) {
        var item = done(owner.update(
                item("approved"), 1, Map.of("price", price, "category", "toys", "size", "M", "condition", "GOOD")));

        assertThat(item.path("status").asString()).isEqualTo(state);
        assertThat(item.path("version").asInt()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"name, Other", "description, Other", "category, other", "size, XXL", "condition, FAIR"})
    void whateverElseAnOwnerChangesIsLookedAtAgainAlsoIfItBecomesCheaper(String field, String value) {
        var id = item("approved");

        assertThat(done(admin.update(id, 1, Map.of(field, value)))
                        .path("status")
                        .asString())
                .isEqualTo("APPROVED");
        var other = done(owner.update(item("approved"), 1, Map.of(field, value, "price", "1")));
        assertThat(other.path("status").asString()).isEqualTo("PENDING");
        assertThat(other.path("availableQuantity").asInt()).isZero();
        // The same once more is no change.
        assertThat(done(owner.update(id, 2, Map.of(field, value)))
                        .path("status")
                        .asString())
                .isEqualTo("APPROVED");
    }

    @Test
    void whatIsClearedOfAnApprovedItemIsLookedAtAgain() {
        var changes = new HashMap<String, Object>();
        changes.put("size", null);

        assertThat(done(owner.update(item("approved"), 1, changes))
                        .path("status")
                        .asString())
                .isEqualTo("PENDING");
    }

    @Test
    void anItemGetsItsBarcodeOnceAndKeepsItWhateverBecomesOfIt() {
        var id = item("pending");
        var approved = done(admin.approve(id, 1));
        var barcode = approved.path("barcode").asString();
        assertThat(barcode).matches("2[0-9]{12}");
        assertThat(approved.path("availableQuantity").asInt()).isEqualTo(1);

        for (var item : List.of(
                done(owner.update(id, 2, Map.of("name", "Other"))),
                done(admin.reject(id, 3, "  Torn ")),
                done(owner.resubmit(id, 4)),
                done(admin.approve(id, 5)),
                done(owner.giveBack(id, 6)))) {
            assertThat(item.path("barcode").asString()).isEqualTo(barcode);
        }
    }

    @Test
    void noTwoItemsHaveTheSameBarcode() {
        var barcodes = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            barcodes.add(done(admin.approve(item("pending"), 1)).path("barcode").asString());
        }
        assertThat(barcodes).hasSize(20);
    }

    @Test
    void aReasonIsToldToTheOwnerAndGoesWhenTheItemIsOfferedAgain() {
        var id = item("pending");
        done(admin.reject(id, 1, "  Torn at the sleeve.\n"));

        var told = owner.caller()
                .query(
                        "query ($id: ID!) { node(id: $id) { ... on InventoryItem { rejectionReason } } }",
                        Map.of("id", id));
        assertThat(told.ok().text("node", "rejectionReason")).isEqualTo("Torn at the sleeve.");

        var again = done(owner.resubmit(id, 2));
        assertThat(again.path("status").asString()).isEqualTo("PENDING");
        assertThat(again.path("rejectionReason").isNull()).isTrue();
    }

    @Test
    void aReasonStaysWithWhatIsReturned() {
        var id = item("rejected");

        assertThat(done(owner.giveBack(id, 1)).path("rejectionReason").asString())
                .isEqualTo("Torn");
    }

    @Test
    void aReasonHasOneToAThousandCharacters() {
        for (var none : List.of("", " \n\t ", "\u2003")) {
            refused(admin.reject(item("pending"), 1, none), ErrorCode.REQUIRED, "reason");
        }
        refused(admin.reject(item("pending"), 1, "🧵".repeat(1_001)), ErrorCode.TOO_LONG, "reason");
        refused(admin.reject(item("pending"), 1, "a\0b"), ErrorCode.INVALID, "reason");
        var longest = " " + "🧵".repeat(1_000) + " ";
        assertThat(done(admin.reject(item("pending"), 1, longest))
                        .path("rejectionReason")
                        .asString())
                .isEqualTo(longest.strip());
        // Where it cannot be rejected at all, that is said first.
        refused(admin.reject(item("approved"), 1, ""), ErrorCode.TRANSITION_BLOCKED, "id");
    }

    @Test
    void somebodyElsesItemThatOneSeesIsNotOnesOwn() {
        var id = item("approved");
        var other = new ItemCalls(gateway.user(given.consignor().user()));
        var seen = other.caller().query("query ($id: ID!) { node(id: $id) { id } }", Map.of("id", id));
        assertThat(seen.ok().text("node", "id")).isEqualTo(id);

        refused(other.update(id, 1, Map.of("price", 1)), ErrorCode.NOT_FOUND, "id");
        refused(other.update(id, 7, Map.of("price", "0.001")), ErrorCode.NOT_FOUND, "id");
        refused(other.giveBack(id, 1), ErrorCode.NOT_FOUND, "id");
        refused(other.resubmit(id, 1), ErrorCode.NOT_FOUND, "id");
    }

    @Test
    void whatIsNoItemIsNotFound() {
        for (var id : List.of(event.globalId(), GlobalId.of("InventoryItem", 999_999_999L))) {
            refused(owner.update(id, 1, Map.of()), ErrorCode.NOT_FOUND, "id");
            refused(admin.approve(id, 1), ErrorCode.NOT_FOUND, "id");
            refused(admin.reject(id, 1, "Torn"), ErrorCode.NOT_FOUND, "id");
            refused(owner.resubmit(id, 1), ErrorCode.NOT_FOUND, "id");
            refused(owner.giveBack(id, 1), ErrorCode.NOT_FOUND, "id");
        }
    }

    @Test
    void aDryRunIssuesNothing() {
        var id = item("pending");
        var dry = admin.caller().query("""
                        mutation ($id: ID!) @dryRun {
                          approveInventoryItem(input: { id: $id, expectedVersion: 1 }) { inventoryItem { status barcode } userErrors { code } }
                        }""", Map.of("id", id)).ok();

        assertThat(dry.text("approveInventoryItem", "inventoryItem", "status")).isEqualTo("APPROVED");
        assertThat(done(admin.update(id, 1, Map.of("name", "Other")))
                        .path("barcode")
                        .isNull())
                .isTrue();
    }
}
