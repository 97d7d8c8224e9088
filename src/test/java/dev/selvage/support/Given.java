package dev.selvage.support;

import static java.util.stream.Collectors.joining;

import dev.selvage.kernel.GlobalId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Rows to ask for, made through the side door. Each is unlike every other one. */
public final class Given {
    /** Somebody who can sign in. */
    public record User(UUID id, String subject, String email) {
        public String globalId() {
            return GlobalId.of("User", id);
        }
    }

    public record Consignor(long id, int number, User user) {
        public String globalId() {
            return GlobalId.of("Consignor", id);
        }
    }

    public record Event(long id) {
        public String globalId() {
            return GlobalId.of("Event", id);
        }
    }

    public record Registration(long id) {
        public String globalId() {
            return GlobalId.of("Registration", id);
        }
    }

    public record Item(long id) {
        public String globalId() {
            return GlobalId.of("InventoryItem", id);
        }
    }

    public record Fabric(UUID id) {
        public String globalId() {
            return GlobalId.of("Fabric", id);
        }
    }

    public record Order(UUID id) {
        public String globalId() {
            return GlobalId.of("Order", id);
        }
    }

    public record CalendarEntry(UUID id) {
        public String globalId() {
            return GlobalId.of("CalendarEntry", id);
        }
    }

    public record Metric(UUID id) {
        public String globalId() {
            return GlobalId.of("Metric", id);
        }
    }

    public record ClientApp(UUID id, String clientId) {
        public String globalId() {
            return GlobalId.of("ClientApp", id);
        }
    }

    private static final AtomicLong UNIQUE = new AtomicLong();

    private final Gateway gateway;

    public Given(Gateway gateway) {
        this.gateway = gateway;
    }

    public User user() {
        return user("user");
    }

    public User admin() {
        return user("admin");
    }

    private User user(String role) {
        var subject = unique("subject");
        var email = subject + "@example.com";
        return one(
                """
                INSERT INTO users (email, name, role, email_verified, issuer, subject)
                VALUES (?, ?, ?, now(), ?, ?) RETURNING id
                """,
                row -> new User(row.getObject(1, UUID.class), subject, email),
                email,
                unique("Name"),
                role,
                gateway.address(),
                subject);
    }

    public Consignor consignor() {
        return consignor(user());
    }

    public Consignor consignor(User user) {
        return one(
                "INSERT INTO consignors (user_id, name, email) VALUES (?, ?, ?) RETURNING id, number",
                row -> new Consignor(row.getLong(1), row.getInt(2), user),
                user.id(),
                unique("Consignor"),
                user.email());
    }

    /** @param status as the database has it, such as {@code published} */
    public Event event(String status) {
        return event(status, unique("Event"), Instant.now().plus(Duration.ofDays(30)));
    }

    /** An event whose sale starts then; drop-off the day before, pick-up the day after. */
    public Event event(String status, String name, Instant saleStart) {
        return event(status, name, saleStart, 100);
    }

    /** A published one. */
    public Event eventWithPlaces(int places) {
        return event("published", unique("Event"), Instant.now().plus(Duration.ofDays(30)), places);
    }

    /** @param places how many consignors it has room for */
    public Event event(String status, String name, Instant saleStart, int places) {
        var day = Duration.ofDays(1);
        return one(
                """
                INSERT INTO events (name, location, drop_off_start, drop_off_end, start_date, end_date, pick_up_start,
                                    pick_up_end, max_consignors, status)
                VALUES (?, 'Town hall', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                row -> new Event(row.getLong(1)),
                name,
                Timestamp.from(saleStart.minus(day.multipliedBy(2))),
                Timestamp.from(saleStart.minus(day)),
                Timestamp.from(saleStart),
                Timestamp.from(saleStart.plus(day)),
                Timestamp.from(saleStart.plus(day)),
                Timestamp.from(saleStart.plus(day.multipliedBy(2))),
                places,
                status);
    }

    /** @param status as the database has it, such as {@code waitlisted} */
    public Registration registration(Event event, Consignor consignor, String status) {
        return one(
                "INSERT INTO event_registrations (event_id, consignor_id, status) VALUES (?, ?, ?) RETURNING id",
                row -> new Registration(row.getLong(1)),
                event.id(),
                consignor.id(),
                status);
    }

    public Item item(Event event, Consignor consignor, String status) {
        return item(event, consignor, status, "toys", new BigDecimal("12.50"), unique("Item"));
    }

    /** @param status any but {@code sold}, which takes an order */
    public Item item(Event event, Consignor consignor, String status, String category, BigDecimal price, String name) {
        return one(
                """
                INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, size, price,
                                             condition, status, rejection_reason, barcode)
                SELECT event.id, event.status, consignor.id, consignor.user_id, ?, ?, 'M', ?, 'good', ?,
                       CASE WHEN ? = 'rejected' THEN 'Torn' END,
                       CASE WHEN ? = 'approved' THEN barcode(nextval('inventory_items_barcode_seq')) END
                  FROM events event, consignors consignor
                 WHERE event.id = ? AND consignor.id = ?
                RETURNING id
                """,
                row -> new Item(row.getLong(1)),
                name,
                category,
                price,
                status,
                status,
                status,
                event.id(),
                consignor.id());
    }

    /** So many items at once. */
    public List<Item> items(Event event, Consignor consignor, String status, int count) {
        return gateway.database()
                .query("""
                INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, price, condition,
                                             status, rejection_reason, barcode)
                SELECT event.id, event.status, consignor.id, consignor.user_id, 'Item ' || n, 'toys', 12.50, 'good', given.status,
                       CASE given.status WHEN 'rejected' THEN 'Torn' END,
                       CASE given.status WHEN 'approved' THEN barcode(nextval('inventory_items_barcode_seq')) END
                  FROM (VALUES (?)) given (status), events event, consignors consignor, generate_series(1, ?) n
                 WHERE event.id = ? AND consignor.id = ?
                RETURNING id
                """, row -> new Item(row.getLong(1)), status, count, event.id(), consignor.id());
    }

    /** An item of a completed event, with the order that bought it. */
    public Item soldItem(Event event, Consignor consignor) {
        return one("""
                WITH item AS (SELECT nextval(pg_get_serial_sequence('inventory_items', 'id')) AS id, ? AS name),
                bought AS (
                    INSERT INTO orders (customer_email, customer_name, items, subtotal, total_amount, status)
                    SELECT 'guest@example.com', 'Guest',
                           jsonb_build_array(jsonb_build_object('kind', 'inventory_item', 'inventory_item_id', id,
                               'name', name, 'quantity', 1, 'unit_price', 12.50)), 12.50, 12.50, 'delivered'
                      FROM item RETURNING id)
                INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, category, size, price,
                                             condition, status, barcode, order_id)
                SELECT item.id, event.id, event.status, consignor.id, consignor.user_id, item.name, 'toys', 'M', 12.50,
                       'good', 'sold', barcode(nextval('inventory_items_barcode_seq')), bought.id
                  FROM item, bought, events event, consignors consignor
                 WHERE event.id = ? AND consignor.id = ?
                RETURNING id
                """, row -> new Item(row.getLong(1)), unique("Item"), event.id(), consignor.id());
    }

    public Order orderOf(Item sold) {
        return one(
                "SELECT order_id FROM inventory_items WHERE id = ?",
                row -> new Order(row.getObject(1, UUID.class)),
                sold.id());
    }

    /** A fabric of which there are ten. */
    public Fabric fabric() {
        return fabric(unique("Fabric"), "cotton", new BigDecimal("12.50"));
    }

    public Fabric fabric(String name, String category, BigDecimal price) {
        return one(
                "INSERT INTO fabrics (name, category, price, stock_quantity) VALUES (?, ?, ?, 10) RETURNING id",
                row -> new Fabric(row.getObject(1, UUID.class)),
                name,
                category,
                price);
    }

    /** An order of two units of each fabric. */
    public Order order(User buyer, String status, Fabric... fabrics) {
        return order(buyer.id().toString(), buyer.email(), status, fabrics);
    }

    public Order guestOrder(String email, String status, Fabric... fabrics) {
        return order("", email, status, fabrics);
    }

    private Order order(String buyer, String email, String status, Fabric... fabrics) {
        return one(
                """
                INSERT INTO orders (user_id, customer_email, customer_name, items, subtotal, total_amount, status, shipping_address)
                SELECT nullif(?, '')::uuid, ?, ?,
                       jsonb_agg(jsonb_build_object('kind', 'fabric', 'fabric_id', id, 'name', name, 'quantity', 2,
                                                    'unit_price', price) ORDER BY id),
                       sum(2 * price), sum(2 * price), ?, '{"city": "Millbrook", "country": "US"}'
                  FROM fabrics WHERE id = ANY (?::uuid[])
                RETURNING id
                """,
                row -> new Order(row.getObject(1, UUID.class)),
                buyer,
                email,
                unique("Customer"),
                status,
                Arrays.stream(fabrics).map(fabric -> fabric.id().toString()).collect(joining(",", "{", "}")));
    }

    /** Something planned by this user, in no other column than these unlike the next. */
    public CalendarEntry calendarEntry(User user, String title, @Nullable Instant scheduled) {
        return one(
                """
                INSERT INTO content_calendar (user_id, platform, content_type, title, scheduled_date)
                VALUES (?, 'instagram', 'reel', ?, ?) RETURNING id
                """,
                row -> new CalendarEntry(row.getObject(1, UUID.class)),
                user.id(),
                title,
                scheduled == null ? null : Timestamp.from(scheduled));
    }

    public ClientApp clientApp(String name) {
        return one(
                "INSERT INTO client_apps (client_id, name, policy) VALUES (?, ?, 'open') RETURNING id, client_id",
                row -> new ClientApp(row.getObject(1, UUID.class), row.getString(2)),
                unique("app"),
                name);
    }

    /** @param value JSON */
    public Metric metric(String type, LocalDate date, @Nullable String platform, String value) {
        return one(
                "INSERT INTO analytics (metric_type, date, platform, metric_value) VALUES (?, ?, ?, ?::jsonb) RETURNING id",
                row -> new Metric(row.getObject(1, UUID.class)),
                type,
                date,
                platform,
                value);
    }

    /** A word that no other row has. */
    public static String unique(String word) {
        return word + UNIQUE.incrementAndGet() + "x" + Long.toString(System.nanoTime(), 36);
    }

    private <T> T one(String sql, TestDatabase.RowReader<T> reader, @Nullable Object... values) {
        return gateway.database().query(sql, reader, values).getFirst();
    }
}
