package dev.selvage.events;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Viewer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class EventRepository {
    private static final String COLUMNS = """
            id, version, name, description, location, start_date, end_date, drop_off_start, drop_off_end, \
            pick_up_start, pick_up_end, max_consignors, registered_count, status, created_at, updated_at""";

    static final Listing<Event> EVENTS = Listing.of("events", COLUMNS, EventRepository::toEvent, Long.class, Event::id)
            .filter("status", Filter.oneOf("status"))
            .filter("saleStart", Filter.during("start_date"))
            .search("events_matching", "english")
            .sort("SALE_START", "start_date", Instant.class)
            .sort("CREATED_AT", "created_at", Instant.class)
            .sort("NAME", "name_sort", String.class)
            .branches(EventRepository::branches);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM events WHERE id = ANY ($1)".formatted(COLUMNS));

    private final Database database;

    EventRepository(Database database) {
        this.database = database;
    }

    Mono<List<Event>> findAll(Collection<Long> ids) {
        return database.query(FIND_ALL.withAll(ids, Long[]::new), EventRepository::toEvent);
    }

    private static List<Branch> branches(Viewer viewer) {
        var listed = Branch.of("listed", true);
        if (viewer.readsAll(Scope.READ_INVENTORY) || viewer.readsAll(Scope.READ_CONSIGNORS)) {
            return List.of(listed, Branch.of("listed", false));
        }
        return viewer.userId() == null
                ? List.of(listed)
                : List.of(listed, Branch.of("listed", false, "id = ANY ((SELECT viewer_event_ids())::bigint[])"));
    }

    private static Event toEvent(Columns row) {
        return new Event(
                row.bigint(),
                row.integer(),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.window(),
                row.window(),
                row.window(),
                row.integer(),
                row.integer(),
                row.word(EventStatus.class),
                row.instant(),
                row.instant());
    }
}
