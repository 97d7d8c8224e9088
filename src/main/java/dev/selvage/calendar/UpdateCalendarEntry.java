package dev.selvage.calendar;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.updateCalendarEntry}: changes what is planned, while it is not published. */
@Component
class UpdateCalendarEntry implements Mutation<CalendarEntry> {
    private final CalendarEntryRepository entries;

    UpdateCalendarEntry(CalendarEntryRepository entries) {
        this.entries = entries;
    }

    @Override
    public Mono<Payload<CalendarEntry>> change(Input input) {
        return entries.update(input);
    }
}
