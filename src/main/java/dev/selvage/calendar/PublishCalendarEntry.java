package dev.selvage.calendar;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.publishCalendarEntry}: marks an entry as posted, now or at a moment that has passed. */
@Component
class PublishCalendarEntry implements Mutation<CalendarEntry> {
    private final CalendarEntryRepository entries;

    PublishCalendarEntry(CalendarEntryRepository entries) {
        this.entries = entries;
    }

    @Override
    public Mono<Payload<CalendarEntry>> change(Input input) {
        return entries.publish(input, input.instant("publishedDate"));
    }
}
