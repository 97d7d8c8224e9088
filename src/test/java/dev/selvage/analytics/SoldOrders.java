package dev.selvage.analytics;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders of all kinds, placed where days are hard to tell: around midnight, and when clocks are changed. */
final class SoldOrders {
    /** Days of 23 and 25 hours and those beside them, one that Apia never had, ends of years, of weeks' years and of months. */
    private static final List<LocalDate> DAYS = java.util.stream.Stream.of(
                    "2025-03-09",
                    "2025-11-02",
                    "2024-11-03",
                    "2025-03-30",
                    "2025-10-26",
                    "2011-12-30",
                    "2012-04-01",
                    "2020-09-27",
                    "2021-01-03",
                    "2024-12-30",
                    "2025-01-01",
                    "2024-02-29",
                    "2022-06-15")
            .map(LocalDate::parse)
            .toList();

    private static final List<String> CATEGORIES =
            List.of("wool", "Wool", "NULL", "null", "é, {\"x\"}\\", "\uD83E\uDDF5");

    /** @param category null if the subject is gone */
    record Line(
            String kind, @Nullable Long event, @Nullable String category, String subject, int quantity, String price) {
        BigDecimal total() {
            return new BigDecimal(price).multiply(BigDecimal.valueOf(quantity));
        }

        String json() {
            return "{\"kind\": \"%s\", %s, \"name\": \"Thing\", \"quantity\": %d, \"unit_price\": %s}"
                    .formatted(kind, subject, quantity, price);
        }
    }

    record Order(UUID id, Instant at, String status, boolean guest, List<Line> lines) {}

    private final List<Order> orders = new ArrayList<>();
    private final List<Object[]> items = new ArrayList<>();
    private final Map<UUID, String> fabrics = new HashMap<>();
    private final Random random;
    private final List<Given.Event> events;
    private final Given.Consignor consignor;

    SoldOrders(Gateway gateway, List<String> zones, Random random) {
        this.random = random;
        var given = new Given(gateway);
        events = List.of(given.event("published"), given.event("published"), given.event("published"));
        consignor = given.consignor();
        for (int i = 0; i < 12; i++) {
            fabrics.put(uuid(), any(CATEGORIES));
        }
        for (int i = 0; i < 600; i++) {
            place(moment(ZoneId.of(any(zones))));
        }
        // More days than an answer may have groups.
        for (int day = 0; day < 1_005; day++) {
            place(Instant.parse("1990-01-01T12:00:00Z").plus(day, ChronoUnit.DAYS));
        }
        gateway.database().within("selvage_owner", this::insert);
    }

    private Instant moment(ZoneId zone) {
        var midnight =
                any(DAYS).plusDays(random.nextInt(3) - 1).atStartOfDay(zone).toInstant();
        return switch (random.nextInt(5)) {
            case 0 -> midnight;
            case 1 -> midnight.minus(1, ChronoUnit.MICROS);
            case 2 -> midnight.plusSeconds(random.nextInt(7_200)).minusSeconds(3_600);
            default -> midnight.plus(random.nextLong(26L * 3_600_000_000L), ChronoUnit.MICROS);
        };
    }

    private void place(Instant at) {
        var status = any(List.of("pending", "processing", "shipped", "delivered", "cancelled"));
        var id = uuid();
        var lines = new ArrayList<Line>();
        var used = new HashSet<UUID>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            lines.add(random.nextBoolean() ? item(id, status) : fabric(used));
        }
        orders.add(new Order(id, at, status, random.nextBoolean(), lines));
    }

    private Line fabric(Set<UUID> used) {
        var known = List.copyOf(fabrics.keySet());
        var id = random.nextInt(4) == 0 ? uuid() : known.get(random.nextInt(known.size()));
        if (!used.add(id)) {
            return fabric(used);
        }
        return new Line(
                "fabric", null, fabrics.get(id), "\"fabric_id\": \"" + id + "\"", 1 + random.nextInt(400), price());
    }

    private Line item(UUID order, String status) {
        long id = 1_000_000L + items.size();
        var event = any(events).id();
        var category = any(CATEGORIES);
        boolean sold = !status.equals("cancelled");
        boolean gone = random.nextInt(6) == 0;
        items.add(
                new Object[] {id, event, consignor.id(), category, sold ? "sold" : "approved", sold ? order : null, gone
                });
        var subject = "\"inventory_item_id\": " + id;
        return gone
                ? new Line("inventory_item", null, null, subject, 1, price())
                : new Line("inventory_item", event, category, subject, 1, price());
    }

    private String price() {
        return any(List.of("0", "0.01", "0.1", "19.99", "12.5", "7.00", "3", random.nextInt(10_000) + ".99"));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean insert(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO fabrics (id, name, category, price) VALUES (?, 'Cloth', ?, 5)")) {
            for (var fabric : fabrics.entrySet()) {
                statement.setObject(1, fabric.getKey());
                statement.setString(2, fabric.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (var statement = connection.prepareStatement("""
                INSERT INTO orders (id, user_id, customer_email, customer_name, items, subtotal, discount, shipping, tax,
                                    total_amount, status, shipping_address, created_at)
                SELECT ?, ?, 'a@example.com', 'A', items, subtotal, round(subtotal / 3, 2), 3, 0.5,
                       subtotal - round(subtotal / 3, 2) + 3.5, ?,
                       '{}', ?
                  FROM (SELECT ?::jsonb AS items, ?::numeric(10,2) AS subtotal) bought
                """)) {
            for (var order : orders) {
                var subtotal = order.lines().stream().map(Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
                statement.setObject(1, order.id());
                statement.setObject(2, order.guest() ? null : consignor.user().id());
                statement.setString(3, order.status());
                statement.setTimestamp(4, Timestamp.from(order.at()));
                statement.setString(
                        5, order.lines().stream().map(Line::json).collect(Collectors.joining(", ", "[", "]")));
                statement.setBigDecimal(6, subtotal);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (var statement = connection.prepareStatement("""
                INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, category, price,
                                             condition, status, order_id, barcode)
                SELECT ?, ?, 'published', consignor.id, consignor.user_id, 'Thing', ?, 4.50, 'good', ?, ?,
                       barcode(nextval('inventory_items_barcode_seq'))
                  FROM consignors consignor
                 WHERE consignor.id = ?
                """)) {
            for (var item : items) {
                if (item[6].equals(false)) {
                    statement.setObject(1, item[0]);
                    statement.setObject(2, item[1]);
                    statement.setObject(3, item[3]);
                    statement.setObject(4, item[4]);
                    statement.setObject(5, item[5]);
                    statement.setObject(6, item[2]);
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
        return true;
    }

    /** The days that matter to a question, which are those that orders were placed on. */
    static List<LocalDate> days() {
        return DAYS;
    }

    private static final class Sum {
        private final Set<UUID> orders = new HashSet<>();
        private long units;
        private BigDecimal revenue = BigDecimal.ZERO.setScale(2);

        void add(Order order, Line line) {
            orders.add(order.id());
            units += line.quantity();
            revenue = revenue.add(line.total());
        }
    }

    /** What the answer should be, each group as {@code [key] orders units revenue}. */
    List<String> groups(
            ZoneId zone, @Nullable LocalDate first, @Nullable LocalDate last, List<SalesDimension> dimensions) {
        var sums = new HashMap<List<@Nullable String>, Sum>();
        if (dimensions.isEmpty()) {
            sums.put(List.of(), new Sum());
        }
        for (var order : orders) {
            var day = order.at().atZone(zone).toLocalDate();
            if (!order.status().equals("cancelled")
                    && (first == null || !day.isBefore(first))
                    && (last == null || !day.isAfter(last))) {
                for (var line : order.lines()) {
                    var key = new ArrayList<@Nullable String>();
                    dimensions.forEach(dimension -> key.add(entry(dimension, day, line)));
                    sums.computeIfAbsent(key, _ -> new Sum()).add(order, line);
                }
            }
        }
        return sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Keys::compare))
                .map(group -> group.getKey() + " " + group.getValue().orders.size() + " " + group.getValue().units + " "
                        + group.getValue().revenue.toPlainString())
                .toList();
    }

    private static @Nullable String entry(SalesDimension dimension, LocalDate day, Line line) {
        return switch (dimension) {
            case DAY -> Keys.day(day);
            case WEEK -> Keys.week(day);
            case MONTH -> Keys.month(day);
            case EVENT -> line.event() == null ? null : GlobalId.of("Event", line.event());
            case CATEGORY -> line.category();
            case SUBJECT_KIND -> line.kind().equals("fabric") ? "FABRIC" : "INVENTORY_ITEM";
        };
    }
}
