package dev.selvage.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Mutations of calendar entries, sent through the front door, and what is there. */
final class CalendarCalls {
    private static final String ENTRY = """
            { calendarEntry { id version platform contentType title description mediaUrls hashtags scheduledDate published
                publishedDate user { id } }
              userErrors { __typename code message path
                ... on VersionConflict { current { id ... on CalendarEntry { title version } } } } }""";

    private static final String DELETED = "{ deletedId userErrors { __typename code message path ... on VersionConflict"
            + " { current { id ... on CalendarEntry { title version } } } } }";

    private CalendarCalls() {}

    static Answer call(Caller caller, String mutation, String input, Map<String, ?> variables) {
        return caller.query(
                "mutation ($input: %s!) { %s(input: $input) %s }"
                        .formatted(input, mutation, mutation.startsWith("delete") ? DELETED : ENTRY),
                Map.of("input", variables));
    }

    static Answer plan(Caller caller, Map<String, ?> input) {
        return call(caller, "createCalendarEntry", "CreateCalendarEntryInput", input)
                .ok();
    }

    static Answer update(Caller caller, Map<String, ?> input) {
        return call(caller, "updateCalendarEntry", "UpdateCalendarEntryInput", input)
                .ok();
    }

    static Answer publish(Caller caller, Map<String, ?> input) {
        return call(caller, "publishCalendarEntry", "PublishCalendarEntryInput", input)
                .ok();
    }

    static Answer delete(Caller caller, Map<String, ?> input) {
        return call(caller, "deleteCalendarEntry", "CalendarEntryVersionInput", input)
                .ok();
    }

    static Map<String, Object> reel() {
        return new HashMap<>(Map.of("platform", "INSTAGRAM", "contentType", "REEL", "title", "Spring"));
    }

    static String created(Caller caller) {
        return plan(caller, reel()).text("createCalendarEntry", "calendarEntry", "id");
    }

    static Map<String, Object> version(String id, int version) {
        return new HashMap<>(Map.of("id", id, "expectedVersion", version));
    }

    static Map<String, Object> version(String id, int version, String field, @Nullable Object value) {
        var input = version(id, version);
        input.put(field, value);
        return input;
    }

    static JsonNode done(Answer answer, String mutation) {
        assertThat(answer.at(mutation, "userErrors")).isEmpty();
        return answer.at(mutation, "calendarEntry");
    }

    static void refused(Answer answer, String mutation, ErrorCode code, String field) {
        assertThat(answer.at(mutation, mutation.startsWith("delete") ? "deletedId" : "calendarEntry")
                        .isNull())
                .isTrue();
        assertThat(answer.all("code", mutation, "userErrors")).containsExactly(code.name());
        assertThat(answer.at(mutation, "userErrors", 0, "path").toString()).isEqualTo("[\"input\",\"" + field + "\"]");
    }

    static List<String> rows() {
        return Gateway.running()
                .database()
                .query(
                        "SELECT to_jsonb(content_calendar)::text FROM content_calendar ORDER BY id",
                        row -> row.getString(1));
    }
}
