package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of an event. */
class EventMutationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static Map<String, String> window(String start, String end) {
        return Map.of("start", start, "end", end);
    }

    /** Days in May 2040, one after the other as close as can be. */
    private static Map<String, Object> fair() {
        return new HashMap<>(Map.of(
                "name",
                "Spring fair",
                "location",
                "Town hall",
                "dropOff",
                window("2040-05-01T08:00:00Z", "2040-05-03T00:00:00Z"),
                "sale",
                window("2040-05-03T00:00:00Z", "2040-05-04T00:00:00Z"),
                "pickUp",
                window("2040-05-04T00:00:00Z", "2040-05-05T18:30:00.123456+02:00"),
                "maxConsignors",
                40));
    }

    private static Answer create(Map<String, ?> input) {
        return EventCalls.event(admin, "createEvent", input);
    }

    private static Answer update(Map<String, ?> input) {
        return EventCalls.event(admin, "updateEvent", input);
    }

    private static Map<String, Object> changes(Given.Event event, String field, @Nullable Object value) {
        var changes = new HashMap<String, Object>(Map.of("id", event.globalId(), "expectedVersion", 1));
        changes.put(field, value);
        return changes;
    }

    private static long events() {
        return gateway.database()
                .query("SELECT count(*) FROM events", row -> row.getLong(1))
                .getFirst();
    }

    @Test
    void aNewEventIsADraftThatNobodyElseSees() {
        var input = fair();
        input.put("description", null);

        var event = EventCalls.done(create(input), "createEvent").at("createEvent", "event");

        assertThat(event.path("status").asString()).isEqualTo("DRAFT");
        assertThat(event.path("version").asInt()).isEqualTo(1);
        assertThat(event.path("maxConsignors").asInt()).isEqualTo(40);
        assertThat(event.path("registeredCount").asInt()).isZero();
        assertThat(event.path("dropOff").path("end").asString()).isEqualTo("2040-05-03T00:00:00Z");
        assertThat(event.path("pickUp").path("end").asString()).isEqualTo("2040-05-05T16:30:00.123456Z");
        for (var caller :
                List.of(gateway.anonymous(), gateway.user(given.consignor().user()))) {
            assertThat(caller.query(
                                    "query ($id: ID!) { node(id: $id) { id } }",
                                    Map.of("id", event.path("id").asString()))
                            .ok()
                            .at("node")
                            .isNull())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dropOff, 2040-05-01T08:00:00Z, 2040-05-01T08:00:00Z, DATE_ORDER, dropOff, end",
        "dropOff, 2040-05-01T08:00:00Z, 2040-05-03T00:00:00.000001Z, DATE_ORDER, dropOff, end",
        "sale, 2040-05-03T00:00:00Z, 2040-05-03T00:00:00Z, DATE_ORDER, sale, end",
        "sale, 2040-05-03T00:00:00Z, 2040-05-04T00:00:00.000001Z, DATE_ORDER, pickUp, start",
        "pickUp, 2040-05-03T23:59:59.999999Z, 2040-05-05T00:00:00Z, DATE_ORDER, pickUp, start",
        "pickUp, 2040-05-04T00:00:00Z, 2040-05-04T00:00:00Z, DATE_ORDER, pickUp, end",
        "dropOff, 0000-12-31T23:59:59Z, 2040-05-03T00:00:00Z, OUT_OF_RANGE, dropOff, start",
        "dropOff, 0001-01-01T00:00:00+00:01, 2040-05-03T00:00:00Z, OUT_OF_RANGE, dropOff, start",
        "pickUp, 2040-05-04T00:00:00Z, 9999-12-31T23:59:59-00:01, OUT_OF_RANGE, pickUp, end"
    })
    void datesThatWillNotDoAreRefusedWithTheirPlace(
            String field, String start, String end, ErrorCode code, String window, String place) {
        long before = events();
        var input = fair();
        input.put(field, window(start, end));
        var path = new String[] {"input", window, place};
        EventCalls.refused(create(input), "createEvent", code, path);
        assertThat(events()).isEqualTo(before);

        var event = EventCalls.done(create(fair()), "createEvent").text("createEvent", "event", "id");
        EventCalls.refused(
                update(Map.of("id", event, "expectedVersion", 1, field, window(start, end))),
                "updateEvent",
                code,
                path);
    }

    @Test
    void theFirstAndTheLastMomentThatAllClientsCanWriteWillDo() {
        var input = fair();
        input.put("dropOff", window("0001-01-01T00:00:00Z", "2040-05-03T00:00:00Z"));
        input.put("pickUp", window("2040-05-04T00:00:00Z", "9999-12-31T23:59:59.999999Z"));

        var event = EventCalls.done(create(input), "createEvent").at("createEvent", "event");

        assertThat(event.path("dropOff").path("start").asString()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(event.path("pickUp").path("end").asString()).isEqualTo("9999-12-31T23:59:59.999999Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"infinity", "2040-02-30T00:00:00Z", "2040-05-01", "2040-05-01T00:00:00", "12040-05-01T00:00:00Z"
            })
    void whatIsNoTimeIsRefusedBeforeAnythingIsDone(String time) {
        var input = fair();
        input.put("pickUp", window("2040-05-04T00:00:00Z", time));

        assertThat(create(input).errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @ParameterizedTest
    @CsvSource({"name, 200", "location, 500", "description, 10000"})
    void aTextThatIsTooLongIsRefusedWithItsPlace(String field, int length) {
        var input = fair();
        // A character of two bytes is one all the same.
        input.put(field, "é".repeat(length));
        EventCalls.done(create(input), "createEvent");

        input.put(field, "é".repeat(length + 1));
        EventCalls.refused(create(input), "createEvent", ErrorCode.TOO_LONG, "input", field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "location"})
    void whatMustBeThereIsNotEmpty(String field) {
        var input = fair();
        input.put(field, "");

        EventCalls.refused(create(input), "createEvent", ErrorCode.TOO_LONG, "input", field);
    }

    @Test
    void anUpdateChangesWhatIsSentClearsWhatIsNullAndLeavesTheRest() {
        var input = fair();
        input.put("description", "In the park.");
        var id = EventCalls.done(create(input), "createEvent").text("createEvent", "event", "id");
        var changes = new HashMap<String, Object>(Map.of("id", id, "expectedVersion", 1));
        changes.put("description", null);
        changes.put("sale", window("2040-05-03T06:00:00Z", "2040-05-03T18:00:00Z"));

        var event = EventCalls.done(update(changes), "updateEvent").at("updateEvent", "event");

        assertThat(event.path("version").asInt()).isEqualTo(2);
        assertThat(event.path("description").isNull()).isTrue();
        assertThat(event.path("name").asString()).isEqualTo("Spring fair");
        assertThat(event.path("sale").toString())
                .isEqualTo("{\"start\":\"2040-05-03T06:00:00Z\",\"end\":\"2040-05-03T18:00:00Z\"}");
        assertThat(event.path("dropOff").path("end").asString()).isEqualTo("2040-05-03T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "location", "sale", "dropOff", "pickUp", "maxConsignors"})
    void whatMustBeThereCannotBeCleared(String field) {
        EventCalls.refused(
                update(changes(given.event("draft"), field, null)), "updateEvent", ErrorCode.REQUIRED, "input", field);
    }

    @Test
    void thereAreNeverFewerPlacesThanAreTaken() {
        var event = given.event("published");
        for (var status : List.of("registered", "checked_in", "checked_out", "cancelled")) {
            given.registration(event, given.consignor(), status);
        }

        EventCalls.refused(
                update(changes(event, "maxConsignors", 2)),
                "updateEvent",
                ErrorCode.OUT_OF_RANGE,
                "input",
                "maxConsignors");
        EventCalls.done(update(changes(event, "maxConsignors", 3)), "updateEvent");
        assertThat(update(changes(event, "maxConsignors", 0)).errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @Test
    void theSecondOfTwoEditorsIsShownWhatTheFirstHasMadeBeforeAnythingElse() {
        var event = given.event("published");
        EventCalls.done(update(changes(event, "name", "First")), "updateEvent");

        for (var second : List.of(changes(event, "name", "Second"), changes(event, "name", "x".repeat(201)))) {
            var error = EventCalls.refused(
                    update(second), "updateEvent", ErrorCode.VERSION_CONFLICT, "input", "expectedVersion");
            assertThat(error.path("current").toString())
                    .isEqualTo("{\"id\":\"" + event.globalId() + "\",\"name\":\"First\",\"version\":2}");
        }
    }

    @Test
    void whoeverJoinsChangesNoVersionThatAnEditorKnows() {
        var event = given.event("published");
        EventCalls.done(EventCalls.join(admin, event, given.consignor()), "joinEvent");

        var updated = EventCalls.done(update(changes(event, "name", "Other")), "updateEvent");

        assertThat(updated.at("updateEvent", "event", "registeredCount").asInt())
                .isEqualTo(1);
    }

    @Test
    void onlyAdministratorsCreateEvents() {
        long before = events();
        var refusals = Map.of(
                gateway.anonymous(), "UNAUTHENTICATED",
                gateway.user(given.consignor().user()), "FORBIDDEN",
                gateway.integrator("read:consignors write:inventory"), "FORBIDDEN");

        refusals.forEach((caller, code) -> assertThat(
                        EventCalls.event(caller, "createEvent", fair()).errorCodes())
                .containsExactly(code));
        assertThat(events()).isEqualTo(before);
    }
}
