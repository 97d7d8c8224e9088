package dev.selvage.calendar;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.deleteCalendarEntry}: plans it no longer. Its id is all that is left to answer. */
@Component
class DeleteCalendarEntry implements Mutation<String> {
    private final CalendarEntryRepository entries;

    DeleteCalendarEntry(CalendarEntryRepository entries) {
        this.entries = entries;
    }

    @Override
    public Mono<Payload<String>> change(Input input) {
        return entries.delete(input).map(payload -> payload.map(entry -> GlobalId.of("CalendarEntry", entry.id())));
    }
}
