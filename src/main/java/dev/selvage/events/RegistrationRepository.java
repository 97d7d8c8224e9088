package dev.selvage.events;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Rule;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Statement;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.UserError;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class RegistrationRepository {
    private static final String COLUMNS = "id, version, event_id, consignor_id, status, created_at, updated_at";

    static final Listing<Registration> REGISTRATIONS = Listing.of(
                    "event_registrations",
                    COLUMNS,
                    RegistrationRepository::toRegistration,
                    Long.class,
                    Registration::id)
            .filter("status", Filter.oneOf("status"))
            .sort("ID", "id", Long.class);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM event_registrations WHERE id = ANY ($1)".formatted(COLUMNS));

    /** The live one, or else the last that was cancelled. */
    static final Sql FIND_ALL_OF_VIEWER = Sql.of("""
            SELECT DISTINCT ON (event_id) %s
              FROM event_registrations
             WHERE event_id = ANY ($1)
               AND consignor_id = (SELECT consignors.id FROM consignors WHERE user_id = (SELECT viewer_id()))
             ORDER BY event_id, status = 'cancelled', id DESC
            """.formatted(COLUMNS));

    static final Sql WAITLIST_POSITIONS = Sql.of("SELECT id, place FROM waitlist_positions($1)");

    static final Table<Long, Registration> REGISTRATION = Table.of(
                    "event_registrations",
                    COLUMNS,
                    RegistrationRepository::toRegistration,
                    Registration.class,
                    Long.class)
            .withStatus();

    static final Sql JOIN = Sql.of("""
            SELECT outcome, coalesce(registration, 0), coalesce(capacity, 0)
              FROM join_event($1, (SELECT id FROM consignors WHERE user_id = viewer_id()), $2)
            """);
    static final Sql JOIN_AS =
            Sql.of("SELECT outcome, coalesce(registration, 0), coalesce(capacity, 0) FROM join_event($1, $2, $3)");

    static final Sql LOCK = Sql.of("SELECT lock_registration($1)");
    static final Sql RETURN_UNAPPROVED_ITEMS =
            Sql.of("SELECT return_unapproved_items(event_id, consignor_id) FROM event_registrations WHERE id = $1");
    static final Sql CANCEL = REGISTRATION.update(RegistrationRules.CANCEL, "status = 'cancelled'");
    static final Sql CHECK_IN = REGISTRATION.update(RegistrationRules.CHECK_IN, "status = 'checked_in'");
    static final Sql CHECK_OUT = REGISTRATION.update(RegistrationRules.CHECK_OUT, "status = 'checked_out'");

    private final Database database;

    RegistrationRepository(Database database) {
        this.database = database;
    }

    Mono<List<Registration>> findAll(Collection<Long> ids) {
        return database.query(FIND_ALL.withAll(ids, Long[]::new), RegistrationRepository::toRegistration);
    }

    /** The signed-in consignor's own registrations at these events. */
    Mono<List<Registration>> findAllOfViewer(Collection<Long> eventIds) {
        return database.query(
                FIND_ALL_OF_VIEWER.withAll(eventIds, Long[]::new), RegistrationRepository::toRegistration);
    }

    /** @param place 1 is next */
    record WaitlistPosition(long registrationId, int place) {}

    /** Where these registrations stand; nothing for one that does not wait. */
    Mono<List<WaitlistPosition>> waitlistPositions(Collection<Long> ids) {
        return database.query(
                WAITLIST_POSITIONS.withAll(ids, Long[]::new), row -> new WaitlistPosition(row.bigint(), row.integer()));
    }

    /** What came of joining. */
    enum Outcome {
        REGISTERED,
        WAITLISTED,
        UNKNOWN_EVENT,
        UNKNOWN_CONSIGNOR,
        /** An administrator has to name somebody. */
        NOBODY_NAMED,
        /** The viewer is none. */
        NO_CONSIGNOR,
        /** Somebody else is named, and the viewer is no administrator. */
        ANOTHER_CONSIGNOR,
        NOT_PUBLISHED,
        DROP_OFF_OVER,
        JOINED_BEFORE,
        FULL
    }

    /**
     * @param registrationId 0 if there is none
     * @param capacity of the event
     */
    record Joined(Outcome outcome, long registrationId, int capacity) {}

    /** The viewer joins an event. */
    Mono<Joined> join(long eventId, boolean waits) {
        return join(JOIN.with(eventId, waits));
    }

    /** This consignor joins an event. */
    Mono<Joined> join(long eventId, long consignorId, boolean waits) {
        return join(JOIN_AS.with(eventId, consignorId, waits));
    }

    private Mono<Joined> join(Statement join) {
        return database.query(join, row -> new Joined(row.word(Outcome.class), row.bigint(), row.integer()))
                .map(List::getFirst);
    }

    Mono<Payload<Registration>> cancel(Input input) {
        return changeLocked(input, RegistrationRules.CANCEL, CANCEL, RETURN_UNAPPROVED_ITEMS);
    }

    Mono<Payload<Registration>> checkIn(Input input) {
        return changeLocked(input, RegistrationRules.CHECK_IN, CHECK_IN);
    }

    Mono<Payload<Registration>> checkOut(Input input) {
        return changeLocked(input, RegistrationRules.CHECK_OUT, CHECK_OUT);
    }

    /**
     * Changes a registration while it and its event are locked. What was done before the rule refuses the change is undone
     * with it.
     */
    private Mono<Payload<Registration>> changeLocked(Input input, Rule rule, Sql update, Sql... before) {
        var id = input.id("Registration", Long.class);
        return id == null
                ? Mono.just(Payload.refused(UserError.notFound(input.at("id"))))
                : Flux.concat(Flux.just(LOCK), Flux.fromArray(before))
                        .concatMap(sql -> database.query(sql.with(id), _ -> id))
                        .then(REGISTRATION.change(database, input, rule, update));
    }

    private static Registration toRegistration(Columns row) {
        return new Registration(
                row.bigint(),
                row.integer(),
                row.bigint(),
                row.bigint(),
                row.word(RegistrationStatus.class),
                row.instant(),
                row.instant());
    }
}
