package dev.selvage;

import dev.selvage.RowSecurityWorld.Person;
import dev.selvage.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fabric shop of a {@link RowSecurityWorld}: orders and entries of those who look, of others, and of nobody. */
final class RowSecurityShop {
    record Fabric(UUID id, String name, boolean archived) {}

    /** @param owner null for a guest's */
    record Order(UUID id, @Nullable Person owner, String customer, Fabric fabric) {}

    record Entry(UUID id, Person owner, String title, String hashtag) {}

    record Metric(UUID id, String type) {}

    final List<Fabric> fabrics = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    final List<Metric> metrics = new ArrayList<>();

    RowSecurityShop() {
        for (int i = 0; i < 4; i++) {
            fabrics.add(new Fabric(id(1, i), word(i) + " cloth", i >= 2));
        }
        var customers = new ArrayList<@Nullable Person>(
                List.of(Person.CUSTOMER, Person.CLARA, Person.DORA, Person.EMIL, Person.ADMINISTRATOR));
        customers.add(null);
        for (var customer : customers) {
            for (var fabric : fabrics) {
                // Will is also a word that English searches leave out.
                var name = fabric.archived() ? "Will Woolworth" : "Wanda Linen";
                orders.add(new Order(id(2, orders.size()), customer, name, fabric));
            }
        }
        for (var author : List.of(Person.CLARA, Person.DORA, Person.ADMINISTRATOR)) {
            for (int i = 0; i < 2; i++) {
                entries.add(new Entry(id(3, entries.size()), author, word(i) + " week", i == 0 ? "#will" : "#wool"));
            }
        }
        metrics.add(new Metric(id(4, 0), "visits"));
        metrics.add(new Metric(id(4, 1), "followers"));
    }

    private static UUID id(long kind, long number) {
        return new UUID(0x0197_0000_0000_7000L + (kind << 32), 0x8000_0000_0000_0000L + number);
    }

    private static String word(int n) {
        return n % 2 == 0 ? "Linen" : "Wool";
    }

    void write(Connection connection) throws SQLException {
        for (var fabric : fabrics) {
            insert(connection, """
                    INSERT INTO fabrics (id, name, category, price, archived_at)
                    VALUES (?, ?, 'cotton', 9.50, CASE WHEN ? THEN now() END)
                    """, fabric.id(), fabric.name(), fabric.archived());
        }
        for (var order : orders) {
            insert(
                    connection,
                    """
                    INSERT INTO orders (id, user_id, customer_email, customer_name, items, subtotal, total_amount)
                    VALUES (?, nullif(?, '')::uuid, 'buyer@example.com', ?, ?::jsonb, 19, 19)
                    """,
                    order.id(),
                    order.owner() == null ? "" : order.owner().user().toString(),
                    order.customer(),
                    """
                    [{"kind": "fabric", "fabric_id": "%s", "name": "%s", "quantity": 2, "unit_price": 9.5}]
                    """.formatted(order.fabric().id(), order.fabric().name()));
        }
        for (var entry : entries) {
            insert(connection, """
                    INSERT INTO content_calendar (id, user_id, platform, content_type, title, hashtags)
                    VALUES (?, ?, 'instagram', 'post', ?, jsonb_build_array(?))
                    """, entry.id(), entry.owner().user(), entry.title(), entry.hashtag());
        }
        insert(connection, """
                INSERT INTO idempotency_keys (caller, key, mutation, input) VALUES ('anybody', 'key', 'placeOrder', '00')""");
        insert(connection, "INSERT INTO client_apps (client_id, name, policy) VALUES ('app', 'App', 'open')");
        insert(
                connection,
                "INSERT INTO client_apps (client_id, name, policy) VALUES ('selvage-gateway', 'Gateway', 'open')");
        for (int i = 0; i < 2; i++) {
            insert(connection, """
                    INSERT INTO persisted_documents (id, client_id, hash, text, cost, app_versions)
                    VALUES (?, ?, encode(sha256('{ __typename }'), 'hex'), '{ __typename }', 1, '{1.0}')""", i + 1, List.of("app", "selvage-gateway").get(i));
        }
        insert(connection, "INSERT INTO document_ids (client_id, custom_id, document_id) VALUES ('app', 'mine', 1)");
        for (var metric : metrics) {
            insert(
                    connection,
                    "INSERT INTO analytics (id, metric_type, metric_value, date) VALUES (?, ?, '1', '2026-01-01')",
                    metric.id(),
                    metric.type());
        }
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        TestDatabase.query(connection, sql + " RETURNING 1", row -> row.getInt(1), values);
    }
}
