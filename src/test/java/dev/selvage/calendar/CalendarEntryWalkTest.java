package dev.selvage.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Pages go on through the entries without a date, which all stand at the same place, the end. */
class CalendarEntryWalkTest {
    private static final String PAGE = """
            calendarEntries(first: $first, after: $after, last: $last, before: $before, sort: $sort) {
              nodes { id }
              edges { cursor }
              pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            }""";
    private static final String VARIABLES =
            "$first: Int, $after: String, $last: Int, $before: String, $sort: CalendarEntrySort";

    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User planner = given.user();
    private static final Given.User admin = given.admin();

    @BeforeAll
    static void entries() {
        for (int i = 0; i < 23; i++) {
            given.calendarEntry(
                    planner, "Planned", Instant.parse("2026-05-01T08:00:00Z").plusSeconds(i % 5));
            given.calendarEntry(planner, "Without a date", null);
        }
    }

    record Walk(String field, String direction, int size, boolean backward, boolean belowTheUser) {}

    static Stream<Walk> walks() {
        return Stream.of("SCHEDULED_DATE", "CREATED_AT")
                .flatMap(field -> Stream.of("ASC", "DESC")
                        .flatMap(direction -> Stream.of(5, 7, 23, 100)
                                .flatMap(size -> Stream.of(true, false)
                                        .map(backward -> new Walk(field, direction, size, backward, size == 7)))));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void aWalkMeetsEveryEntryOnceInOrder(Walk walk) {
        var order = walk.field().equals("CREATED_AT")
                ? "created_at %1$s, id %1$s"
                : walk.direction().equals("ASC")
                        ? "scheduled_date ASC NULLS LAST, id ASC"
                        : "scheduled_date DESC NULLS FIRST, id DESC";
        var expected = gateway.database()
                .query(
                        "SELECT id FROM content_calendar WHERE user_id = ? ORDER BY "
                                + order.formatted(walk.direction()),
                        row -> new Given.CalendarEntry(row.getObject(1, java.util.UUID.class)).globalId(),
                        planner.id());

        assertThat(expected).hasSize(46);
        assertThat(met(walk)).isEqualTo(expected);
    }

    private static List<String> met(Walk walk) {
        var pages = new ArrayList<List<String>>();
        String cursor = "";
        boolean more = true;
        while (more) {
            var page = page(walk, cursor);
            pages.add(page.path("nodes")
                    .valueStream()
                    .map(node -> node.path("id").asString())
                    .toList());
            var info = page.path("pageInfo");
            assertThat(info.path(walk.backward() ? "hasNextPage" : "hasPreviousPage")
                            .asBoolean())
                    .isEqualTo(!cursor.isEmpty());
            more = info.path(walk.backward() ? "hasPreviousPage" : "hasNextPage")
                    .asBoolean();
            cursor = info.path(walk.backward() ? "startCursor" : "endCursor").asString();
            assertThat(cursor)
                    .isEqualTo(page.path("edges")
                            .path(walk.backward() ? 0 : pages.getLast().size() - 1)
                            .path("cursor")
                            .asString());
            assertThat(pages.getLast()).hasSizeBetween(more ? walk.size() : 1, walk.size());
        }
        return (walk.backward() ? pages.reversed() : pages)
                .stream().flatMap(List::stream).toList();
    }

    private static JsonNode page(Walk walk, String cursor) {
        var variables = new HashMap<String, Object>();
        variables.put("sort", Map.of("field", walk.field(), "direction", walk.direction()));
        variables.put(walk.backward() ? "last" : "first", walk.size());
        if (!cursor.isEmpty()) {
            variables.put(walk.backward() ? "before" : "after", cursor);
        }
        Answer answer;
        if (walk.belowTheUser()) {
            variables.put("user", planner.globalId());
            answer = gateway.user(admin)
                    .query(
                            "query (%s, $user: ID!) { user(by: { id: $user }) { %s } }".formatted(VARIABLES, PAGE),
                            variables);
            return answer.ok().at("user", "calendarEntries");
        }
        answer = gateway.user(planner).query("query (%s) { %s }".formatted(VARIABLES, PAGE), variables);
        return answer.ok().at("calendarEntries");
    }
}
