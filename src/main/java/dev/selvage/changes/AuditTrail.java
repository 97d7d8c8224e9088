package dev.selvage.changes;

import dev.selvage.kernel.Ranking;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What was done, the latest first.
 *
 * @param subject what it was done to; null for everything
 */
record AuditTrail(ChangeRepository repository, ChangeTopic.@Nullable Subject subject) implements Ranking<AuditEntry> {
    /** The same for all subjects: a cursor is a place among all changes. */
    static final String NAME = "audit trail";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<List<AuditEntry>> after(@Nullable String place, int most) {
        return repository.findAllBefore(place == null ? Place.LAST : Place.of(place), subject, most);
    }

    @Override
    public String place(AuditEntry entry) {
        return entry.place().text();
    }
}
