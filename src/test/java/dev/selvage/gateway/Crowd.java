package dev.selvage.gateway;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The people of {@code crowd.sql}: each has a record of every type that nobody else of them may see. */
final class Crowd {
    /** Of each type, whose record it is, by a column that tells. */
    private static final String RECORDS = """
            SELECT 'User' AS type, id::text AS key, name AS canary FROM users
            UNION ALL SELECT 'Consignor', id::text, name FROM consignors
            UNION ALL SELECT 'Event', id::text, name FROM events
            UNION ALL SELECT 'Registration', r.id::text, e.name FROM event_registrations r JOIN events e ON e.id = event_id
            UNION ALL SELECT 'InventoryItem', id::text, name FROM inventory_items
            UNION ALL SELECT 'Order', id::text, customer_name FROM orders
            UNION ALL SELECT 'CalendarEntry', id::text, title FROM content_calendar
            UNION ALL SELECT 'Metric', id::text, metric_type FROM analytics
            """;

    /** Begins every canary of these people, and what everybody may read of them. */
    final String word = Given.unique("canary");

    private final int size;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<Integer, Given.User> members = new HashMap<>();

    Crowd(Gateway gateway, int size) {
        this.size = size;
        var sql = TestPostgres.resource("crowd.sql")
                .replace("WORD", word)
                .replace("SIZE", String.valueOf(size))
                .replace("ISSUER", gateway.address());
        gateway.database().execute("selvage_owner", sql);
        gateway.database()
                .query(
                        "SELECT type, key, canary FROM (" + RECORDS + ") record WHERE canary ~ ?",
                        row -> ids.put(
                                row.getString(1) + row.getString(3), GlobalId.of(row.getString(1), row.getString(2))),
                        "^" + word + "[a-z]+[0-9]+z$");
        gateway.database()
                .query(
                        "SELECT subject, id, email FROM users WHERE name LIKE ?",
                        row -> members.put(
                                Integer.valueOf(row.getString(1).substring(word.length())),
                                new Given.User(row.getObject(2, UUID.class), row.getString(1), row.getString(3))),
                        word + "%");
    }

    int size() {
        return size;
    }

    /** The n-th of them, from 1. */
    Given.User member(int n) {
        return Objects.requireNonNull(members.get(n));
    }

    /** What is of this kind and of the n-th of them has this word in it. */
    String canary(String kind, int n) {
        return word + kind + n + "z";
    }

    /** The global id of the n-th one's record of this type. */
    String id(String type, int n) {
        var kind = switch (type) {
            case "Registration" -> "event";
            case "InventoryItem" -> "item";
            case "CalendarEntry" -> "entry";
            default -> type.toLowerCase(java.util.Locale.ROOT);
        };
        var id = ids.get(type + canary(kind, n));
        if (id == null) {
            throw new AssertionError("The people of crowd.sql have no " + type
                    + ". Give each of them one there, and tell" + " Crowd.RECORDS by which column its owner is known.");
        }
        return id;
    }

    /** The global ids of everybody's record of this type, in order. */
    List<String> ids(String type) {
        return java.util.stream.IntStream.rangeClosed(1, size)
                .mapToObj(n -> id(type, n))
                .toList();
    }
}
