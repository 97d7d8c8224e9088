package dev.selvage.events;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Repository;
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
