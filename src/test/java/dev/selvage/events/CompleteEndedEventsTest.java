package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Meanwhile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the scheduler does with events that are over. */
class CompleteEndedEventsTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final CompleteEndedEvents job = gateway.bean(CompleteEndedEvents.class);

    /** What other tests have left. */
    @BeforeEach
    void nothingIsOver() {
        while (run() > 0) {
            // There may be more than are completed at once.
        }
    }

    private static int run() {
        return Objects.requireNonNull(job.doSome(100).block(Duration.ofSeconds(20)));
    }

    /** One whose sale started so long ago; pick-up ends two days later. */
    private static Given.Event event(String status, Duration sinceSale) {
        return given.event(status, Given.unique("Event"), Instant.now().minus(sinceSale));
    }

    @Test
    void anEventIsCompletedWithEverythingOnceItsPickUpHasEnded() {
        var over = event("published", Duration.ofHours(49));
        for (var status : List.of("registered", "checked_in", "checked_out", "waitlisted", "cancelled")) {
            given.registration(over, given.consignor(), status);
        }
        for (var status : List.of("pending", "approved", "rejected", "returned")) {
            given.item(over, given.consignor(), status);
        }
        given.soldItem(over, given.consignor());
        var others = Stream.of(
                        event("published", Duration.ofHours(47)),
                        event("draft", Duration.ofHours(49)),
                        event("cancelled", Duration.ofHours(49)),
                        event("completed", Duration.ofHours(49)))
                .toList();
        var before =
                others.stream().map(event -> EventCalls.rows(gateway, event)).toList();

        assertThat(run()).isEqualTo(1);

        assertThat(EventCalls.status(gateway, over)).isEqualTo("completed 3");
        assertThat(EventCalls.registrations(gateway, over))
                .containsExactly("registered", "checked_in", "checked_out", "cancelled", "cancelled");
        assertThat(EventCalls.items(gateway, over))
                .containsExactly("returned", "returned", "returned", "returned", "sold");
        assertThat(others.stream().map(event -> EventCalls.rows(gateway, event)).toList())
                .isEqualTo(before);
        assertThat(run()).isZero();
    }

    @Test
    void severalWhoDoItAtOnceCompleteEachEventOnce() throws Exception {
        var events = new ArrayList<Given.Event>();
        for (int i = 0; i < 30; i++) {
            var event = event("published", Duration.ofDays(10));
            given.item(event, given.consignor(), "approved");
            events.add(event);
        }
        Callable<Integer> instance = CompleteEndedEventsTest::run;

        int completed = 0;
        try (var instances = Executors.newFixedThreadPool(4)) {
            for (var one : instances.invokeAll(Collections.nCopies(4, instance))) {
                completed += one.get();
            }
        }

        assertThat(completed).isEqualTo(30);
        assertThat(events).allSatisfy(event -> {
            assertThat(EventCalls.status(gateway, event)).isEqualTo("completed 0");
            assertThat(EventCalls.items(gateway, event)).containsExactly("returned");
        });
    }

    @Test
    void anEventThatSomebodyIsChangingIsLeftForTheNextTime() {
        var busy = event("published", Duration.ofDays(10));
        var free = event("published", Duration.ofDays(9));

        // Were it waited for, it would be done too.
        int completed = Meanwhile.of(
                gateway.database(),
                "UPDATE events SET name = 'Other' WHERE id = " + busy.id(),
                CompleteEndedEventsTest::run);

        assertThat(completed).isEqualTo(1);
        assertThat(EventCalls.status(gateway, busy)).isEqualTo("published 0");
        assertThat(EventCalls.status(gateway, free)).isEqualTo("completed 0");
        assertThat(run()).isEqualTo(1);
    }

    @Test
    void anEventThatFailsIsInNobodysWay() {
        var broken = event("published", Duration.ofDays(10));
        var whole = event("published", Duration.ofDays(9));
        var item = given.item(broken, given.consignor(), "approved");

        // Its items are not to be had within the time that a statement waits for a lock.
        int completed = gateway.database().rolledBack("selvage_owner", connection -> {
            connection.createStatement().execute("UPDATE inventory_items SET name = 'Other' WHERE id = " + item.id());
            return run();
        });

        assertThat(completed).isEqualTo(1);
        assertThat(EventCalls.status(gateway, broken)).isEqualTo("published 0");
        assertThat(EventCalls.items(gateway, broken)).containsExactly("approved");
        assertThat(EventCalls.status(gateway, whole)).isEqualTo("completed 0");
        assertThat(run()).isEqualTo(1);
        assertThat(EventCalls.items(gateway, broken)).containsExactly("returned");
    }
}
