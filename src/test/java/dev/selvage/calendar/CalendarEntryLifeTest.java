package dev.selvage.calendar;

import static dev.selvage.calendar.CalendarCalls.call;
import static dev.selvage.calendar.CalendarCalls.created;
import static dev.selvage.calendar.CalendarCalls.delete;
import static dev.selvage.calendar.CalendarCalls.done;
import static dev.selvage.calendar.CalendarCalls.publish;
import static dev.selvage.calendar.CalendarCalls.reel;
import static dev.selvage.calendar.CalendarCalls.refused;
import static dev.selvage.calendar.CalendarCalls.rows;
import static dev.selvage.calendar.CalendarCalls.update;
import static dev.selvage.calendar.CalendarCalls.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is published and given up, by whom, and by whom not. */
class CalendarEntryLifeTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User author = given.user();
    private static final Caller caller = gateway.user(author);
    private static final Caller admin = gateway.user(given.admin());

    @Test
    void itIsPublishedNowOrWhenItWas() {
        var before = Instant.now();

        var now = done(publish(caller, version(created(caller), 1)), "publishCalendarEntry");
        var then = done(
                publish(caller, version(created(caller), 1, "publishedDate", "2020-02-29T12:00:00Z")),
                "publishCalendarEntry");

        assertThat(now.path("published").asBoolean()).isTrue();
        assertThat(now.path("version").asInt()).isEqualTo(2);
        assertThat(Instant.parse(now.path("publishedDate").asString()))
                .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(then.path("publishedDate").asString()).isEqualTo("2020-02-29T12:00:00Z");
        var null_ = version(created(caller), 1, "publishedDate", null);
        assertThat(done(publish(caller, null_), "publishCalendarEntry")
                        .path("publishedDate")
                        .isNull())
                .isFalse();
    }

    @Test
    void itIsNotPublishedInTheFutureButForAClockThatIsFast() {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var fast = now.plus(Duration.ofMinutes(4)).toString();
        var future = now.plus(Duration.ofMinutes(6)).toString();
        var id = created(caller);

        refused(
                publish(caller, version(id, 1, "publishedDate", future)),
                "publishCalendarEntry",
                ErrorCode.OUT_OF_RANGE,
                "publishedDate");
        assertThat(done(publish(caller, version(id, 1, "publishedDate", fast)), "publishCalendarEntry")
                        .path("publishedDate")
                        .asString())
                .isEqualTo(fast);
    }

    @Test
    void aPublishedEntryStaysAsItIs() {
        var id = created(caller);
        publish(caller, version(id, 1));
        var before = rows();

        for (var who : List.of(caller, admin)) {
            refused(
                    update(who, version(id, 2, "title", "")),
                    "updateCalendarEntry",
                    ErrorCode.TRANSITION_BLOCKED,
                    "id");
            refused(
                    publish(who, version(id, 2, "publishedDate", "2999-01-01T00:00:00Z")),
                    "publishCalendarEntry",
                    ErrorCode.TRANSITION_BLOCKED,
                    "id");
            refused(delete(who, version(id, 2)), "deleteCalendarEntry", ErrorCode.TRANSITION_BLOCKED, "id");
        }
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aDeletedEntryIsGoneAndItsIdIsAnswered() {
        var id = created(caller);

        assertThat(delete(caller, version(id, 1)).text("deleteCalendarEntry", "deletedId"))
                .isEqualTo(id);

        assertThat(caller.query("query ($id: ID!) { calendarEntry(id: $id) { id } }", Map.of("id", id))
                        .ok()
                        .at("calendarEntry")
                        .isNull())
                .isTrue();
        refused(delete(caller, version(id, 1)), "deleteCalendarEntry", ErrorCode.NOT_FOUND, "id");
        assertThat(gateway.database()
                        .query(
                                "SELECT kind FROM changes WHERE subject = ? ORDER BY id",
                                row -> row.getString(1),
                                GlobalId.parse(id).key()))
                .containsExactly("created", "deleted");
    }

    @Test
    void theSecondOfTwoEditorsIsShownWhatTheFirstHasMade() {
        var id = created(caller);
        update(caller, version(id, 1, "title", "First"));

        var answers = Map.of(
                "updateCalendarEntry", update(admin, version(id, 1, "title", "")),
                "publishCalendarEntry", publish(caller, version(id, 1)),
                "deleteCalendarEntry", delete(admin, version(id, 1)));
        answers.forEach((mutation, answer) -> {
            refused(answer, mutation, ErrorCode.VERSION_CONFLICT, "expectedVersion");
            assertThat(answer.at(mutation, "userErrors", 0, "current").toString())
                    .isEqualTo("{\"id\":\"" + id + "\",\"title\":\"First\",\"version\":2}");
        });
    }

    @Test
    void anEntryIsItsAuthorsAndAdministratorsToChange() {
        var id = created(caller);
        var before = rows();
        var strangers = List.of(
                gateway.anonymous(),
                gateway.user(given.user()),
                gateway.integrator("read:calendar"),
                gateway.integrator("write:inventory"));

        for (var stranger : strangers) {
            refused(update(stranger, version(id, 7)), "updateCalendarEntry", ErrorCode.NOT_FOUND, "id");
            refused(publish(stranger, version(id, 7)), "publishCalendarEntry", ErrorCode.NOT_FOUND, "id");
            refused(delete(stranger, version(id, 7)), "deleteCalendarEntry", ErrorCode.NOT_FOUND, "id");
        }
        var writer = gateway.integrator("write:calendar");
        refused(update(writer, version(id, 1)), "updateCalendarEntry", ErrorCode.NOT_FOUND, "id");
        refused(delete(writer, version(id, 1)), "deleteCalendarEntry", ErrorCode.NOT_FOUND, "id");
        assertThat(rows()).isEqualTo(before);

        done(update(admin, version(id, 1, "title", "Changed")), "updateCalendarEntry");
        done(publish(writer, version(id, 2)), "publishCalendarEntry");
    }

    @Test
    void onlyUsersPlan() {
        var before = rows();

        assertThat(call(gateway.anonymous(), "createCalendarEntry", "CreateCalendarEntryInput", reel())
                        .errorCodes())
                .containsExactly("UNAUTHENTICATED");
        assertThat(call(gateway.integrator("write:calendar"), "createCalendarEntry", "CreateCalendarEntryInput", reel())
                        .errorCodes())
                .containsExactly("FORBIDDEN");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void whatIsNoEntryIsNotFound() {
        for (var id : List.of(given.fabric().globalId(), new Given.CalendarEntry(new UUID(1, 1)).globalId())) {
            refused(update(admin, version(id, 1)), "updateCalendarEntry", ErrorCode.NOT_FOUND, "id");
            refused(publish(admin, version(id, 1)), "publishCalendarEntry", ErrorCode.NOT_FOUND, "id");
            refused(delete(admin, version(id, 1)), "deleteCalendarEntry", ErrorCode.NOT_FOUND, "id");
        }
    }

    @Test
    void ofThoseWhoPublishAtOnceOneDoes() {
        var id = created(caller);

        var answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> publish(caller, version(id, 1)))
                .toList();

        assertThat(answers.stream()
                        .filter(answer ->
                                answer.at("publishCalendarEntry", "userErrors").isEmpty()))
                .hasSize(1);
    }
}
