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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which states of a registration lead to which, and by whom. */
class RegistrationStateTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());
    private static final Given.Consignor owner = given.consignor();
    private static final Caller ownerCalls = gateway.user(owner.user());

    /** The domain's rules: mutation, from, to, whether also by the owner. */
    private static final String RULES = """
            cancelRegistration | WAITLISTED REGISTERED | CANCELLED   | owner
            checkInConsignor   | REGISTERED            | CHECKED_IN  |
            checkOutConsignor  | CHECKED_IN            | CHECKED_OUT |
            """;

    private static final Map<String, List<String>> TABLE = RULES.lines()
            .map(line -> List.of(line.split(" *\\| *", -1)))
            .collect(toMap(List::getFirst, Function.identity()));

    static Stream<Arguments> everyStateAndMutation() {
        return Stream.of(RegistrationStatus.values())
                .flatMap(status -> TABLE.keySet().stream().map(mutation -> Arguments.of(status, mutation)));
    }

    /** At an event whose drop-off is going on. */
    private static Given.Event event() {
        return event(Duration.ofHours(36));
    }

    /** Drop-off starts two days before the sale. */
    private static Given.Event event(Duration untilSale) {
        return given.event("published", Given.unique("Event"), Instant.now().plus(untilSale));
    }

    private static Given.Registration registration(Given.Event event, RegistrationStatus status) {
        return given.registration(event, owner, status.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("everyStateAndMutation")
    void anAdministratorGoesTheWaysOfTheRulesAndNoOthersAndIsToldSoBefore(RegistrationStatus from, String mutation) {
        goesTheWaysOfTheRules(admin, from, mutation);
    }

    @ParameterizedTest
    @MethodSource("everyStateAndMutation")
    void anOwnerDoesAsFarAsItIsTheirs(RegistrationStatus from, String mutation) {
        if (Objects.requireNonNull(TABLE.get(mutation)).get(3).equals("owner")) {
            goesTheWaysOfTheRules(ownerCalls, from, mutation);
        } else {
            refused(ownerCalls, from, mutation, "FORBIDDEN");
        }
    }

    private static void goesTheWaysOfTheRules(Caller caller, RegistrationStatus from, String mutation) {
        var event = event();
        var registration = registration(event, from);
        var rule = Objects.requireNonNull(TABLE.get(mutation));
        var isAllowed = List.of(rule.get(1).split(" ")).contains(from.name());

        var told = EventCalls.told(caller, registration.globalId());
        var before = EventCalls.rows(gateway, event);
        var answer = EventCalls.registration(caller, mutation, registration);

        assertThat(told.containsKey(mutation)).isEqualTo(isAllowed);
        if (isAllowed) {
            EventCalls.done(answer, mutation);
            assertThat(answer.text(mutation, "registration", "status")).isEqualTo(rule.get(2));
            assertThat(answer.at(mutation, "registration", "version").asInt()).isEqualTo(2);
            assertThat(told.get(mutation)).isEqualTo(new Told(rule.get(2), true, List.of()));
        } else {
            var error = EventCalls.refused(answer, mutation, ErrorCode.TRANSITION_BLOCKED, "input", "id");
            assertThat(error.path("from").asString()).isEqualTo(from.name());
            assertThat(error.path("to").asString()).isEqualTo(rule.get(2));
            assertThat(EventCalls.rows(gateway, event)).isEqualTo(before);
        }
    }

    private static void refused(Caller caller, RegistrationStatus from, String mutation, String code) {
        var event = event();
        var registration = registration(event, from);
        var before = EventCalls.rows(gateway, event);

        var told = EventCalls.told(caller, registration.globalId()).get(mutation);
        if (told != null) {
            assertThat(told.allowed()).isFalse();
            assertThat(told.blockers()).containsExactly(code);
        }
        var answer = EventCalls.registration(caller, mutation, registration);
        if (code.equals("NOT_FOUND")) {
            EventCalls.refused(answer, mutation, ErrorCode.NOT_FOUND, "input", "id");
        } else {
            assertThat(answer.errorCodes()).containsExactly(code);
        }
        assertThat(EventCalls.rows(gateway, event)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("everyStateAndMutation")
    void whatIsSomebodyElsesDoesNotExist(RegistrationStatus from, String mutation) {
        var isOwners = Objects.requireNonNull(TABLE.get(mutation)).get(3).equals("owner");

        refused(gateway.user(given.consignor().user()), from, mutation, isOwners ? "NOT_FOUND" : "FORBIDDEN");
        refused(gateway.integrator("read:consignors"), from, mutation, isOwners ? "NOT_FOUND" : "FORBIDDEN");
        refused(gateway.anonymous(), from, mutation, isOwners ? "NOT_FOUND" : "UNAUTHENTICATED");
    }

    /** Refused with this code by the mutation itself, and told so before; nothing changes. */
    private static void blocked(
            Caller caller, Given.Event event, Given.Registration registration, String mutation, ErrorCode code) {
        var before = EventCalls.rows(gateway, event);

        assertThat(EventCalls.told(caller, registration.globalId()).get(mutation))
                .satisfies(told -> assertThat(told.allowed()).isFalse())
                .satisfies(told -> assertThat(told.blockers()).containsExactly(code.name()));
        EventCalls.refused(EventCalls.registration(caller, mutation, registration), mutation, code, "input", "id");
        assertThat(EventCalls.rows(gateway, event)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "sold"})
    void aPlaceWithApprovedOrSoldItemsIsNotGivenUp(String status) {
        for (var caller : List.of(ownerCalls, admin)) {
            var event = event();
            var registration = registration(event, RegistrationStatus.REGISTERED);
            given.item(event, owner, "pending");
            if (status.equals("sold")) {
                given.soldItem(event, owner);
            } else {
                given.item(event, owner, status);
            }

            blocked(caller, event, registration, "cancelRegistration", ErrorCode.IN_USE);
        }
    }

    @Test
    void whateverIsNotApprovedGoesBackWithThePlaceAndNobodyElsesDoes() {
        for (var caller : List.of(ownerCalls, admin)) {
            var event = event();
            var elsewhere = event();
            var registration = registration(event, RegistrationStatus.REGISTERED);
            for (var status : List.of("pending", "rejected", "returned")) {
                given.item(event, owner, status);
            }
            var another = given.consignor();
            given.item(event, another, "pending");
            given.item(event, another, "approved");
            given.item(elsewhere, owner, "pending");
            given.item(elsewhere, owner, "approved");

            EventCalls.done(EventCalls.registration(caller, "cancelRegistration", registration), "cancelRegistration");

            assertThat(EventCalls.items(gateway, event))
                    .containsExactly("returned", "returned", "returned", "pending", "approved");
            assertThat(EventCalls.items(gateway, elsewhere)).containsExactly("pending", "approved");
            assertThat(EventCalls.status(gateway, event)).isEqualTo("published 0");
        }
    }

    @Test
    void nobodyChecksInBeforeDropOffStarts() {
        var early = event(Duration.ofHours(49));
        blocked(
                admin,
                early,
                registration(early, RegistrationStatus.REGISTERED),
                "checkInConsignor",
                ErrorCode.WINDOW_CLOSED);

        var inTime = event(Duration.ofHours(47));
        EventCalls.done(
                EventCalls.registration(admin, "checkInConsignor", registration(inTime, RegistrationStatus.REGISTERED)),
                "checkInConsignor");
    }

    @ParameterizedTest
    @CsvSource({"pending, true", "approved, false", "rejected, true", "sold, true", "returned, true"})
    void nobodyChecksOutWhoseApprovedItemsAreLeft(String status, boolean isAllowed) {
        var event = event(Duration.ofHours(-36));
        var registration = registration(event, RegistrationStatus.CHECKED_IN);
        given.item(event, given.consignor(), "approved");
        if (status.equals("sold")) {
            given.soldItem(event, owner);
        } else {
            given.item(event, owner, status);
        }

        if (isAllowed) {
            EventCalls.done(EventCalls.registration(admin, "checkOutConsignor", registration), "checkOutConsignor");
            assertThat(EventCalls.status(gateway, event)).isEqualTo("published 1");
        } else {
            blocked(admin, event, registration, "checkOutConsignor", ErrorCode.IN_USE);
        }
    }

    @Test
    void whoeverWaitsAndHasBeenGivenAPlaceMeanwhileIsShownIt() {
        var event = event();
        var registration = registration(event, RegistrationStatus.WAITLISTED);
        gateway.database().execute("selvage_owner", "UPDATE events SET max_consignors = 101 WHERE id = " + event.id());

        var error = EventCalls.refused(
                EventCalls.registration(ownerCalls, "cancelRegistration", registration),
                "cancelRegistration",
                ErrorCode.VERSION_CONFLICT,
                "input",
                "expectedVersion");

        assertThat(error.path("current").path("status").asString()).isEqualTo("REGISTERED");
    }

    @Test
    void whatIsNoRegistrationIsNotFound() {
        for (var id : List.of(new Given.Registration(Long.MAX_VALUE).globalId(), event().globalId())) {
            for (var mutation : TABLE.keySet()) {
                EventCalls.refused(
                        EventCalls.registration(admin, mutation, Map.of("id", id, "expectedVersion", 1)),
                        mutation,
                        ErrorCode.NOT_FOUND,
                        "input",
                        "id");
            }
        }
    }

    /** Whatever else a statement says: from where is not for a policy to say. */
    @ParameterizedTest
    @CsvSource({
        "waitlisted, ''",
        "registered, ''",
        "checked_in, event_registrations_transition_by_owner",
        "checked_out, event_registrations_transition_by_owner"
    })
    void theDatabaseItselfLetsConsignorsGiveUpOnlyWhatTheyHaveNotTaken(String from, String refusedBy) {
        var consignor = given.consignor();
        var registration = given.registration(given.event("published"), consignor, from);

        var refusal = gateway.database()
                .asViewer(
                        "user",
                        consignor.user().id().toString(),
                        "",
                        connection -> TestDatabase.refusal(
                                connection,
                                "UPDATE event_registrations SET status = 'cancelled' WHERE id = " + registration.id()));

        assertThat(refusal.constraint()).isEqualTo(refusedBy);
    }
}
