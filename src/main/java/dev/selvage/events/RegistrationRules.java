package dev.selvage.events;

import static dev.selvage.events.RegistrationStatus.CANCELLED;
import static dev.selvage.events.RegistrationStatus.CHECKED_IN;
import static dev.selvage.events.RegistrationStatus.CHECKED_OUT;
import static dev.selvage.events.RegistrationStatus.REGISTERED;
import static dev.selvage.events.RegistrationStatus.WAITLISTED;
import static dev.selvage.kernel.UserError.ErrorCode.IN_USE;
import static dev.selvage.kernel.UserError.ErrorCode.WINDOW_CLOSED;

import dev.selvage.kernel.Rule;
import java.util.List;

/** What may become of a registration, and when. Places that come free are given away by the database itself. */
final class RegistrationRules {
    static final Rule CANCEL = Rule.of("cancelRegistration")
            .from(WAITLISTED, REGISTERED)
            .to(CANCELLED)
            .when(
                    IN_USE,
                    "Approved or sold items of this consignor are at the event. Have the approved ones returned first.",
                    "NOT consignor_has_item(event_id, consignor_id, '{approved,sold}')");

    static final Rule CHECK_IN = Rule.of("checkInConsignor")
            .from(REGISTERED)
            .to(CHECKED_IN)
            .when(
                    WINDOW_CLOSED,
                    "Drop-off has not started yet. Try again then.",
                    "EXISTS (SELECT FROM events"
                            + " WHERE events.id = event_registrations.event_id AND drop_off_start <= now())");

    static final Rule CHECK_OUT = Rule.of("checkOutConsignor")
            .from(CHECKED_IN)
            .to(CHECKED_OUT)
            .when(
                    IN_USE,
                    "Approved items of this consignor are left. Return them first.",
                    "NOT consignor_has_item(event_id, consignor_id, '{approved}')");

    static final List<Rule> ALL = List.of(CANCEL, CHECK_IN, CHECK_OUT);

    private RegistrationRules() {}
}
