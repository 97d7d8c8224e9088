package dev.selvage.calendar;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@code Mutation.recordEngagement}: replaces the figures it names and leaves the others. It asks for no version, because
 * whoever counts does not edit.
 */
@Component
class RecordEngagement implements Mutation<CalendarEntry> {
    /** As the schema names them, and the keys of {@code engagement_metrics}. */
    private static final List<String> FIGURES =
            List.of("impressions", "reach", "likes", "comments", "shares", "saves", "clicks");

    private static final UserError NO_FIGURES = new InputError(
            ErrorCode.REQUIRED, "Name at least one figure, be it as null to forget it.", List.of("input"));

    private final CalendarEntryRepository entries;

    RecordEngagement(CalendarEntryRepository entries) {
        this.entries = entries;
    }

    @Override
    public Mono<Payload<CalendarEntry>> change(Input input) {
        var notFound = Payload.<CalendarEntry>refused(UserError.notFound(input.at("id")));
        var id = input.id("CalendarEntry", UUID.class);
        if (id == null) {
            return Mono.just(notFound);
        }
        var known = new LinkedHashMap<String, Integer>();
        var forgotten = new ArrayList<String>();
        for (var figure : FIGURES) {
            if (input.value(figure) instanceof Integer value) {
                known.put(figure, value);
            } else if (input.has(figure)) {
                forgotten.add(figure);
            }
        }
        if (known.isEmpty() && forgotten.isEmpty()) {
            return entries.findAll(List.of(id)).map(found -> found.isEmpty() ? notFound : Payload.refused(NO_FIGURES));
        }
        return entries.recordEngagement(id, known, forgotten)
                .map(changed -> changed.isEmpty() ? notFound : Payload.of(changed.getFirst()));
    }
}
