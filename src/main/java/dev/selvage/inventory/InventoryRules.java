package dev.selvage.inventory;

import static dev.selvage.inventory.ItemStatus.APPROVED;
import static dev.selvage.inventory.ItemStatus.PENDING;
import static dev.selvage.inventory.ItemStatus.REJECTED;
import static dev.selvage.inventory.ItemStatus.RETURNED;

import dev.selvage.kernel.Rule;
import dev.selvage.kernel.UserError.ErrorCode;
import java.util.List;

/** What may become of an item. The database holds which status may follow which, whoever writes it. */
final class InventoryRules {
    /** Of a new item's {@code event} and {@code consignor}. */
    static final String EVENT_IS_PUBLISHED = "event.status = 'published'";

    static final String DROP_OFF_IS_OPEN = "now() < event.drop_off_end";
    /** Administrators take in what they like, and from whom. */
    static final String CONSIGNOR_HAS_A_PLACE = """
            (current_user = 'selvage_admin'
             OR EXISTS (SELECT FROM event_registrations registration
                         WHERE registration.event_id = event.id AND registration.consignor_id = consignor.id
                           AND registration.status IN ('registered', 'checked_in', 'checked_out')))""";

    static final String DROP_OFF_IS_OVER = "Drop-off for this event is over. What was handed in stays as it is.";
    static final String DROP_OFF_IS_OVER_FOR_APPROVED =
            "Drop-off for this event is over. An approved item can still be made cheaper, and nothing else.";

    private static final String BEFORE_DROP_OFF_ENDS =
            "EXISTS (SELECT FROM events WHERE events.id = event_id AND now() < drop_off_end)";
    private static final String BEFORE_THE_SALE =
            "EXISTS (SELECT FROM events WHERE events.id = event_id AND now() < start_date)";

    static final Rule APPROVE = Rule.of("approveInventoryItem").from(PENDING).to(APPROVED);
    static final Rule REJECT = Rule.of("rejectInventoryItem").from(PENDING).to(REJECTED);
    static final Rule RESUBMIT = Rule.of("resubmitInventoryItem")
            .from(REJECTED)
            .to(PENDING)
            .when(ErrorCode.TRANSITION_BLOCKED, "The event takes no items any more.", "event_status = 'published'")
            .when(ErrorCode.WINDOW_CLOSED, DROP_OFF_IS_OVER, BEFORE_DROP_OFF_ENDS);

    /** What an owner changes of an approved item the table's trigger judges, which knows the old values and the new ones. */
    static final Rule UPDATE = Rule.of("updateInventoryItem")
            .from(PENDING, REJECTED, APPROVED)
            .when(
                    ErrorCode.WINDOW_CLOSED,
                    DROP_OFF_IS_OVER,
                    "current_user <> 'selvage_user' OR status = 'approved' OR " + BEFORE_DROP_OFF_ENDS);

    /** Where the same mutation leads an owner who does more than lower the price. */
    static final Rule RECONSIDER = Rule.of("updateInventoryItem")
            .from(APPROVED)
            .to(PENDING)
            .exceptForAdministrators()
            .when(ErrorCode.WINDOW_CLOSED, DROP_OFF_IS_OVER_FOR_APPROVED, BEFORE_DROP_OFF_ENDS);

    static final Rule RETURN = Rule.of("returnInventoryItem")
            .from(PENDING, APPROVED, REJECTED)
            .to(RETURNED)
            .when(
                    ErrorCode.WINDOW_CLOSED,
                    "The sale has started. Ask an administrator to take the item out of it.",
                    "current_user <> 'selvage_user' OR " + BEFORE_THE_SALE);

    static final List<Rule> ALL = List.of(APPROVE, REJECT, RESUBMIT, RECONSIDER, RETURN);

    private InventoryRules() {}
}
