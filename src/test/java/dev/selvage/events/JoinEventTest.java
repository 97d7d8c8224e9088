package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a place, who waits for one, and who gets the next that comes free. */
class JoinEventTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static void refused(Answer answer, ErrorCode code, String... path) {
        EventCalls.refused(answer, "joinEvent", code, path);
    }

    @Test
    void aConsignorTakesAPlaceAndSeesIt() {
        var consignor = given.consignor();
        var event = given.event("published");

        var joined = EventCalls.done(EventCalls.join(gateway.user(consignor.user()), event), "joinEvent")
                .at("joinEvent", "registration");

        assertThat(joined.path("status").asString()).isEqualTo("REGISTERED");
        assertThat(joined.path("version").asInt()).isEqualTo(1);
        assertThat(joined.path("waitlistPosition").isNull()).isTrue();
        assertThat(joined.path("consignor").path("id").asString()).isEqualTo(consignor.globalId());
        assertThat(joined.path("event").path("registeredCount").asInt()).isEqualTo(1);
    }

    @Test
    void whoeverComesToAFullEventWaitsOrIsToldHowManyPlacesThereAre() {
        var event = given.eventWithPlaces(2);
        var waits = List.of("", "", "1", "2").stream()
                .map(_ -> EventCalls.done(
                                EventCalls.join(gateway.user(given.consignor().user()), event), "joinEvent")
                        .text("joinEvent", "registration", "waitlistPosition"))
                .toList();
        assertThat(waits).containsExactly("", "", "1", "2");

        var error = EventCalls.refused(
                EventCalls.registration(
                        gateway.user(given.consignor().user()),
                        "joinEvent",
                        Map.of("eventId", event.globalId(), "joinWaitlist", false)),
                "joinEvent",
                ErrorCode.CAPACITY_REACHED,
                "input",
                "eventId");

        assertThat(error.path("__typename").asString()).isEqualTo("CapacityReached");
        assertThat(error.path("capacity").asInt()).isEqualTo(2);
        assertThat(EventCalls.registrations(gateway, event))
                .containsExactly("registered", "registered", "waitlisted", "waitlisted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered", "waitlisted", "checked_in", "checked_out"})
    void nobodyJoinsTwice(String status) {
        var event = given.eventWithPlaces(1);
        var consignor = given.consignor();
        given.registration(event, consignor, status);

        // Also where there would be no room.
        for (var waits : List.of(true, false)) {
            refused(
                    EventCalls.registration(
                            gateway.user(consignor.user()),
                            "joinEvent",
                            Map.of("eventId", event.globalId(), "joinWaitlist", waits)),
                    ErrorCode.NOT_UNIQUE,
                    "input",
                    "eventId");
        }
        assertThat(EventCalls.registrations(gateway, event)).containsExactly(status);
    }

    @Test
    void whoeverGaveAPlaceUpMayComeBackAsTheLast() {
        var event = given.eventWithPlaces(1);
        var consignor = given.consignor();
        given.registration(event, consignor, "cancelled");
        given.registration(event, given.consignor(), "registered");
        given.registration(event, given.consignor(), "waitlisted");

        var joined = EventCalls.done(EventCalls.join(gateway.user(consignor.user()), event), "joinEvent");

        assertThat(joined.at("joinEvent", "registration", "waitlistPosition").asInt())
                .isEqualTo(2);
    }

    @Test
    void anEventThatOneDoesNotSeeIsNotFound() {
        var consignor = given.consignor();
        for (var id : List.of(
                given.event("draft").globalId(),
                given.event("cancelled").globalId(),
                new Given.Event(Long.MAX_VALUE).globalId(),
                consignor.globalId())) {
            refused(
                    EventCalls.registration(gateway.user(consignor.user()), "joinEvent", Map.of("eventId", id)),
                    ErrorCode.NOT_FOUND,
                    "input",
                    "eventId");
        }
    }

    @Test
    void onlyAPublishedEventIsJoined() {
        var consignor = given.consignor();
        var cancelled = given.event("cancelled");
        given.registration(cancelled, consignor, "cancelled");

        for (var event : List.of(given.event("completed"), cancelled)) {
            refused(
                    EventCalls.join(gateway.user(consignor.user()), event),
                    ErrorCode.TRANSITION_BLOCKED,
                    "input",
                    "eventId");
        }
        refused(
                EventCalls.join(admin, given.event("draft"), consignor),
                ErrorCode.TRANSITION_BLOCKED,
                "input",
                "eventId");
    }

    @Test
    void anEventIsJoinedUntilItsDropOffEnds() {
        // A day before its sale.
        var late = given.event("published", Given.unique("Event"), Instant.now().plus(Duration.ofHours(23)));
        var inTime =
                given.event("published", Given.unique("Event"), Instant.now().plus(Duration.ofHours(25)));
        var caller = gateway.user(given.consignor().user());

        refused(EventCalls.join(caller, late), ErrorCode.WINDOW_CLOSED, "input", "eventId");
        EventCalls.done(EventCalls.join(caller, inTime), "joinEvent");
    }

    @Test
    void whoeverIsNoConsignorIsToldToBecomeOne() {
        var answer = EventCalls.join(gateway.user(given.user()), given.event("published"));

        assertThat(EventCalls.code(answer, "joinEvent")).isEqualTo("FORBIDDEN");
        assertThat(answer.at("joinEvent", "userErrors", 0, "path").isNull()).isTrue();
        assertThat(answer.text("joinEvent", "userErrors", 0, "message")).contains("Register");
    }

    @Test
    void anAdministratorNamesTheConsignorWhoJoins() {
        var event = given.event("published");
        var consignor = given.consignor();

        refused(EventCalls.join(admin, event), ErrorCode.REQUIRED, "input", "consignorId");
        refused(
                EventCalls.join(admin, event, new Given.Consignor(Long.MAX_VALUE, 1, consignor.user())),
                ErrorCode.NOT_FOUND,
                "input",
                "consignorId");
        var joined = EventCalls.done(EventCalls.join(admin, event, consignor), "joinEvent");

        assertThat(joined.text("joinEvent", "registration", "consignor", "id")).isEqualTo(consignor.globalId());
        // One who is a consignor too need not.
        var both = given.admin();
        given.consignor(both);
        EventCalls.done(EventCalls.join(gateway.user(both), event), "joinEvent");
    }

    @Test
    void nobodyElseNamesAnotherConsignor() {
        var event = given.event("published");
        var consignor = given.consignor();
        var caller = gateway.user(consignor.user());

        for (var another : List.of(given.consignor(), new Given.Consignor(Long.MAX_VALUE, 1, consignor.user()))) {
            refused(EventCalls.join(caller, event, another), ErrorCode.FORBIDDEN, "input", "consignorId");
        }
        refused(
                EventCalls.registration(
                        caller, "joinEvent", Map.of("eventId", event.globalId(), "consignorId", event.globalId())),
                ErrorCode.NOT_FOUND,
                "input",
                "consignorId");
        assertThat(EventCalls.registrations(gateway, event)).isEmpty();

        EventCalls.done(EventCalls.join(caller, event, consignor), "joinEvent");
        var self = new HashMap<String, Object>(Map.of("eventId", event.globalId()));
        self.put("consignorId", null);
        refused(EventCalls.registration(caller, "joinEvent", self), ErrorCode.NOT_UNIQUE, "input", "eventId");
    }

    @Test
    void onlyPeopleJoin() {
        var event = given.event("published");

        assertThat(EventCalls.join(gateway.anonymous(), event).errorCodes()).containsExactly("UNAUTHENTICATED");
        assertThat(EventCalls.join(gateway.integrator("read:consignors write:inventory"), event)
                        .errorCodes())
                .containsExactly("FORBIDDEN");
    }

    @Test
    void aPlaceThatComesFreeGoesToWhoeverHasWaitedLongest() {
        var event = given.eventWithPlaces(2);
        var consignors =
                List.of(1, 2, 3, 4, 5, 6).stream().map(_ -> given.consignor()).toList();
        consignors.forEach(consignor -> EventCalls.done(EventCalls.join(admin, event, consignor), "joinEvent"));

        cancel(event, consignors.get(0));
        assertThat(EventCalls.registrations(gateway, event))
                .containsExactly("cancelled", "registered", "registered", "waitlisted", "waitlisted", "waitlisted");
        // Who waits takes no place, so gives none free.
        cancel(event, consignors.get(4));
        assertThat(EventCalls.registrations(gateway, event))
                .containsExactly("cancelled", "registered", "registered", "waitlisted", "cancelled", "waitlisted");

        var more = EventCalls.done(
                EventCalls.event(
                        admin, "updateEvent", Map.of("id", event.globalId(), "expectedVersion", 1, "maxConsignors", 5)),
                "updateEvent");
        assertThat(more.at("updateEvent", "event", "registeredCount").asInt()).isEqualTo(4);
        assertThat(EventCalls.registrations(gateway, event))
                .containsExactly("cancelled", "registered", "registered", "registered", "cancelled", "registered");
    }

    /** Their live registration, whatever its version. */
    private static void cancel(Given.Event event, Given.Consignor consignor) {
        var found = gateway.database()
                .query(
                        "SELECT id, version FROM event_registrations"
                                + " WHERE event_id = ? AND consignor_id = ? AND status <> 'cancelled'",
                        row -> Map.of(
                                "id", new Given.Registration(row.getLong(1)).globalId(),
                                "expectedVersion", row.getInt(2)),
                        event.id(),
                        consignor.id())
                .getFirst();
        EventCalls.done(
                EventCalls.registration(gateway.user(consignor.user()), "cancelRegistration", found),
                "cancelRegistration");
    }

    @Test
    void afterDropOffAPlaceStaysFreeUntilThereIsALaterOne() {
        var sale = Instant.now().plus(Duration.ofHours(20));
        var event = given.event("published", Given.unique("Event"), sale);
        gateway.database().execute("selvage_owner", "UPDATE events SET max_consignors = 1 WHERE id = " + event.id());
        var consignor = given.consignor();
        given.registration(event, consignor, "registered");
        given.registration(event, given.consignor(), "waitlisted");

        cancel(event, consignor);
        assertThat(EventCalls.registrations(gateway, event)).containsExactly("cancelled", "waitlisted");

        var later = EventCalls.done(
                EventCalls.event(
                        admin,
                        "updateEvent",
                        Map.of(
                                "id", event.globalId(),
                                "expectedVersion", 2,
                                "dropOff",
                                        Map.of(
                                                "start",
                                                        sale.minus(Duration.ofDays(1))
                                                                .toString(),
                                                "end", sale.toString()))),
                "updateEvent");
        assertThat(later.at("updateEvent", "event", "registeredCount").asInt()).isEqualTo(1);
        assertThat(EventCalls.registrations(gateway, event)).containsExactly("cancelled", "registered");
    }

    @Test
    void joiningIsRefusedInADryRunAsItWouldBeAndNothingIsKept() {
        var event = given.eventWithPlaces(1);
        var caller = gateway.user(given.consignor().user());

        var dry = caller.query("""
                mutation ($event: ID!) @dryRun {
                  first: joinEvent(input: { eventId: $event }) { registration { status } userErrors { code } }
                  second: joinEvent(input: { eventId: $event }) { registration { status } userErrors { code } }
                }""", Map.of("event", event.globalId())).ok();

        assertThat(dry.text("first", "registration", "status")).isEqualTo("REGISTERED");
        assertThat(dry.text("second", "userErrors", 0, "code")).isEqualTo("NOT_UNIQUE");
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 0");
    }

    /** Bulk loads and repairs come by another way than the gateway. */
    @Test
    void placesAreCountedWhateverWritesThem() {
        var event = given.eventWithPlaces(3);
        var another = given.eventWithPlaces(3);
        gateway.database().execute("selvage_owner", """
                INSERT INTO event_registrations (event_id, consignor_id, status)
                VALUES (%1$d, %3$d, 'registered'), (%1$d, %4$d, 'checked_in'), (%1$d, %5$d, 'cancelled'), (%2$d, %3$d, 'registered');
                """.formatted(
                        event.id(),
                        another.id(),
                        given.consignor().id(),
                        given.consignor().id(),
                        given.consignor().id()));
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 2");
        assertThat(EventCalls.status(gateway, another)).isEqualTo("published 1");

        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE event_registrations SET event_id = %d WHERE event_id = %d AND status = 'checked_in'"
                                .formatted(another.id(), event.id()));
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 1");
        assertThat(EventCalls.status(gateway, another)).isEqualTo("published 2");

        gateway.database().execute("selvage_owner", "DELETE FROM event_registrations WHERE event_id = " + another.id());
        assertThat(EventCalls.status(gateway, another)).isEqualTo("published 0");
    }
}
