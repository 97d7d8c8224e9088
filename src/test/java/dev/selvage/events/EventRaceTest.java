package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Meanwhile;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What others do at the same moment is waited for and then seen. Each is stopped just before it commits. */
class EventRaceTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static Answer meanwhile(String written, Callable<Answer> change) {
        return Meanwhile.of(gateway.database(), written, change);
    }

    private static Answer meanwhile(String written, String mutation, Given.Event event) {
        return meanwhile(written, () -> EventCalls.event(admin, mutation, event));
    }

    private static String approve(Given.Item item) {
        return "UPDATE inventory_items SET status = 'approved', barcode = coalesce(barcode,"
                + " barcode(nextval('inventory_items_barcode_seq'))), order_id = NULL WHERE id = "
                + item.id();
    }

    /** By an order of its own, as if somebody were buying it. */
    private static String sell(Given.Item item) {
        return """
                WITH bought AS (
                    INSERT INTO orders (customer_email, customer_name, items, subtotal, total_amount)
                    VALUES ('guest@example.com', 'Guest', '[{"kind": "inventory_item", "inventory_item_id": %1$d, "name": "Coat",
                            "quantity": 1, "unit_price": 12.5}]', 12.5, 12.5) RETURNING id)
                UPDATE inventory_items SET status = 'sold', order_id = bought.id FROM bought WHERE inventory_items.id = %1$d
                """.formatted(item.id());
    }

    private static String handIn(Given.Event event, Given.Consignor consignor) {
        return """
                INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, price, condition)
                VALUES (%d, 'published', %d, '%s', 'Coat', 'clothes', 5, 'good')
                """.formatted(event.id(), consignor.id(), consignor.user().id());
    }

    private static String join(Given.Event event, Given.Consignor consignor) {
        return "INSERT INTO event_registrations (event_id, consignor_id, status) VALUES (%d, %d, 'registered')"
                .formatted(event.id(), consignor.id());
    }

    private static Given.Event over() {
        return given.event("published", Given.unique("Event"), Instant.now().minus(Duration.ofDays(30)));
    }

    @Test
    void anEventThatSomebodyIsJoiningIsNotTakenBack() {
        var event = given.event("published");

        EventCalls.refused(
                meanwhile(join(event, given.consignor()), "unpublishEvent", event),
                "unpublishEvent",
                ErrorCode.IN_USE,
                "input",
                "id");
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 1");
    }

    @Test
    void anEventThatSomethingIsBeingHandedInForIsNotTakenBack() {
        var event = given.event("published");

        EventCalls.refused(
                meanwhile(handIn(event, given.consignor()), "unpublishEvent", event),
                "unpublishEvent",
                ErrorCode.IN_USE,
                "input",
                "id");
    }

    @Test
    void anEventOfWhichSomethingIsBeingBoughtIsNotCalledOff() {
        var event = given.event("published");
        var consignor = given.consignor();
        given.registration(event, consignor, "registered");
        var item = given.item(event, consignor, "approved");

        EventCalls.refused(meanwhile(sell(item), "cancelEvent", event), "cancelEvent", ErrorCode.IN_USE, "input", "id");
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 1");
        assertThat(EventCalls.items(gateway, event)).containsExactly("sold");
    }

    @Test
    void whatIsBeingBoughtOfAnEventThatIsOverStaysSold() {
        var event = over();
        var item = given.item(event, given.consignor(), "approved");

        EventCalls.done(meanwhile(sell(item), "completeEvent", event), "completeEvent");

        assertThat(EventCalls.items(gateway, event)).containsExactly("sold");
    }

    @Test
    void whatAnOrderIsGivingBackGoesBackToItsOwner() {
        var event = over();
        var item = given.soldItem(event, given.consignor());

        EventCalls.done(meanwhile(approve(item), "completeEvent", event), "completeEvent");

        assertThat(EventCalls.items(gateway, event)).containsExactly("returned");
    }

    @Test
    void whatIsBeingHandedInGoesBackWithTheEvent() {
        var event = given.event("published");

        EventCalls.done(meanwhile(handIn(event, given.consignor()), "cancelEvent", event), "cancelEvent");

        assertThat(EventCalls.items(gateway, event)).containsExactly("returned");
    }

    @Test
    void whoeverIsJoiningAnEventIsCancelledWithIt() {
        var event = given.event("published");

        EventCalls.done(meanwhile(join(event, given.consignor()), "cancelEvent", event), "cancelEvent");

        assertThat(EventCalls.status(gateway, event)).isEqualTo("cancelled 0");
        assertThat(EventCalls.registrations(gateway, event)).containsExactly("cancelled");
    }

    @Test
    void aPlaceIsNotGivenUpWhileAnItemIsBeingApproved() {
        var event = given.event("published");
        var consignor = given.consignor();
        var registration = given.registration(event, consignor, "registered");
        var item = given.item(event, consignor, "pending");

        var answer = meanwhile(
                approve(item),
                () -> EventCalls.registration(gateway.user(consignor.user()), "cancelRegistration", registration));

        EventCalls.refused(answer, "cancelRegistration", ErrorCode.IN_USE, "input", "id");
        assertThat(EventCalls.items(gateway, event)).containsExactly("approved");
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 1");
    }

    @Test
    void whatIsBeingHandedInGoesBackWithThePlace() {
        var event = given.event("published");
        var consignor = given.consignor();
        var registration = given.registration(event, consignor, "registered");

        var answer = meanwhile(
                handIn(event, consignor),
                () -> EventCalls.registration(gateway.user(consignor.user()), "cancelRegistration", registration));

        EventCalls.done(answer, "cancelRegistration");
        assertThat(EventCalls.items(gateway, event)).containsExactly("returned");
    }

    /** Its owner has changed it, so it has to be looked at again. */
    @Test
    void whatIsNotApprovedAnyMoreGoesBackWithThePlace() {
        var event = given.event("published");
        var consignor = given.consignor();
        var registration = given.registration(event, consignor, "registered");
        var item = given.item(event, consignor, "approved");

        var answer = meanwhile(
                "UPDATE inventory_items SET status = 'pending' WHERE id = " + item.id(),
                () -> EventCalls.registration(gateway.user(consignor.user()), "cancelRegistration", registration));

        EventCalls.done(answer, "cancelRegistration");
        assertThat(EventCalls.items(gateway, event)).containsExactly("returned");
    }

    @Test
    void theLastPlaceIsTakenOnce() {
        var event = given.eventWithPlaces(1);

        var joined = meanwhile(
                join(event, given.consignor()),
                () -> EventCalls.join(gateway.user(given.consignor().user()), event));

        assertThat(EventCalls.done(joined, "joinEvent").text("joinEvent", "registration", "status"))
                .isEqualTo("WAITLISTED");
    }

    @Test
    void anEventThatIsBeingTakenBackIsNotJoined() {
        var event = given.event("published");

        var joined = meanwhile(
                "UPDATE events SET status = 'draft' WHERE id = " + event.id(),
                () -> EventCalls.join(gateway.user(given.consignor().user()), event));

        EventCalls.refused(joined, "joinEvent", ErrorCode.NOT_FOUND, "input", "eventId");
        assertThat(EventCalls.registrations(gateway, event)).isEmpty();
    }
}
