package dev.selvage.calendar;

import static dev.selvage.calendar.CalendarCalls.created;
import static dev.selvage.calendar.CalendarCalls.done;
import static dev.selvage.calendar.CalendarCalls.plan;
import static dev.selvage.calendar.CalendarCalls.reel;
import static dev.selvage.calendar.CalendarCalls.refused;
import static dev.selvage.calendar.CalendarCalls.update;
import static dev.selvage.calendar.CalendarCalls.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.SchemaWiring;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned and changed. What becomes of it see {@link CalendarEntryLifeTest}, and of figures {@link EngagementTest}. */
class CalendarEntryMutationTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User author = given.user();
    private static final Caller caller = gateway.user(author);

    @Test
    void aDraftHasNoDateAndIsItsMakersOwn() {
        var entry = done(plan(caller, reel()), "createCalendarEntry");

        assertThat(entry.path("user").path("id").asString()).isEqualTo(author.globalId());
        assertThat(entry.path("version").asInt()).isEqualTo(1);
        assertThat(entry.path("scheduledDate").isNull()).isTrue();
        assertThat(entry.path("published").asBoolean()).isFalse();
        assertThat(entry.path("publishedDate").isNull()).isTrue();
        assertThat(entry.path("mediaUrls")).isEmpty();
        assertThat(entry.path("hashtags")).isEmpty();
    }

    @Test
    void whatIsPlannedIsAnsweredAsItWasSent() {
        var input = reel();
        input.putAll(Map.of(
                "platform",
                "PINTEREST",
                "contentType",
                "POST",
                "description",
                "Fresh from the mill",
                "mediaUrls",
                List.of("https://example.com/a.png", "https://example.com/b.png"),
                "hashtags",
                List.of("#spring_2030", "#été"),
                "scheduledDate",
                "2030-03-01T09:30:00+01:00"));

        var entry = done(plan(caller, input), "createCalendarEntry");

        assertThat(entry.path("platform").asString()).isEqualTo("PINTEREST");
        assertThat(entry.path("contentType").asString()).isEqualTo("POST");
        assertThat(entry.path("mediaUrls").toString())
                .isEqualTo("[\"https://example.com/a.png\",\"https://example.com/b.png\"]");
        assertThat(entry.path("hashtags").toString()).isEqualTo("[\"#spring_2030\",\"#été\"]");
        assertThat(entry.path("scheduledDate").asString()).isEqualTo("2030-03-01T08:30:00Z");
    }

    @Test
    void anUpdateChangesWhatIsSentClearsWhatIsNullAndLeavesTheRest() {
        var input = reel();
        input.putAll(Map.of("hashtags", List.of("#a"), "scheduledDate", "2030-03-01T09:30:00Z"));
        var id = plan(caller, input).text("createCalendarEntry", "calendarEntry", "id");

        var changes = version(id, 1, "scheduledDate", null);
        changes.put("title", "Summer");
        var entry = done(update(caller, changes), "updateCalendarEntry");

        assertThat(entry.path("title").asString()).isEqualTo("Summer");
        assertThat(entry.path("scheduledDate").isNull()).isTrue();
        assertThat(entry.path("hashtags").toString()).isEqualTo("[\"#a\"]");
        assertThat(entry.path("version").asInt()).isEqualTo(2);
        assertThat(done(update(caller, version(id, 2)), "updateCalendarEntry")
                        .path("version")
                        .asInt())
                .as("nothing sent, nothing changed")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "contentType", "title", "mediaUrls", "hashtags"})
    void whatMustBeThereCannotBeCleared(String field) {
        refused(
                update(caller, version(created(caller), 1, field, null)),
                "updateCalendarEntry",
                ErrorCode.REQUIRED,
                field);
    }

    @ParameterizedTest
    @EnumSource(ContentType.class)
    void pinterestTakesPostsOnly(ContentType type) {
        var input = reel();
        input.putAll(Map.of("platform", "PINTEREST", "contentType", type.name()));
        var answer = plan(caller, input);

        if (type == ContentType.POST) {
            var id = done(answer, "createCalendarEntry").path("id").asString();
            refused(
                    update(caller, version(id, 1, "contentType", "STORY")),
                    "updateCalendarEntry",
                    ErrorCode.INVALID,
                    "contentType");
        } else {
            refused(answer, "createCalendarEntry", ErrorCode.INVALID, "contentType");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "title, 200,",
        "title, 0, TOO_LONG",
        "title, 201, TOO_LONG",
        "description, 10000,",
        "description, 10001, TOO_LONG"
    })
    void textsHaveTheirBounds(String field, int length, @Nullable ErrorCode code) {
        var input = reel();
        input.put(field, "é".repeat(length));

        if (code == null) {
            assertThat(done(plan(caller, input), "createCalendarEntry")
                            .path(field)
                            .asString())
                    .hasSize(length);
        } else {
            refused(plan(caller, input), "createCalendarEntry", code, field);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring", "#", "#two words", "#a-b", "##a", "#a\n", "", "#a\0"})
    void aHashtagIsLettersDigitsAndUnderscores(String hashtag) {
        var input = reel();
        input.put("hashtags", List.of("#good", hashtag));

        refused(plan(caller, input), "createCalendarEntry", ErrorCode.INVALID, "hashtags");
    }

    @ParameterizedTest
    @CsvSource({"hashtags, #a, 30", "mediaUrls, https://example.com/a.png, 50"})
    void listsHaveTheirBounds(String field, String element, int most) {
        var input = reel();
        input.put(field, Collections.nCopies(most, element));
        assertThat(done(plan(caller, input), "createCalendarEntry").path(field)).hasSize(most);

        input.put(field, Collections.nCopies(most + 1, element));
        refused(plan(caller, input), "createCalendarEntry", ErrorCode.INVALID, field);
    }

    @Test
    void everyConstraintThatCallersCanHitHasAMeaning() {
        var names = gateway.database().query("""
                SELECT conname FROM pg_constraint
                 WHERE conrelid = 'content_calendar'::regclass AND contype IN ('c', 'u', 'f')
                   -- Of the schema's own words, of the viewer, and of what no statement writes.
                   AND conname NOT IN ('content_calendar_platform_known', 'content_calendar_content_type_known',
                                       'content_calendar_user_fkey', 'content_calendar_published_when',
                                       'content_calendar_engagement_shape', 'content_calendar_dates_finite')
                 UNION ALL
                SELECT 'content_calendar.' || attname FROM pg_attribute
                 WHERE attrelid = 'content_calendar'::regclass AND attnum > 0 AND attnotnull AND attgenerated = ''
                   AND attname NOT IN ('id', 'version', 'user_id', 'published', 'created_at', 'updated_at')
                """, row -> row.getString(1));

        assertThat(gateway.bean(SchemaWiring.class).constraints()).containsAll(names);
    }
}
