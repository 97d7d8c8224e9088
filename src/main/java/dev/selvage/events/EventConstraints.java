package dev.selvage.events;

import static dev.selvage.kernel.UserError.ErrorCode.DATE_ORDER;
import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_FOUND;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_UNIQUE;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;
import static dev.selvage.kernel.UserError.ErrorCode.TRANSITION_BLOCKED;

import dev.selvage.kernel.Constraints;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of {@code events} and {@code event_registrations} are to callers. */
@Component
class EventConstraints implements Wiring {
    private static final String CHANGED = "Its state has just changed. Look at what it is now.";

    @Override
    public void wire(Fields fields) {
        required(fields.constraints());
        dates(fields.constraints());
        fields.constraints()
                .add("events_name_length", TOO_LONG, "A name has 1 to 200 characters.", "input", "name")
                .add("events_location_length", TOO_LONG, "A location has 1 to 500 characters.", "input", "location")
                .add("events_description_length", TOO_LONG, "At most 10,000 characters.", "input", "description")
                .add("events_max_consignors_positive", OUT_OF_RANGE, "At least one.", "input", "maxConsignors")
                .add(
                        "events_capacity",
                        OUT_OF_RANGE,
                        "More consignors than that hold a place. Send at least as many.",
                        "input",
                        "maxConsignors")
                .add("events_status_known", INVALID, "There is no such status.", "input", "id")
                .add("events_transition", TRANSITION_BLOCKED, CHANGED, "input", "id")
                .add("event_registrations_event_fkey", NOT_FOUND, "There is no such event.", "input", "eventId")
                .add(
                        "event_registrations_consignor_fkey",
                        NOT_FOUND,
                        "There is no such consignor.",
                        "input",
                        "consignorId")
                .add(
                        "event_registrations_one_live_idx",
                        NOT_UNIQUE,
                        "This consignor has joined the event already.",
                        "input",
                        "eventId")
                .add("event_registrations_status_known", INVALID, "There is no such status.", "input", "id")
                .add("event_registrations_transition", TRANSITION_BLOCKED, CHANGED, "input", "id")
                .add("event_registrations_transition_by_owner", TRANSITION_BLOCKED, CHANGED, "input", "id")
                .backstops("input", "event_registrations.status", "events.status", "events_status_unique");
    }

    private static void required(Constraints constraints) {
        constraints
                .add("events.name", REQUIRED, "An event has a name.", "input", "name")
                .add("events.location", REQUIRED, "An event has a location.", "input", "location")
                .add("events.max_consignors", REQUIRED, "An event has a number of places.", "input", "maxConsignors");
        for (var column : new String[] {"start_date", "end_date"}) {
            constraints.add("events." + column, REQUIRED, "An event has a sale.", "input", "sale");
        }
        for (var column : new String[] {"drop_off_start", "drop_off_end"}) {
            constraints.add("events." + column, REQUIRED, "An event has a drop-off.", "input", "dropOff");
        }
        for (var column : new String[] {"pick_up_start", "pick_up_end"}) {
            constraints.add("events." + column, REQUIRED, "An event has a pick-up.", "input", "pickUp");
        }
    }

    private static void dates(Constraints constraints) {
        constraints
                .add("events_drop_off_order", DATE_ORDER, "Drop-off ends after it starts.", "input", "dropOff", "end")
                .add(
                        "events_drop_off_before_sale",
                        DATE_ORDER,
                        "Drop-off ends before the sale starts, or just then.",
                        "input",
                        "dropOff",
                        "end")
                .add("events_sale_order", DATE_ORDER, "The sale ends after it starts.", "input", "sale", "end")
                .add(
                        "events_pick_up_after_sale",
                        DATE_ORDER,
                        "Pick-up starts after the sale ends, or just then.",
                        "input",
                        "pickUp",
                        "start")
                .add("events_pick_up_order", DATE_ORDER, "Pick-up ends after it starts.", "input", "pickUp", "end")
                .add("events_drop_off_year", OUT_OF_RANGE, "Send a year from 1 on.", "input", "dropOff", "start")
                .add("events_pick_up_year", OUT_OF_RANGE, "Send a year up to 9999.", "input", "pickUp", "end");
    }
}
