package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Integrity;
import dev.selvage.support.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places and waiting lists while many come at once. Of what must never be found, nothing is found afterwards. */
class PlacesTest {
    private static final Gateway gateway =
            Gateway.start(TestPostgres.embedded18().database("places"));
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @AfterEach
    void everythingIsWhole() {
        Integrity.assertWhole(gateway.database());
        // Numbers are drawn while the event is locked, and the lowest that waits is next.
        assertThat(gateway.database().query("""
                SELECT event_id FROM event_registrations
                 GROUP BY event_id
                HAVING max(id) FILTER (WHERE status IN ('registered', 'checked_in', 'checked_out'))
                       > min(id) FILTER (WHERE status = 'waitlisted')""", row -> row.getLong(1)))
                .as("events where somebody has overtaken another")
                .isEmpty();
    }

    private static Answer patiently(Supplier<Answer> call) {
        return Answer.patiently(call).ok();
    }

    private static <T> List<T> atOnce(int callers, List<Callable<T>> calls) throws Exception {
        var results = new ArrayList<T>();
        try (var pool = Executors.newFixedThreadPool(callers)) {
            for (var result : pool.invokeAll(calls)) {
                results.add(result.get());
            }
        }
        return results;
    }

    private static List<Caller> consignors(int number) {
        return IntStream.range(0, number)
                .mapToObj(_ -> gateway.user(given.consignor().user()))
                .toList();
    }

    @Test
    void ofAThousandWhoComeAHundredGetThePlacesAndTheOthersStandInLine() throws Exception {
        var event = given.eventWithPlaces(100);
        var joins = consignors(1_000).stream()
                .<Callable<Answer>>map(caller -> () -> patiently(() -> EventCalls.join(caller, event)))
                .toList();

        var joined = atOnce(64, joins).stream()
                .map(answer -> EventCalls.done(answer, "joinEvent").at("joinEvent", "registration"))
                .toList();

        assertThat(joined.stream()
                        .filter(one -> one.path("status").asString().equals("REGISTERED"))
                        .count())
                .isEqualTo(100);
        assertThat(joined.stream()
                        .filter(one -> one.path("status").asString().equals("WAITLISTED"))
                        .map(one -> one.path("waitlistPosition").asInt()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 900).boxed().toList());
        assertThat(EventCalls.status(gateway, event)).isEqualTo("published 100");
    }

    @Test
    void whoeverJoinsLeavesOrMakesRoomAtTheSameTimeLeavesEverythingWhole() throws Exception {
        var events = IntStream.range(0, 3)
                .mapToObj(_ -> given.event(
                        "published", Given.unique("Event"), Instant.now().plus(Duration.ofHours(36))))
                .toList();
        events.forEach(event -> changePlaces(event, 4));
        var callers = consignors(40);
        var walkers = IntStream.range(0, 10)
                .<Callable<List<String>>>mapToObj(seed -> () -> walk(new Random(seed), events, callers))
                .toList();

        var codes = atOnce(10, walkers).stream().flatMap(List::stream).toList();

        assertThat(codes)
                .contains("", "NOT_UNIQUE", "OUT_OF_RANGE")
                .isSubsetOf("", "NOT_UNIQUE", "OUT_OF_RANGE", "VERSION_CONFLICT", "TRANSITION_BLOCKED");
        assertThat(events.stream().flatMap(event -> EventCalls.registrations(gateway, event).stream()))
                .contains("waitlisted", "registered", "cancelled", "checked_in");
    }

    /** What came of each step. */
    private static List<String> walk(Random random, List<Given.Event> events, List<Caller> callers) {
        var codes = new ArrayList<String>();
        for (int step = 0; step < 60; step++) {
            var event = events.get(random.nextInt(events.size()));
            int what = random.nextInt(100);
            if (what < 50) {
                var caller = callers.get(random.nextInt(callers.size()));
                codes.add(EventCalls.code(patiently(() -> EventCalls.join(caller, event)), "joinEvent"));
            } else if (what < 80) {
                codes.add(change(random, event, "cancelRegistration", "registered", "waitlisted"));
            } else if (what < 82) {
                codes.add(change(random, event, "checkInConsignor", "registered"));
            } else {
                codes.add(changePlaces(event, 3 + random.nextInt(6)));
            }
        }
        return codes;
    }

    /** Of any registration in one of these states. */
    private static String change(Random random, Given.Event event, String mutation, String... states) {
        var found = gateway.database()
                .query(
                        "SELECT id, version FROM event_registrations WHERE event_id = ? AND status = ANY (?)",
                        row -> Map.of(
                                "id", new Given.Registration(row.getLong(1)).globalId(),
                                "expectedVersion", row.getInt(2)),
                        event.id(),
                        states);
        if (found.isEmpty()) {
            return "";
        }
        var registration = found.get(random.nextInt(found.size()));
        return EventCalls.code(patiently(() -> EventCalls.registration(admin, mutation, registration)), mutation);
    }

    private static String changePlaces(Given.Event event, int places) {
        var version = gateway.database()
                .query("SELECT version FROM events WHERE id = ?", row -> row.getInt(1), event.id())
                .getFirst();
        var input = Map.of("id", event.globalId(), "expectedVersion", version, "maxConsignors", places);
        return EventCalls.code(patiently(() -> EventCalls.event(admin, "updateEvent", input)), "updateEvent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelEvent", "unpublishEvent"})
    void whoeverJoinsAnEventThatIsWithdrawnAtTheSameTimeHasNoPlaceAtIt(String withdraw) throws Exception {
        var callers = consignors(15);
        for (int round = 0; round < 8; round++) {
            var event = given.eventWithPlaces(5);
            var calls = new ArrayList<Callable<String>>();
            for (var caller : callers) {
                calls.add(() -> EventCalls.code(patiently(() -> EventCalls.join(caller, event)), "joinEvent"));
            }
            calls.add(
                    round % callers.size(),
                    () -> EventCalls.code(patiently(() -> EventCalls.event(admin, withdraw, event)), withdraw));

            var codes = atOnce(calls.size(), calls);

            if (codes.get(round % callers.size()).isEmpty()) {
                assertThat(EventCalls.status(gateway, event))
                        .isEqualTo(withdraw.equals("cancelEvent") ? "cancelled 0" : "draft 0");
                assertThat(EventCalls.registrations(gateway, event)).allMatch("cancelled"::equals);
            } else {
                assertThat(withdraw).isEqualTo("unpublishEvent");
                assertThat(EventCalls.status(gateway, event)).startsWith("published ");
            }
            assertThat(codes).isSubsetOf("", "IN_USE", "NOT_FOUND");
        }
    }
}
