package dev.selvage.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted of a post. */
class EngagementTest {
    private static final List<String> FIGURES =
            List.of("impressions", "reach", "likes", "comments", "shares", "saves", "clicks");

    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User author = given.user();
    private static final Caller caller = gateway.user(author);
    private static final Caller admin = gateway.user(given.admin());

    private static final String RECORD = """
            mutation ($input: RecordEngagementInput!) { recordEngagement(input: $input) {
              calendarEntry { version published engagement { impressions reach likes comments shares saves clicks } }
              userErrors { code message path } } }
            """;

    private static Given.CalendarEntry entry() {
        return given.calendarEntry(author, Given.unique("Entry"), null);
    }

    private static Answer send(Caller caller, Given.CalendarEntry entry, Map<String, ?> figures) {
        var input = new HashMap<String, @Nullable Object>(figures);
        input.put("id", entry.globalId());
        return caller.query(RECORD, Map.of("input", input));
    }

    private static String record(Caller caller, Given.CalendarEntry entry, Map<String, ?> figures) {
        var answer = send(caller, entry, figures).ok();
        assertThat(answer.at("recordEngagement", "userErrors")).isEmpty();
        return answer.at("recordEngagement", "calendarEntry", "engagement").toString();
    }

    private static String recorded(Given.CalendarEntry entry) {
        return gateway.database()
                .query(
                        "SELECT coalesce(engagement_metrics::text, 'none') FROM content_calendar WHERE id = ?",
                        row -> row.getString(1),
                        entry.id())
                .getFirst();
    }

    private static void refused(Answer answer, String code, String path) {
        answer.ok();
        assertThat(answer.at("recordEngagement", "calendarEntry").isNull()).isTrue();
        assertThat(answer.all("code", "recordEngagement", "userErrors")).containsExactly(code);
        assertThat(answer.at("recordEngagement", "userErrors", 0, "path").toString())
                .isEqualTo(path);
    }

    @Test
    void figuresThatAreNamedAreReplacedAndTheOthersStay() {
        var entry = entry();
        record(caller, entry, Map.of("likes", 1, "reach", 20, "clicks", 0));

        assertThat(record(caller, entry, Map.of("likes", 3, "saves", Integer.MAX_VALUE)))
                .isEqualTo("{\"impressions\":null,\"reach\":20,\"likes\":3,\"comments\":null,\"shares\":null,"
                        + "\"saves\":2147483647,\"clicks\":0}");
    }

    @Test
    void nullForgetsAFigureAndWithTheLastOneAllAreUnknown() {
        var entry = entry();
        record(caller, entry, Map.of("likes", 1, "reach", 20));
        var likes = new HashMap<String, @Nullable Object>();
        likes.put("likes", null);
        likes.put("shares", null);
        record(caller, entry, likes);
        assertThat(recorded(entry)).isEqualTo("{\"reach\": 20}");

        var reach = new HashMap<String, @Nullable Object>();
        reach.put("reach", null);
        assertThat(record(caller, entry, reach)).isEqualTo("null");
        assertThat(recorded(entry)).isEqualTo("none");
    }

    @Test
    void everyFigureOfTheSchemaIsRecordedUnderItsName() {
        var entry = entry();
        var figures = new HashMap<String, Integer>();
        FIGURES.forEach(figure -> figures.put(figure, FIGURES.indexOf(figure)));

        assertThat(record(caller, entry, figures))
                .isEqualTo(
                        "{\"impressions\":0,\"reach\":1,\"likes\":2,\"comments\":3,\"shares\":4,\"saves\":5,\"clicks\":6}");
    }

    @Test
    void whoNamesNoFigureIsTold() {
        var entry = entry();
        record(caller, entry, Map.of("likes", 1));

        refused(send(caller, entry, Map.of()), "REQUIRED", "[\"input\"]");
        refused(send(gateway.user(given.user()), entry, Map.of()), "NOT_FOUND", "[\"input\",\"id\"]");
        assertThat(recorded(entry)).isEqualTo("{\"likes\": 1}");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2_147_483_648L})
    void aFigureIsNoLessThanZeroAndNoMoreThanCanBeCounted(long likes) {
        var entry = entry();

        assertThat(send(caller, entry, Map.of("likes", likes)).errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(recorded(entry)).isEqualTo("none");
    }

    @Test
    void aPublishedEntrysFiguresChangeToo() {
        var entry = entry();
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE content_calendar SET published = true, published_date = now() WHERE id = '" + entry.id()
                                + "'");

        for (var who : List.of(caller, admin, gateway.integrator("write:calendar"))) {
            record(who, entry, Map.of("likes", 1));
        }
        assertThat(recorded(entry)).isEqualTo("{\"likes\": 1}");
    }

    @Test
    void figuresAreTheAuthorsAndAdministratorsAndThoseWhoMayWriteTheCalendar() {
        var entry = entry();

        for (var stranger : List.of(
                gateway.anonymous(),
                gateway.user(given.user()),
                gateway.integrator("read:calendar"),
                gateway.integrator("write:analytics"))) {
            refused(send(stranger, entry, Map.of("likes", 1)), "NOT_FOUND", "[\"input\",\"id\"]");
        }
        refused(
                send(admin, new Given.CalendarEntry(given.fabric().id()), Map.of("likes", 1)),
                "NOT_FOUND",
                "[\"input\",\"id\"]");
        assertThat(recorded(entry)).isEqualTo("none");
    }

    @Test
    void thoseWhoCountDifferentThingsAtOnceDoNotLoseEachOthers() {
        var entry = entry();

        IntStream.range(0, 70).parallel().forEach(i -> record(caller, entry, Map.of(FIGURES.get(i % 7), i % 7)));

        assertThat(record(caller, entry, Map.of("clicks", 6)))
                .isEqualTo(
                        "{\"impressions\":0,\"reach\":1,\"likes\":2,\"comments\":3,\"shares\":4,\"saves\":5,\"clicks\":6}");
    }
}
