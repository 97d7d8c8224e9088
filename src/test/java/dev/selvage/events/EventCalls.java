package dev.selvage.events;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Mutations of events and registrations, sent through the front door, and what is there before and after. */
final class EventCalls {
    private static final String ERRORS = """
            userErrors { __typename code message path
              ... on VersionConflict { current { id ... on Event { name version } ... on Registration { status version } } }
              ... on TransitionBlocked { from to blockers { code } }
              ... on CapacityReached { capacity } }""";

    private static final Map<String, String> INPUTS =
            Map.of("createEvent", "CreateEventInput", "updateEvent", "UpdateEventInput", "joinEvent", "JoinEventInput");

    /** What {@code transitions} tells of a mutation: where it leads, and why not. */
    record Told(String to, boolean allowed, List<String> blockers) {}

    private EventCalls() {}

    static Answer event(Caller caller, String mutation, Map<String, ?> input) {
        return caller.query(
                """
                mutation ($input: %s!) { %s(input: $input) {
                  event { id version name description location status maxConsignors registeredCount
                          sale { start end } dropOff { start end } pickUp { start end } }
                  %s } }""".formatted(INPUTS.getOrDefault(mutation, "EventVersionInput"), mutation, ERRORS),
                Map.of("input", input));
    }

    static Answer event(Caller caller, String mutation, Given.Event event) {
        return event(caller, mutation, Map.of("id", event.globalId(), "expectedVersion", 1));
    }

    static Answer registration(Caller caller, String mutation, Map<String, ?> input) {
        return caller.query(
                """
                mutation ($input: %s!) { %s(input: $input) {
                  registration { id version status waitlistPosition consignor { id } event { registeredCount } }
                  %s } }""".formatted(INPUTS.getOrDefault(mutation, "RegistrationVersionInput"), mutation, ERRORS),
                Map.of("input", input));
    }

    static Answer registration(Caller caller, String mutation, Given.Registration registration) {
        return registration(caller, mutation, Map.of("id", registration.globalId(), "expectedVersion", 1));
    }

    static Answer join(Caller caller, Given.Event event) {
        return registration(caller, "joinEvent", Map.of("eventId", event.globalId()));
    }

    static Answer join(Caller caller, Given.Event event, Given.Consignor consignor) {
        return registration(
                caller, "joinEvent", Map.of("eventId", event.globalId(), "consignorId", consignor.globalId()));
    }

    /** The one error's code; an empty text if there is none. */
    static String code(Answer answer, String mutation) {
        return answer.ok().text(mutation, "userErrors", 0, "code");
    }

    static Answer done(Answer answer, String mutation) {
        assertThat(answer.ok().at(mutation, "userErrors").toString()).isEqualTo("[]");
        return answer;
    }

    static JsonNode refused(Answer answer, String mutation, ErrorCode code, String... path) {
        var errors = answer.ok().at(mutation, "userErrors");
        assertThat(errors.size()).as("%s", errors).isEqualTo(1);
        assertThat(errors.path(0).path("code").asString()).as("%s", errors).isEqualTo(code.name());
        assertThat(errors.path(0)
                        .path("path")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList())
                .containsExactly(path);
        assertThat(
                        answer.at(mutation, "event").isMissingNode()
                                ? answer.at(mutation, "registration").isNull()
                                : answer.at(mutation, "event").isNull())
                .isTrue();
        return errors.path(0);
    }

    /** What is told of each mutation of a record. */
    static Map<String, Told> told(Caller caller, String globalId) {
        var answer = caller.query(
                "query ($id: ID!) { node(id: $id) { ... on Stateful { transitions { to mutation allowed blockers { code } } } } }",
                Map.of("id", globalId));
        return answer.ok()
                .at("node", "transitions")
                .valueStream()
                .collect(toMap(
                        one -> one.path("mutation").asString(),
                        one -> new Told(
                                one.path("to").asString(),
                                one.path("allowed").asBoolean(),
                                one.path("blockers")
                                        .valueStream()
                                        .map(blocker -> blocker.path("code").asString())
                                        .toList())));
    }

    /** An event and everything that hangs on it, as it stands in the tables. */
    static List<String> rows(Gateway gateway, Given.Event event) {
        return gateway.database().query("""
                SELECT to_jsonb(events)::text FROM events WHERE id = %1$d
                 UNION ALL
                SELECT to_jsonb(event_registrations)::text FROM event_registrations WHERE event_id = %1$d
                 UNION ALL
                SELECT to_jsonb(inventory_items)::text FROM inventory_items WHERE event_id = %1$d
                 ORDER BY 1""".formatted(event.id()), row -> row.getString(1));
    }

    /** The statuses of an event's registrations in the order they came. */
    static List<String> registrations(Gateway gateway, Given.Event event) {
        return gateway.database()
                .query(
                        "SELECT status FROM event_registrations WHERE event_id = ? ORDER BY id",
                        row -> row.getString(1),
                        event.id());
    }

    static List<String> items(Gateway gateway, Given.Event event) {
        return gateway.database()
                .query(
                        "SELECT status FROM inventory_items WHERE event_id = ? ORDER BY id",
                        row -> row.getString(1),
                        event.id());
    }

    /** Status and places taken. */
    static String status(Gateway gateway, Given.Event event) {
        return gateway.database()
                .query(
                        "SELECT status || ' ' || registered_count FROM events WHERE id = ?",
                        row -> row.getString(1),
                        event.id())
                .getFirst();
    }
}
