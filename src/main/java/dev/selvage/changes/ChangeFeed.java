package dev.selvage.changes;

import dev.selvage.kernel.Ranking;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The changes of these topics, the oldest first. */
record ChangeFeed(ChangeRepository repository, Set<ChangeTopic> topics) implements Ranking<Change> {
    /** The same for all topics: a cursor is a place among all changes. */
    static final String NAME = "changes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mono<List<Change>> after(@Nullable String place, int most) {
        return repository.findAllAfter(place == null ? Place.FIRST : Place.of(place), topics, most);
    }

    @Override
    public String place(Change change) {
        return change.place().text();
    }
}
