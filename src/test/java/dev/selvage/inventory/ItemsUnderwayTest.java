package dev.selvage.inventory;

import static dev.selvage.inventory.ItemCalls.approval;
import static dev.selvage.inventory.ItemCalls.refused;
import static dev.selvage.inventory.ItemCalls.shirt;
import static dev.selvage.inventory.ReviewInventoryItemsTest.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Meanwhile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of items while their event, their consignor's place or an order takes them along: whoever comes second sees it. */
class ItemsUnderwayTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller shop = gateway.user(given.admin());
    private static final ItemCalls admin = new ItemCalls(shop);

    private final Given.Consignor consignor = given.consignor();
    private final ItemCalls owner = new ItemCalls(gateway.user(consignor.user()));

    /** With the consignor's place; drop-off is still open, or else the sale is over. */
    private Given.Event event(boolean isOver) {
        var sale = Instant.now().plus(Duration.ofDays(isOver ? -30 : 30));
        var event = given.event("published", Given.unique("Event"), sale);
        given.registration(event, consignor, "registered");
        return event;
    }

    private static Answer end(String mutation, Given.Event event) {
        return shop.query(
                "mutation ($id: ID!) { " + mutation
                        + "(input: { id: $id, expectedVersion: 1 }) { userErrors { code message } } }",
                Map.of("id", event.globalId()));
    }

    /** All calls in this order behind whoever looks at one item. */
    private static List<Answer> behind(Given.Item item, List<Callable<Answer>> calls) {
        return Meanwhile.inTurn(
                gateway.database(), "SELECT FROM inventory_items WHERE id = " + item.id() + " FOR UPDATE", calls);
    }

    private static List<Callable<Answer>> inOrder(boolean isFirst, Callable<Answer> one, Callable<Answer> other) {
        return isFirst ? List.of(one, other) : List.of(other, one);
    }

    private static String code(Answer answer) {
        return answer.ok()
                .at()
                .iterator()
                .next()
                .path("userErrors")
                .path(0)
                .path("code")
                .asString();
    }

    private static Set<String> statuses(Given.Event event) {
        return Set.copyOf(gateway.database()
                .query("SELECT status FROM inventory_items WHERE event_id = ?", row -> row.getString(1), event.id()));
    }

    @ParameterizedTest
    @CsvSource({"cancelEvent, true", "cancelEvent, false", "completeEvent, true", "completeEvent, false"})
    void ofAReviewAndTheEndOfAnEventTheSecondFindsWhatTheFirstHasDoneAndAllIsReturned(
            String mutation, boolean reviewIsFirst) {
        var event = event(mutation.equals("completeEvent"));
        var items = given.items(event, consignor, "pending", 60);
        var approvals = new ArrayList<>(
                items.stream().map(item -> approval(item.globalId(), 1)).toList());
        Collections.reverse(approvals);

        var answers = behind(
                items.get(30), inOrder(reviewIsFirst, () -> admin.review(approvals), () -> end(mutation, event)));

        assertThat(outcomes(answers.get(reviewIsFirst ? 0 : 1)))
                .hasSize(60)
                .allMatch(outcome -> outcome.startsWith(reviewIsFirst ? "APPROVED" : "VERSION_CONFLICT"));
        assertThat(code(answers.get(reviewIsFirst ? 1 : 0))).isEmpty();
        assertThat(statuses(event)).containsExactly("returned");
    }

    @Test
    void nothingIsHandedInForAnEventThatIsBeingCancelled() {
        var event = event(false);
        var item = given.item(event, consignor, "pending");

        var answers = behind(item, List.of(() -> end("cancelEvent", event), () -> owner.create(shirt(event))));

        assertThat(code(answers.get(0))).isEmpty();
        refused(answers.get(1), ErrorCode.TRANSITION_BLOCKED, "eventId");
        assertThat(statuses(event)).containsExactly("returned");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAnApprovalAndACancelledPlaceTheSecondIsRefused(boolean approvalIsFirst) {
        var event = given.event("published");
        var registration = given.registration(event, consignor, "registered");
        var item = given.item(event, consignor, "pending");
        Callable<Answer> cancel = () -> owner.caller()
                .query(
                        "mutation ($id: ID!) { cancelRegistration(input: { id: $id, expectedVersion: 1 }) { userErrors { code } } }",
                        Map.of("id", registration.globalId()));

        var answers = behind(item, inOrder(approvalIsFirst, () -> admin.approve(item.globalId(), 1), cancel));

        assertThat(answers.stream().map(ItemsUnderwayTest::code))
                .containsExactly("", approvalIsFirst ? "IN_USE" : "VERSION_CONFLICT");
        assertThat(statuses(event)).containsExactly(approvalIsFirst ? "approved" : "returned");
    }

    /** Be it that it becomes dearer, is looked at again, or goes home. */
    @ParameterizedTest
    @CsvSource({
        "price, 99, true",
        "price, 99, false",
        "name, Other, true",
        "name, Other, false",
        "return, , true",
        "return, , false"
    })
    void ofAnOrderAndTheOwnersChangeTheSecondFindsWhatTheFirstHasDone(
            String field, String value, boolean orderIsFirst) {
        var event = event(false);
        var item = given.item(event, consignor, "approved");
        Callable<Answer> change = () -> field.equals("return")
                ? owner.giveBack(item.globalId(), 1)
                : owner.update(item.globalId(), 1, Map.of(field, value));
        // Before the sale opens only the shop sells.
        Callable<Answer> order = () -> shop.query("""
                        mutation ($item: ID!) {
                          placeOrder(input: { customerName: "Ada", customerEmail: "ada@example.com",
                                              lines: [{ inventoryItem: { id: $item } }] }) {
                            order { id } userErrors { code } } }""", Map.of("item", item.globalId()));

        var answers = behind(item, inOrder(orderIsFirst, order, change));

        assertThat(code(answers.getFirst())).isEmpty();
        assertThat(code(answers.get(1))).isEqualTo(orderIsFirst ? "VERSION_CONFLICT" : "TRANSITION_BLOCKED");
        assertThat(statuses(event))
                .containsExactly(orderIsFirst ? "sold" : field.equals("return") ? "returned" : "pending");
    }
}
