package dev.selvage.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a calendar entry tells, and whom. */
class CalendarEntryTest {
    private static final String ALL = """
            platform contentType title description mediaUrls hashtags scheduledDate published publishedDate version
            engagement { impressions reach likes comments shares saves clicks }""";

    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User planner = given.user();
    private static final Given.User admin = given.admin();
    private static final Given.CalendarEntry entry = given.calendarEntry(planner, "Bare", null);
    private static final String MISSING = new Given.CalendarEntry(new UUID(0, 0)).globalId();

    @Test
    void anEntryTellsAllThatItsRowHas() {
        var whole = given.calendarEntry(planner, "Whole", null);
        gateway.database().execute("selvage_owner", """
                UPDATE content_calendar
                   SET description = 'With all', media_urls = '["https://example.com/1.jpg", "http://example.com/2.jpg?a=b"]',
                       hashtags = '["#sewing", "#craft_1"]', scheduled_date = '2026-03-01 10:00:00.000001+01', published = true,
                       published_date = '2026-03-01 09:05Z',
                       engagement_metrics = '{"impressions": 2147483647, "likes": 0, "saves": 12.0, "clicks": 3e2}'
                 WHERE id = '%s'
                """.formatted(whole.id()));

        assertThat(read(gateway.user(planner), whole.globalId()).at("calendarEntry"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"platform": "INSTAGRAM", "contentType": "REEL", "title": "Whole", "description": "With all",
                 "mediaUrls": ["https://example.com/1.jpg", "http://example.com/2.jpg?a=b"],
                 "hashtags": ["#sewing", "#craft_1"], "scheduledDate": "2026-03-01T09:00:00.000001Z", "published": true,
                 "publishedDate": "2026-03-01T09:05:00Z", "version": 2,
                 "engagement": {"impressions": 2147483647, "reach": null, "likes": 0, "comments": null, "shares": null,
                                "saves": 12, "clicks": 300}}"""));
    }

    @Test
    void whatARowDoesNotHaveIsNullOrEmpty() {
        assertThat(read(gateway.user(planner), entry.globalId()).at("calendarEntry"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"platform": "INSTAGRAM", "contentType": "REEL", "title": "Bare", "description": null, "mediaUrls": [],
                 "hashtags": [], "scheduledDate": null, "published": false, "publishedDate": null, "version": 1,
                 "engagement": null}"""));
    }

    @Test
    void figuresThatNobodyKnowsYetAreAnEngagementWithoutAny() {
        var posted = given.calendarEntry(planner, "Posted", null);
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE content_calendar SET engagement_metrics = '{}' WHERE id = '%s'".formatted(posted.id()));

        assertThat(read(gateway.user(planner), posted.globalId())
                        .at("calendarEntry", "engagement", "likes")
                        .isNull())
                .isTrue();
    }

    static Stream<Caller> strangers() {
        return Stream.of(
                gateway.anonymous(), gateway.user(given.user()), gateway.integrator("read:analytics write:orders"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void anEntryOfSomebodyElseAnswersAsOneThatDoesNotExist(Caller stranger) {
        for (var field : List.of(
                "calendarEntry(id: \"%s\") { title }",
                "node(id: \"%s\") { id ... on CalendarEntry { title user { email } } }",
                "nodes(ids: [\"%s\"]) { id }")) {
            var hidden = stranger.query("{ " + field.formatted(entry.globalId()) + " }");
            var missing = stranger.query("{ " + field.formatted(MISSING) + " }");

            assertThat(hidden.ok().body()).isEqualTo(missing.ok().body());
            assertThat(hidden.statements()).isEqualTo(missing.statements()).isOne();
        }
    }

    @Test
    void administratorsAndReadersOfTheCalendarSeeEverybodysEntriesAndUsersTheirOwn() {
        var other = given.calendarEntry(given.user(), "Other", null);

        for (var all : List.of(
                gateway.user(admin), gateway.integrator("read:calendar"), gateway.integrator("write:calendar"))) {
            assertThat(newest(all)).startsWith(other.globalId()).hasSizeGreaterThan(1);
            assertThat(read(all, entry.globalId()).text("calendarEntry", "title"))
                    .isEqualTo("Bare");
        }
        assertThat(newest(gateway.user(planner))).contains(entry.globalId()).doesNotContain(other.globalId());
        assertThat(newest(gateway.user(given.user()))).isEmpty();
    }

    private static List<String> newest(Caller caller) {
        return caller.query("{ calendarEntries(sort: { field: CREATED_AT, direction: DESC }) { nodes { id } } }")
                .ok()
                .all("id", "calendarEntries", "nodes");
    }

    @ParameterizedTest
    @CsvSource({"anonymous, UNAUTHENTICATED", "integrator, FORBIDDEN"})
    void theListIsForWhoeverHasACalendarOrMayReadAll(String who, String code) {
        var caller = who.equals("anonymous") ? gateway.anonymous() : gateway.integrator("read:orders");
        var answer = caller.query("{ calendarEntries { nodes { id } } sibling: __typename }");

        assertThat(answer.at("calendarEntries").isNull()).isTrue();
        assertThat(answer.text("sibling")).isEqualTo("Query");
        assertThat(answer.errorCodes()).containsExactly(code);
        assertThat(answer.statements()).isZero();
    }

    @Test
    void anIntegratorReadsEntriesWithoutWhoseTheyAre() {
        var answer = gateway.integrator("read:calendar")
                .query("{ calendarEntry(id: \"%s\") { title user { id } } }".formatted(entry.globalId()))
                .ok();

        assertThat(answer.text("calendarEntry", "title")).isEqualTo("Bare");
        assertThat(answer.at("calendarEntry", "user").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60})
    void aPageTakesTheSameStatementsWhateverItsSize(int size) {
        var page = "calendarEntries(first: %d, sort: { field: CREATED_AT }) { ".formatted(size);

        assertThat(statements(page + "nodes { title engagement { likes } } }")).isEqualTo(1);
        assertThat(statements(page + "nodes { title } totalCount }")).isEqualTo(2);
        assertThat(statements(page + "nodes { user { email } } }")).isEqualTo(2);
        assertThat(statements("users(first: %d) { nodes { %s nodes { title } } } }".formatted(size, page)))
                .isEqualTo(2);
        assertThat(statements("users(first: %d) { nodes { %s nodes { title } totalCount } } }".formatted(size, page)))
                .isEqualTo(3);
    }

    @Test
    void whatIsPlannedIsAPublishedOperation() {
        var other = given.user();
        given.calendarEntry(other, "Next", null);
        var posted = given.calendarEntry(other, "Posted", null);
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE content_calendar SET published = true, published_date = now() WHERE id = '%s'"
                                .formatted(posted.id()));
        var answer = gateway.user(other).document("MyCalendar", Map.of()).ok();

        assertThat(answer.all("title", "planned", "nodes")).containsExactly("Next");
        assertThat(answer.all("title", "posted", "nodes")).containsExactly("Posted");
        assertThat(answer.statements()).isEqualTo(2);
    }

    private static int statements(String field) {
        return gateway.user(admin).query("{ " + field + " }").ok().statements();
    }

    private static Answer read(Caller caller, String id) {
        return caller.query("{ calendarEntry(id: \"%s\") { %s } }".formatted(id, ALL))
                .ok();
    }
}
