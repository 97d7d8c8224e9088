package dev.selvage.events;

import static dev.selvage.events.EventStatus.CANCELLED;
import static dev.selvage.events.EventStatus.COMPLETED;
import static dev.selvage.events.EventStatus.DRAFT;
import static dev.selvage.events.EventStatus.PUBLISHED;
import static dev.selvage.kernel.UserError.ErrorCode.IN_USE;
import static dev.selvage.kernel.UserError.ErrorCode.WINDOW_CLOSED;

import dev.selvage.kernel.Rule;
import java.util.List;

/** What may become of an event, and when. */
final class EventRules {
    static final Rule PUBLISH = Rule.of("publishEvent")
            .from(DRAFT)
            .to(PUBLISHED)
            .when(WINDOW_CLOSED, "Its drop-off has ended. Give it a later one first.", "now() < drop_off_end");

    static final Rule UNPUBLISH = Rule.of("unpublishEvent")
            .from(PUBLISHED)
            .to(DRAFT)
            .when(
                    IN_USE,
                    "Consignors have joined it. Cancel it instead.",
                    "NOT EXISTS (SELECT FROM event_registrations live"
                            + " WHERE live.event_id = events.id AND live.status <> 'cancelled')")
            .when(IN_USE, "Items have been handed in for it. Cancel it instead.", "NOT event_has_item(id)");

    static final Rule CANCEL = Rule.of("cancelEvent")
            .from(DRAFT, PUBLISHED)
            .to(CANCELLED)
            .when(IN_USE, "Something of it is sold. Complete it when its sale is over.", "NOT event_has_sold_item(id)");

    static final Rule COMPLETE = Rule.of("completeEvent")
            .from(PUBLISHED)
            .to(COMPLETED)
            .when(WINDOW_CLOSED, "Its sale has not ended yet. Try again then.", "end_date <= now()");

    static final Rule UPDATE = Rule.of("updateEvent").from(DRAFT, PUBLISHED);

    /** All that lead to another state. */
    static final List<Rule> ALL = List.of(PUBLISH, UNPUBLISH, CANCEL, COMPLETE);

    private EventRules() {}
}
