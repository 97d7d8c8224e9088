package dev.selvage.events;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Rule;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Writing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
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

    static final Table<Long, Event> EVENT = Table.of(
                    "events", COLUMNS, EventRepository::toEvent, Event.class, Long.class)
            .withStatus();

    static final Writing WRITING = EVENT.writing()
            .text("name", "name")
            .text("description", "description")
            .text("location", "location")
            .window("sale", "start_date", "end_date")
            .window("dropOff", "drop_off_start", "drop_off_end")
            .window("pickUp", "pick_up_start", "pick_up_end")
            .integer("maxConsignors", "max_consignors");

    static final Sql PUBLISH = EVENT.update(EventRules.PUBLISH, "status = 'published'");
    static final Sql LOCK_TO_UNPUBLISH = EVENT.lock(EventRules.UNPUBLISH);
    static final Sql UNPUBLISH = EVENT.update(EventRules.UNPUBLISH, "status = 'draft'");
    static final Sql LOCK_TO_CANCEL = EVENT.lock(EventRules.CANCEL);
    static final Sql CANCEL = EVENT.update(EventRules.CANCEL, "status = 'cancelled'");
    static final Sql LOCK_TO_COMPLETE = EVENT.lock(EventRules.COMPLETE);
    static final Sql COMPLETE = EVENT.update(EventRules.COMPLETE, "status = 'completed'");

    static final Sql CANCEL_LIVE_REGISTRATIONS =
            Sql.of("UPDATE event_registrations SET status = 'cancelled' WHERE event_id = $1 AND status <> 'cancelled'");
    static final Sql CANCEL_WAITING =
            Sql.of("UPDATE event_registrations SET status = 'cancelled' WHERE event_id = $1 AND status = 'waitlisted'");
    static final Sql RETURN_UNSOLD_ITEMS = Sql.of("SELECT return_unsold_items($1)");

    static final Sql FIND_ENDED = Sql.of("""
            SELECT id FROM events WHERE status = 'published' AND pick_up_end <= now() ORDER BY pick_up_end LIMIT $1
            """);

    static final Sql LOCK_ENDED = Sql.of("""
            SELECT id FROM events WHERE id = $1 AND status = 'published' AND pick_up_end <= now()
               FOR UPDATE SKIP LOCKED
            """);

    static final Sql COMPLETE_ENDED = Sql.of("UPDATE events SET status = 'completed' WHERE id = $1");

    private final Database database;

    EventRepository(Database database) {
        this.database = database;
    }

    Mono<List<Event>> findAll(Collection<Long> ids) {
        return database.query(FIND_ALL.withAll(ids, Long[]::new), EventRepository::toEvent);
    }

    Mono<Payload<Event>> insert(Input input) {
        return EVENT.insert(database, input, WRITING);
    }

    Mono<Payload<Event>> update(Input input) {
        return EVENT.change(database, input, EventRules.UPDATE, WRITING).flatMap(this::withPlacesGivenAway);
    }

    Mono<Payload<Event>> publish(Input input) {
        return EVENT.change(database, input, EventRules.PUBLISH, PUBLISH);
    }

    Mono<Payload<Event>> unpublish(Input input) {
        return changeLocked(input, EventRules.UNPUBLISH, LOCK_TO_UNPUBLISH, UNPUBLISH);
    }

    Mono<Payload<Event>> cancel(Input input) {
        return changeLocked(
                input, EventRules.CANCEL, LOCK_TO_CANCEL, CANCEL, CANCEL_LIVE_REGISTRATIONS, RETURN_UNSOLD_ITEMS);
    }

    Mono<Payload<Event>> complete(Input input) {
        return changeLocked(
                input, EventRules.COMPLETE, LOCK_TO_COMPLETE, COMPLETE, CANCEL_WAITING, RETURN_UNSOLD_ITEMS);
    }

    /** Published events whose pick-up is over, for the gateway itself. */
    Mono<List<Long>> findEnded(int most) {
        return database.query(FIND_ENDED.with(most), Columns::bigint);
    }

    /** Whether it was done; not if somebody else is at it. */
    Mono<Boolean> completeEnded(long id) {
        return database.query(LOCK_ENDED.with(id), Columns::bigint)
                .flatMap(locked -> locked.isEmpty()
                        ? Mono.just(false)
                        : all(id, CANCEL_WAITING, RETURN_UNSOLD_ITEMS, COMPLETE_ENDED)
                                .thenReturn(true));
    }

    /**
     * Changes an event together with what hangs on it. While its row is locked nobody joins and nobody hands in items, so the
     * rule is asked for the second time when nothing can come in between.
     *
     * @param effects in the order in which rows are locked everywhere: registrations, then items
     */
    private Mono<Payload<Event>> changeLocked(Input input, Rule rule, Sql lock, Sql update, Sql... effects) {
        return EVENT.change(database, input, rule, lock).flatMap(locked -> {
            var event = locked.record();
            return event == null
                    ? Mono.just(locked)
                    : all(event.id(), effects).then(EVENT.change(database, input, rule, update));
        });
    }

    private Mono<Void> all(long id, Sql... statements) {
        return Flux.fromArray(statements)
                .concatMap(sql -> database.query(sql.with(id), _ -> id))
                .then();
    }

    /** The database gives places away behind the statement that makes them, which therefore knows the old number only. */
    private Mono<Payload<Event>> withPlacesGivenAway(Payload<Event> changed) {
        var event = changed.record();
        return event == null
                ? Mono.just(changed)
                : findAll(List.of(event.id())).map(found -> Payload.of(found.getFirst()));
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
