package dev.selvage.shop;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small shop in a database of its own, with everybody who comes to it, that goes on with whatever is done to it. */
final class Shop implements AutoCloseable {
    /**
     * Somebody who sends mutations.
     *
     * @param id the user's; null for a guest or a third party
     */
    record Person(String name, Caller caller, @Nullable UUID id) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A record as it is now. */
    record Row(Object id, int version) {}

    /** How far from now the sale of an event starts: drop-off is open, the sale is, it is over, it is far away. */
    private static final List<Duration> SALE_STARTS =
            List.of(Duration.ofHours(36), Duration.ofHours(-12), Duration.ofDays(-10), Duration.ofDays(30));

    private final Gateway gateway;
    private final Given given;
    private final Connection connection;
    private final Random random;
    private final List<Person> administrators = new ArrayList<>();
    private final List<Person> consignors = new ArrayList<>();
    private final List<Person> others = new ArrayList<>();
    private final List<Given.Consignor> profiles = new ArrayList<>();

    Shop(TestDatabase database, Random random) {
        gateway = Gateway.start(database);
        given = new Given(gateway);
        connection = database.connection("postgres");
        this.random = random;
        for (int i = 0; i < 2; i++) {
            administrators.add(person("administrator", given.admin()));
        }
        for (int i = 0; i < 5; i++) {
            var consignor = given.consignor();
            profiles.add(consignor);
            consignors.add(person("consignor", consignor.user()));
        }
        others.add(person("customer", given.user()));
        others.add(new Person("guest", gateway.anonymous(), null));
        others.add(
                integrator(
                        "write:inventory write:orders write:fabrics write:calendar write:analytics write:documents read:consignors"));
        others.add(integrator("read:orders write:inventory"));
        restock();
    }

    private Person person(String name, Given.User user) {
        return new Person(name + " " + user.id(), gateway.user(user), user.id());
    }

    private Person integrator(String scopes) {
        return new Person("integrator with " + scopes, gateway.integrator(scopes), null);
    }

    Gateway gateway() {
        return gateway;
    }

    /** A connection that sees everything. */
    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        gateway.stop();
    }

    Person somebody() {
        var among = switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> administrators;
            case 4, 5, 6 -> consignors;
            default -> others;
        };
        return among.get(random.nextInt(among.size()));
    }

    /** New rows of what is used up, so that there always is something that can be done. */
    void restock() {
        for (var start : SALE_STARTS) {
            var event = given.event(
                    "published", Given.unique("Event"), Instant.now().plus(start), 2);
            given.registration(event, profiles.get(0), "registered");
            given.registration(event, profiles.get(1), "checked_in");
            given.registration(event, profiles.get(2), "waitlisted");
            for (var status : List.of("pending", "pending", "approved", "approved", "rejected")) {
                given.item(event, profiles.get(random.nextInt(2)), status);
            }
            // Nobody has joined these.
            for (var status : List.of("draft", "published")) {
                given.event(status, Given.unique("Event"), Instant.now().plus(start), 3);
            }
        }
        for (var status : List.of("processing", "shipped")) {
            given.order(given.user(), status, given.fabric());
        }
        var planner = consignors.get(random.nextInt(consignors.size()));
        gateway.database()
                .query(
                        "INSERT INTO content_calendar (user_id, platform, content_type, title) VALUES (?, 'instagram', 'post', 'New') RETURNING id",
                        row -> row.getString(1),
                        planner.id());
        gateway.database().execute("selvage_owner", """
                INSERT INTO client_apps (client_id, name, policy) VALUES ('web', 'Web', 'open'), ('app', 'App', 'open')
                    ON CONFLICT DO NOTHING;
                INSERT INTO persisted_documents (client_id, hash, text, cost, app_versions)
                SELECT client_id, encode(sha256('{ __typename }'), 'hex'), '{ __typename }', 0,
                       ARRAY(SELECT '1.' || n FROM generate_series(0, 29) n)
                  FROM client_apps
                    ON CONFLICT (client_id, hash) DO UPDATE SET app_versions = EXCLUDED.app_versions, retired_at = NULL""");
        // Whoever was made something else is what their name says again.
        for (var administrator : administrators) {
            gateway.database()
                    .query(
                            "UPDATE users SET role = 'admin' WHERE id = ? AND role <> 'admin' RETURNING id",
                            row -> row.getString(1),
                            administrator.id());
        }
    }

    /**
     * A record of this type: one of the last in any state, mostly a state that something may become of, and often one of this
     * person's.
     *
     * @return null if there is none
     */
    @Nullable
    Row any(String type, Person person) {
        var kind = Kind.valueOf(type);
        var conditions = new ArrayList<String>();
        conditions.add(random.nextInt(10) > 0 ? kind.live : "true");
        if (person.id() != null && !administrators.contains(person) && random.nextInt(4) > 0) {
            conditions.add(kind.own.replace("?", "'" + person.id() + "'"));
        }
        try {
            var rows = TestDatabase.query(
                    connection,
                    """
                    SELECT id, version
                      FROM (SELECT id, version, row_number() OVER (PARTITION BY %s ORDER BY created_at DESC, id) AS place
                              FROM %s WHERE %s) one
                     WHERE place <= 8
                    """.formatted(kind.state, kind.table, String.join(" AND ", conditions)),
                    row -> new Row(row.getObject(1), row.getInt(2)));
            return rows.isEmpty() ? null : rows.get(random.nextInt(rows.size()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where records of a type are, which of them change, and which are somebody's own. */
    private enum Kind {
        User("users", "1", "true", "id = ?"),
        Consignor("consignors", "1", "true", "user_id = ?"),
        Event("events", "status", "status IN ('draft', 'published')", "true"),
        Registration(
                "event_registrations",
                "status",
                "status IN ('waitlisted', 'registered', 'checked_in')",
                "consignor_id IN (SELECT id FROM consignors WHERE user_id = ?)"),
        InventoryItem("inventory_items", "status", "status IN ('pending', 'approved', 'rejected')", "user_id = ?"),
        /** Something that can be bought. */
        ItemForSale("inventory_items", "event_status", "status = 'approved'", "true"),
        Fabric("fabrics", "1", "archived_at IS NULL", "true"),
        Order("orders", "status", "status IN ('pending', 'processing', 'shipped')", "user_id = ?"),
        CalendarEntry("content_calendar", "published", "NOT published", "user_id = ?");

        private final String table;
        private final String state;
        private final String live;
        private final String own;

        Kind(String table, String state, String live, String own) {
            this.table = table;
            this.state = state;
            this.live = live;
            this.own = own;
        }
    }
}
