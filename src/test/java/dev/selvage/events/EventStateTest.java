package dev.selvage.events;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.events.EventCalls.Told;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which states of an event lead to which, by whom, and what becomes of all that hangs on it. */
class EventStateTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    /** The domain's rules: mutation, from, to. */
    private static final String RULES = """
            publishEvent   | DRAFT           | PUBLISHED
            unpublishEvent | PUBLISHED       | DRAFT
            cancelEvent    | DRAFT PUBLISHED | CANCELLED
            completeEvent  | PUBLISHED       | COMPLETED
            updateEvent    | DRAFT PUBLISHED | stays
            """;

    private static final Map<String, List<String>> TABLE = RULES.lines()
            .map(line -> List.of(line.split(" *\\| *")))
            .collect(toMap(List::getFirst, Function.identity()));

    static Stream<Arguments> everyStateAndMutation() {
        return Stream.of(EventStatus.values())
                .flatMap(status -> TABLE.keySet().stream().map(mutation -> Arguments.of(status, mutation)));
    }

    /** An event in this state of which nothing else is in the mutation's way. */
    private static Given.Event event(EventStatus status, String mutation) {
        var isOver = mutation.equals("completeEvent");
        return given.event(
                status.name().toLowerCase(Locale.ROOT),
                Given.unique("Event"),
                Instant.now().plus(Duration.ofDays(isOver ? -30 : 30)));
    }

    @ParameterizedTest
    @MethodSource("everyStateAndMutation")
    void anAdministratorGoesTheWaysOfTheRulesAndNoOthersAndIsToldSoBefore(EventStatus from, String mutation) {
        var event = event(from, mutation);
        var rule = Objects.requireNonNull(TABLE.get(mutation));
        var isAllowed = List.of(rule.get(1).split(" ")).contains(from.name());
        var to = rule.get(2).equals("stays") ? from.name() : rule.get(2);

        var told = EventCalls.told(admin, event.globalId());
        var before = EventCalls.rows(gateway, event);
        var answer = EventCalls.event(admin, mutation, event);

        assertThat(told.containsKey(mutation))
                .isEqualTo(isAllowed && !rule.get(2).equals("stays"));
        if (isAllowed) {
            EventCalls.done(answer, mutation);
            assertThat(answer.text(mutation, "event", "status")).isEqualTo(to);
            assertThat(answer.at(mutation, "event", "version").asInt())
                    .isEqualTo(rule.get(2).equals("stays") ? 1 : 2);
            if (told.containsKey(mutation)) {
                assertThat(told.get(mutation)).isEqualTo(new Told(to, true, List.of()));
            }
        } else {
            var error = EventCalls.refused(answer, mutation, ErrorCode.TRANSITION_BLOCKED, "input", "id");
            assertThat(error.path("__typename").asString()).isEqualTo("TransitionBlocked");
            assertThat(error.path("from").asString()).isEqualTo(from.name());
            assertThat(error.path("to").asString()).isEqualTo(to);
            assertThat(EventCalls.rows(gateway, event)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("everyStateAndMutation")
    void nobodyElseChangesAnEventAndWhoeverSeesItIsToldSoBefore(EventStatus from, String mutation) {
        var event = event(from, mutation);
        var consignor = given.consignor();
        given.registration(event, consignor, "registered");
        var before = EventCalls.rows(gateway, event);
        var refusals = Map.of(
                gateway.anonymous(), "UNAUTHENTICATED",
                gateway.user(given.user()), "FORBIDDEN",
                gateway.user(consignor.user()), "FORBIDDEN",
                gateway.integrator("read:consignors write:inventory"), "FORBIDDEN");

        refusals.forEach((caller, code) -> {
            EventCalls.told(caller, event.globalId()).values().forEach(told -> {
                assertThat(told.allowed()).isFalse();
                assertThat(told.blockers()).containsExactly(code);
            });
            assertThat(EventCalls.event(caller, mutation, event).errorCodes()).containsExactly(code);
        });
        assertThat(EventCalls.rows(gateway, event)).isEqualTo(before);
    }

    /** Refused with this code by the mutation itself, and told so before. */
    private static void blocked(Given.Event event, String mutation, ErrorCode... codes) {
        var expected = Stream.of(codes).map(ErrorCode::name).toList();
        var before = EventCalls.rows(gateway, event);

        assertThat(EventCalls.told(admin, event.globalId()).get(mutation))
                .satisfies(told -> assertThat(told.allowed()).isFalse())
                .satisfies(told -> assertThat(told.blockers()).isEqualTo(expected));
        var error = EventCalls.refused(EventCalls.event(admin, mutation, event), mutation, codes[0], "input", "id");
        assertThat(error.path("blockers")
                        .valueStream()
                        .map(blocker -> blocker.path("code").asString())
                        .toList())
                .isEqualTo(expected);
        assertThat(EventCalls.rows(gateway, event)).isEqualTo(before);
    }

    private static Given.Event event(String status, Duration untilSale) {
        return given.event(status, Given.unique("Event"), Instant.now().plus(untilSale));
    }

    @Test
    void anEventIsPublishedUntilItsDropOffEnds() {
        // Drop-off ends a day before the sale.
        blocked(event("draft", Duration.ofHours(23)), "publishEvent", ErrorCode.WINDOW_CLOSED);

        var inTime = event("draft", Duration.ofHours(25));
        EventCalls.done(EventCalls.event(admin, "publishEvent", inTime), "publishEvent");
        assertThat(gateway.anonymous()
                        .query("query ($id: ID!) { event(id: $id) { status } }", Map.of("id", inTime.globalId()))
                        .text("event", "status"))
                .isEqualTo("PUBLISHED");
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatConsignorsHaveJoinedIsNotTakenBack(RegistrationStatus status) {
        var event = given.event("published");
        given.registration(event, given.consignor(), status.name().toLowerCase(Locale.ROOT));

        if (status == RegistrationStatus.CANCELLED) {
            EventCalls.done(EventCalls.event(admin, "unpublishEvent", event), "unpublishEvent");
            assertThat(gateway.anonymous()
                            .query("query ($id: ID!) { event(id: $id) { status } }", Map.of("id", event.globalId()))
                            .at("event")
                            .isNull())
                    .isTrue();
        } else {
            blocked(event, "unpublishEvent", ErrorCode.IN_USE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "returned"})
    void anEventWithItemsIsNotTakenBack(String status) {
        var event = given.event("published");
        given.item(event, given.consignor(), status);

        blocked(event, "unpublishEvent", ErrorCode.IN_USE);
    }

    @Test
    void everyReasonIsTold() {
        var event = given.event("published");
        var consignor = given.consignor();
        given.registration(event, consignor, "registered");
        given.item(event, consignor, "pending");

        blocked(event, "unpublishEvent", ErrorCode.IN_USE, ErrorCode.IN_USE);
    }

    @Test
    void whoeverHasAPlaceLosesItWhenTheEventIsCalledOffAndEverythingGoesBack() {
        var event = given.event("published");
        for (var status : List.of("registered", "checked_in", "checked_out", "waitlisted", "cancelled")) {
            given.registration(event, given.consignor(), status);
        }
        for (var status : List.of("pending", "approved", "rejected", "returned")) {
            given.item(event, given.consignor(), status);
        }

        var cancelled = EventCalls.done(EventCalls.event(admin, "cancelEvent", event), "cancelEvent");

        assertThat(cancelled.at("cancelEvent", "event", "registeredCount").asInt())
                .isZero();
        assertThat(EventCalls.status(gateway, event)).isEqualTo("cancelled 0");
        assertThat(EventCalls.registrations(gateway, event)).hasSize(5).containsOnly("cancelled");
        assertThat(EventCalls.items(gateway, event)).hasSize(4).containsOnly("returned");
    }

    @Test
    void anEventOfWhichSomethingIsSoldIsNotCalledOff() {
        var event = given.event("published");
        var consignor = given.consignor();
        given.registration(event, consignor, "checked_in");
        given.item(event, consignor, "approved");
        given.soldItem(event, consignor);

        blocked(event, "cancelEvent", ErrorCode.IN_USE);
    }

    @Test
    void anEventIsCompletedOnceItsSaleHasEnded() {
        // The sale takes a day.
        blocked(event("published", Duration.ofHours(-23)), "completeEvent", ErrorCode.WINDOW_CLOSED);

        var event = event("published", Duration.ofHours(-25));
        for (var status : List.of("registered", "checked_in", "checked_out", "waitlisted", "cancelled")) {
            given.registration(event, given.consignor(), status);
        }
        for (var status : List.of("pending", "approved", "rejected", "returned")) {
            given.item(event, given.consignor(), status);
        }
        given.soldItem(event, given.consignor());

        EventCalls.done(EventCalls.event(admin, "completeEvent", event), "completeEvent");

        assertThat(EventCalls.status(gateway, event)).isEqualTo("completed 3");
        assertThat(EventCalls.registrations(gateway, event))
                .containsExactly("registered", "checked_in", "checked_out", "cancelled", "cancelled");
        assertThat(EventCalls.items(gateway, event))
                .containsExactly("returned", "returned", "returned", "returned", "sold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishEvent", "unpublishEvent", "cancelEvent", "completeEvent"})
    void theSecondOfTwoIsShownWhatTheFirstHasMade(String mutation) {
        var event = event(mutation.equals("publishEvent") ? EventStatus.DRAFT : EventStatus.PUBLISHED, mutation);
        EventCalls.done(
                EventCalls.event(
                        admin, "updateEvent", Map.of("id", event.globalId(), "expectedVersion", 1, "name", "First")),
                "updateEvent");

        var error = EventCalls.refused(
                EventCalls.event(admin, mutation, event),
                mutation,
                ErrorCode.VERSION_CONFLICT,
                "input",
                "expectedVersion");

        assertThat(error.path("current").toString())
                .isEqualTo("{\"id\":\"" + event.globalId() + "\",\"name\":\"First\",\"version\":2}");
    }

    @Test
    void whatIsNoEventIsNotFound() {
        for (var id : List.of(
                new Given.Event(Long.MAX_VALUE).globalId(), given.fabric().globalId())) {
            for (var mutation : TABLE.keySet()) {
                EventCalls.refused(
                        EventCalls.event(admin, mutation, Map.of("id", id, "expectedVersion", 1)),
                        mutation,
                        ErrorCode.NOT_FOUND,
                        "input",
                        "id");
            }
        }
    }

    /** Whatever writes to the table. */
    @ParameterizedTest
    @CsvSource({
        "events, draft published cancelled completed, draft>published published>draft published>completed"
                + " draft>cancelled published>cancelled",
        "event_registrations, waitlisted registered checked_in checked_out cancelled, waitlisted>registered"
                + " registered>checked_in checked_in>checked_out waitlisted>cancelled registered>cancelled"
                + " checked_in>cancelled checked_out>cancelled"
    })
    void theDatabaseItselfKnowsTheWays(String table, String statuses, String ways) {
        var words = List.of(statuses.split(" "));
        for (var from : words) {
            for (var to : words) {
                var event = given.event(table.equals("events") ? from : "published");
                var id = table.equals("events")
                        ? event.id()
                        : given.registration(event, given.consignor(), from).id();
                var refusal = gateway.database()
                        .rolledBack(
                                "selvage_owner",
                                connection -> TestDatabase.refusal(
                                        connection,
                                        "UPDATE %s SET status = '%s' WHERE id = %d".formatted(table, to, id)));

                assertThat(refusal.constraint())
                        .as("%s from %s to %s", table, from, to)
                        .isEqualTo(
                                from.equals(to) || List.of(ways.split(" ")).contains(from + ">" + to)
                                        ? ""
                                        : table + "_transition");
            }
        }
    }
}
