package dev.selvage.calendar;

import dev.selvage.kernel.Rule;
import dev.selvage.kernel.UserError.ErrorCode;

/** What may become of an entry. Once it is published, what was posted stays on record, and only its figures change. */
final class CalendarEntryRules {
    static final Rule UPDATE = whilePlanned("updateCalendarEntry");
    static final Rule PUBLISH = whilePlanned("publishCalendarEntry");
    static final Rule DELETE = whilePlanned("deleteCalendarEntry");

    private CalendarEntryRules() {}

    private static Rule whilePlanned(String mutation) {
        return Rule.of(mutation)
                .when(
                        ErrorCode.TRANSITION_BLOCKED,
                        "This entry is published, and only its engagement figures change.",
                        "NOT published");
    }
}
