package dev.selvage.calendar;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.createCalendarEntry}: plans an entry of the viewer's own, with a date or as a draft. */
@Component
class CreateCalendarEntry implements Mutation<CalendarEntry> {
    private final CalendarEntryRepository entries;

    CreateCalendarEntry(CalendarEntryRepository entries) {
        this.entries = entries;
    }

    @Override
    public Mono<Payload<CalendarEntry>> change(Input input) {
        return entries.insert(input);
    }
}
