package dev.selvage.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters and sorts of {@code Query.calendarEntries}. */
class CalendarEntryFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User planner = given.user();
    private static final String WORD = Given.unique("bobbin");

    @BeforeAll
    static void entries() {
        entry("Linen", "instagram", "post", "2026-03-01 10:00Z", "2026-03-01 10:05Z", "of flax", "#slowfashion");
        entry("Denim", "instagram", "reel", "2026-03-01 23:59:59.999999Z", "", WORD, "#blue_1");
        entry("Tweed", "facebook", "story", "2026-03-02 00:00Z", "", "of flax", "#blue");
        entry("Lace", "pinterest", "post", "", "", "", "");
        given.calendarEntry(given.user(), "Linen of somebody else", null);
    }

    private static void entry(
            String title, String platform, String type, String scheduled, String published, String words, String tag) {
        gateway.database()
                .query(
                        """
                        INSERT INTO content_calendar (user_id, title, platform, content_type, scheduled_date, published,
                                                      published_date, description, hashtags)
                        VALUES (?, ?, ?, ?, nullif(?, '')::timestamptz, ? <> '', nullif(?, '')::timestamptz,
                                nullif(?, ''), to_jsonb(array_remove(ARRAY[?], '')))
                        RETURNING id
                        """,
                        row -> row.getString(1),
                        planner.id(),
                        title,
                        platform,
                        type,
                        scheduled,
                        published,
                        published,
                        words,
                        tag);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "platform: INSTAGRAM | Linen Denim",
                "platform: [PINTEREST, FACEBOOK] | Tweed Lace",
                "platform: [] | ``",
                "platform: null | Linen Denim Tweed Lace",
                "contentType: POST | Linen Lace",
                "contentType: [REEL, STORY] | Denim Tweed",
                "published: true | Linen",
                "published: false | Denim Tweed Lace",
                "published: null | Linen Denim Tweed Lace",
                "platform: INSTAGRAM, contentType: POST | Linen",
                "platform: INSTAGRAM, published: false | Denim",
                "platform: PINTEREST, contentType: STORY | ``",
                "platform: [INSTAGRAM, PINTEREST], contentType: [POST, REEL], published: false | Denim Lace"
            })
    void aFilterKeepsWhatItNames(String filter, String expected) {
        assertThat(found(filter, "")).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gte: \"2026-03-01T10:00:00Z\" | Linen Denim Tweed",
                "gte: \"2026-03-01T10:00:00.000001Z\" | Denim Tweed",
                "lt: \"2026-03-02T00:00:00Z\" | Linen Denim",
                "lt: \"2026-03-01T23:59:59.999999Z\" | Linen",
                "gte: \"2026-03-02T01:00:00+01:00\" | Tweed",
                "gte: \"2026-03-01T00:00:00Z\", lt: \"2026-03-02T00:00:00Z\" | Linen Denim",
                "gte: \"2026-03-02T00:00:00Z\", lt: \"2026-03-01T00:00:00Z\" | ``",
                "gte: \"9999-12-31T23:59:59Z\" | ``",
                "lt: \"9999-12-31T23:59:59Z\" | Linen Denim Tweed",
                "gte: null, lt: null | Linen Denim Tweed Lace"
            })
    void aRangeOfDatesBeginsInclusiveEndsExclusiveAndHoldsNothingWithoutADate(String range, String expected) {
        assertThat(found("scheduledDate: { " + range + " }", "")).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "linen | Linen",
                "LACE | Lace",
                "flax | Linen Tweed",
                "flax -tweed | Linen",
                "#slowfashion | Linen",
                "slowfashion | Linen",
                "nothinglikethis | ``",
                "! | ``"
            })
    void aSearchLooksAtTitleDescriptionAndHashtagsOfOnesOwn(String words, String expected) {
        assertThat(found("search: \"" + words + "\"", "")).containsExactlyElementsOf(words(expected));
    }

    @Test
    void aSearchAndTheOtherFiltersHoldTogether() {
        assertThat(found("search: \"flax\", published: false, platform: [FACEBOOK, INSTAGRAM]", ""))
                .containsExactly("Tweed");
        assertThat(found(
                        "search: \"flax\", scheduledDate: { lt: \"2026-03-02T00:00:00Z\" }",
                        ", sort: { field: CREATED_AT }"))
                .containsExactly("Linen");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCHEDULED_DATE | ASC | Linen Denim Tweed Lace",
                "SCHEDULED_DATE | DESC | Lace Tweed Denim Linen",
                "CREATED_AT | ASC | Linen Denim Tweed Lace",
                "CREATED_AT | DESC | Lace Tweed Denim Linen"
            })
    void sortsRunBothWaysAndWithoutADateIsLatest(String field, String direction, String expected) {
        var sort = ", sort: { field: %s, direction: %s }".formatted(field, direction);

        assertThat(found("", sort)).containsExactlyElementsOf(words(expected));
        assertThat(found("platform: [INSTAGRAM, FACEBOOK, PINTEREST]", sort))
                .containsExactlyElementsOf(words(expected));
    }

    @Test
    void theSameFiltersAndSortsWorkBelowAUser() {
        var answer = gateway.user(given.admin())
                .query("""
                        { user(by: { id: "%s" }) { calendarEntries(filter: { published: false, search: "flax or lace" },
                            sort: { field: SCHEDULED_DATE, direction: DESC }) { totalCount nodes { title } } } }
                        """.formatted(planner.globalId()))
                .ok();

        assertThat(answer.all("title", "user", "calendarEntries", "nodes")).containsExactly("Lace", "Tweed");
        assertThat(answer.at("user", "calendarEntries", "totalCount").asInt()).isEqualTo(2);
    }

    private static List<String> found(String filter, String sort) {
        var answer = gateway.user(planner)
                .query("{ calendarEntries(first: 50, filter: { %s } %s) { totalCount nodes { title } } }"
                        .formatted(filter, sort))
                .ok();
        assertThat(answer.at("calendarEntries", "totalCount").asInt())
                .isEqualTo(answer.at("calendarEntries", "nodes").size());
        return answer.all("title", "calendarEntries", "nodes");
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
