package dev.selvage;

import dev.selvage.support.PostgresVersion;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows for {@link VisibleRowsTest}, {@link VisibleMatchesTest} and {@link PolicyMutationTest}: every way in which a
 * consignor and an event can have to do with each other, for every status of an event, for two consignors who look and one
 * who does not, and events that nobody has to do with.
 */
final class RowSecurityWorld {
    /** The people; the last three are consignors. */
    enum Person {
        ADMINISTRATOR(1),
        CUSTOMER(2),
        CLARA(3),
        DORA(4),
        EMIL(5);

        static final List<Person> CONSIGNORS = List.of(CLARA, DORA, EMIL);

        private final int number;

        Person(int number) {
            this.number = number;
        }

        UUID user() {
            return new UUID(0x0197_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
        }

        /** The {@code consignors.id}. */
        long consignor() {
            return 100L + number;
        }
    }

    record Event(long id, String name, String status) {}

    record Registration(long id, Event event, Person owner, String status) {}

    record Item(long id, String name, Event event, Person owner, String status) {}

    /** A status of an event, with the statuses that its items can have. */
    private record Phase(String status, List<String> items) {}

    private static final List<Phase> PHASES = List.of(
            new Phase("draft", List.of()),
            new Phase("published", List.of("pending", "approved", "rejected", "sold", "returned")),
            new Phase("cancelled", List.of("returned")),
            new Phase("completed", List.of("sold", "returned")));

    private static final List<String> REGISTRATIONS =
            List.of("waitlisted", "registered", "checked_in", "checked_out", "cancelled");

    private static final Map<PostgresVersion, RowSecurityWorld> WORLDS = new ConcurrentHashMap<>();

    final TestDatabase database;
    final List<Event> events = new ArrayList<>();
    final List<Registration> registrations = new ArrayList<>();
    final List<Item> items = new ArrayList<>();
    final RowSecurityShop shop = new RowSecurityShop();

    /** The one of this version, which its readers leave as it is. */
    static RowSecurityWorld on(PostgresVersion version) {
        return WORLDS.computeIfAbsent(
                version, _ -> new RowSecurityWorld(version.server().database("row_security")));
    }

    private RowSecurityWorld(TestDatabase database) {
        this.database = database;
        database.within("selvage_owner", connection -> {
            people(connection);
            for (var phase : PHASES) {
                event(phase.status);
                event(phase.status);
                for (var owner : Person.CONSIGNORS) {
                    REGISTRATIONS.forEach(status -> register(event(phase.status), owner, status));
                    phase.items.forEach(status -> handIn(event(phase.status), owner, status));
                }
                queue(event(phase.status));
            }
            return write(connection);
        });
    }

    private Event event(String status) {
        var event = new Event(events.size() + 1, word(events.size()) + " fair", status);
        events.add(event);
        return event;
    }

    private void register(Event event, Person owner, String status) {
        registrations.add(new Registration(registrations.size() + 1, event, owner, status));
    }

    private void handIn(Event event, Person owner, String status) {
        // Two, one for each word.
        for (int i = 0; i < 2; i++) {
            items.add(new Item(items.size() + 1, word(items.size()) + " skirt", event, owner, status));
        }
    }

    /** A waiting list that somebody left, and to which they came back as the last. */
    private void queue(Event event) {
        register(event, Person.EMIL, "cancelled");
        register(event, Person.DORA, "waitlisted");
        register(event, Person.CLARA, "waitlisted");
        register(event, Person.EMIL, "waitlisted");
    }

    /** What searches look for: every second row has the one word, the rest the other. */
    private static String word(int n) {
        return n % 2 == 0 ? "Linen" : "Wool";
    }

    /** The administrator, Clara and Dora each lack one thing that a newcomer who signs in has. */
    private static void people(Connection connection) throws SQLException {
        for (var person : Person.values()) {
            insert(
                    connection,
                    """
                    INSERT INTO users (id, email, name, role, issuer, subject, email_verified)
                    SELECT ?, ?, name, ?, CASE WHEN signed_in THEN 'issuer' END, CASE WHEN signed_in THEN name END,
                           CASE WHEN ? THEN now() END
                      FROM (VALUES (?, ?)) row (name, signed_in)
                    """,
                    person.user(),
                    person + "@example.com",
                    person == Person.ADMINISTRATOR ? "admin" : "user",
                    person != Person.DORA,
                    person.name(),
                    person != Person.CLARA);
        }
        for (var person : Person.CONSIGNORS) {
            insert(
                    connection,
                    "INSERT INTO consignors (id, number, user_id, name, email) VALUES (?, ?, ?, ?, ?)",
                    person.consignor(),
                    person.number,
                    person.user(),
                    person + " Linen",
                    person + "@example.com");
        }
    }

    private boolean write(Connection connection) throws SQLException {
        for (var event : events) {
            insert(connection, """
                    INSERT INTO events (id, name, status, location, max_consignors, drop_off_start, drop_off_end, start_date,
                                        end_date, pick_up_start, pick_up_end)
                    VALUES (?, ?, ?, 'Town hall', 100, '2030-01-01', '2030-01-02', '2030-01-03', '2030-01-04', '2030-01-05',
                            '2030-01-06')
                    """, event.id(), event.name(), event.status());
        }
        for (var registration : registrations) {
            insert(
                    connection,
                    "INSERT INTO event_registrations (id, event_id, consignor_id, status) VALUES (?, ?, ?, ?)",
                    registration.id(),
                    registration.event().id(),
                    registration.owner().consignor(),
                    registration.status());
        }
        shop.write(connection);
        var order = shop.orders.getFirst().id();
        for (var item : items) {
            insert(
                    connection,
                    """
                    INSERT INTO inventory_items (id, name, event_id, event_status, consignor_id, user_id, status, category,
                                                 price, condition, rejection_reason, barcode, order_id)
                    SELECT ?, ?, ?, ?, ?, ?, status, 'clothes', 5, 'good', CASE status WHEN 'rejected' THEN 'Torn' END,
                           barcode(nextval('inventory_items_barcode_seq')), CASE status WHEN 'sold' THEN ?::uuid END
                      FROM (VALUES (?)) row (status)
                    """,
                    item.id(),
                    item.name(),
                    item.event().id(),
                    item.event().status(),
                    item.owner().consignor(),
                    item.owner().user(),
                    order,
                    item.status());
        }
        return true;
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        TestDatabase.query(connection, sql + " RETURNING 1", row -> row.getInt(1), values);
    }
}
