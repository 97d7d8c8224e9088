package dev.selvage.calendar;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Wiring;
import dev.selvage.users.User;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code Query.calendarEntry}, {@code Query.calendarEntries}, the type {@code CalendarEntry}, and where it hangs. */
@Component
class CalendarFields implements Wiring {
    private final CalendarEntryRepository entries;

    CalendarFields(CalendarEntryRepository entries) {
        this.entries = entries;
    }

    @Override
    public void wire(Fields fields) {
        fields.query()
                .byId("calendarEntry", CalendarEntry.class)
                .page("calendarEntries", CalendarEntryRepository.ENTRIES);
        fields.type(CalendarEntry.class)
                .id(new Lookup<>(UUID.class, entries::findAll, CalendarEntry::id))
                .toOne("user", CalendarEntry::userId, User.class);
        fields.type(Engagement.class);
        fields.extend(User.class).page("calendarEntries", CalendarEntryRepository.ENTRIES, "user_id", User::id);
    }
}
