package dev.selvage;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Who asks the large data, and for what: of each filter a frequent value, a rare one and one of none. */
final class SqlSamples {
    private static final String NOTHING = "nothinglikethis";

    private final TestDatabase database;
    private final long event;
    private final long consignor;
    private final UUID user;

    SqlSamples(TestDatabase database) {
        this.database = database;
        this.event =
                one("SELECT event_id FROM inventory_items GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", Long.class);
        this.consignor = one(
                "SELECT consignor_id FROM inventory_items GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", Long.class);
        this.user = one("SELECT user_id FROM consignors WHERE id = " + consignor, UUID.class);
    }

    private <T> T one(String sql, Class<T> type) {
        return database.query(sql, row -> row.getObject(1, type)).getFirst();
    }

    /** By their names. The consignor is the one with the most items. */
    Map<String, Viewer> viewers() {
        var viewers = new LinkedHashMap<String, Viewer>();
        viewers.put("anonymous", Viewer.ANONYMOUS);
        viewers.put("consignor", Viewer.user(Role.USER, user));
        viewers.put("integrator", Viewer.integrator(Set.of()));
        viewers.put("integrator with read:inventory", Viewer.integrator(Set.of(Scope.READ_INVENTORY)));
        viewers.put("integrator with read:consignors", Viewer.integrator(Set.of(Scope.READ_CONSIGNORS)));
        viewers.put("administrator", Viewer.user(Role.ADMIN, new UUID(0x0197_0000_0001_7000L, 0x8000_0000_0000_0001L)));
        return viewers;
    }

    Viewer viewer(String name) {
        return Objects.requireNonNull(viewers().get(name), name);
    }

    /** Does the work as this viewer. */
    <T> T as(Viewer viewer, TestDatabase.Work<T> work) {
        var userId = viewer.userId();
        var scopes = String.join(" ", viewer.scopes().stream().map(Scope::word).toList());
        return database.asViewer(
                viewer.role().name().toLowerCase(Locale.ROOT), userId == null ? "" : userId.toString(), scopes, work);
    }

    /** Keys of parents, by the type of the parent. */
    Object[] parents(String type) {
        return switch (type) {
            case "Event" -> new Long[] {event, 1L, 150L, 190L};
            case "Consignor" -> new Long[] {consignor, 1L, 17L, 400L};
            default -> throw new IllegalStateException("No keys of " + type);
        };
    }

    /** The list with each of its filters alone, and without. */
    List<ListingShapes.Sample> of(ListingShapes listing) {
        var samples = values(listing.name());
        if (!samples.keySet().equals(listing.filters())) {
            throw new IllegalStateException(listing.name() + " has the filters " + listing.filters()
                    + ", and here are values for " + samples.keySet());
        }
        return listing.samples(samples);
    }

    private Map<String, List<Object>> values(String listing) {
        return switch (listing) {
            case "users" ->
                Map.of(
                        "role", words("ADMIN", "USER"),
                        "createdAt", times(),
                        "search", List.of("naomi", "abigail", "admin", NOTHING));
            case "consignors" ->
                Map.of(
                        "preferredContact", List.of("EMAIL", "PHONE"),
                        "createdAt", times(),
                        "search", List.of("abigail", "chen", NOTHING));
            case "events" ->
                Map.of(
                        "status", words("DRAFT", "PUBLISHED", "CANCELLED", "COMPLETED"),
                        "saleStart", times(),
                        "search", List.of("sale", "fairground", NOTHING));
            case "event_registrations" ->
                Map.of("status", words("WAITLISTED", "REGISTERED", "CHECKED_IN", "CHECKED_OUT", "CANCELLED"));
            case "inventory_items" -> items();
            default -> Map.of();
        };
    }

    private Map<String, List<Object>> items() {
        return Map.of(
                "eventId", List.of(GlobalId.of("Event", event), GlobalId.of("Event", 1), GlobalId.of("Event", 190)),
                "consignorId", List.of(GlobalId.of("Consignor", consignor), GlobalId.of("Consignor", 17)),
                "status", words("PENDING", "APPROVED", "REJECTED", "SOLD", "RETURNED"),
                "condition", words("NEW", "LIKE_NEW", "GOOD", "FAIR"),
                "category", List.of("clothing", "nursery", NOTHING),
                "size",
                        List.of(
                                one(
                                        "SELECT size FROM inventory_items WHERE size IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
                                        String.class),
                                one(
                                        "SELECT size FROM inventory_items WHERE size IS NOT NULL GROUP BY 1 ORDER BY count(*), 1 LIMIT 1",
                                        String.class),
                                NOTHING),
                "price",
                        List.of(
                                Map.of("gte", new BigDecimal("5")),
                                Map.of("lte", new BigDecimal("2.50")),
                                range("gte", new BigDecimal("7"), "lte", new BigDecimal("7.50")),
                                Map.of("gte", new BigDecimal("9999"))),
                "search", List.of("jacket", "amberbank", "\"amberbank jacket\"", NOTHING));
    }

    /** Each word alone, and the first two of them. */
    private static List<Object> words(String... words) {
        var lists = new ArrayList<Object>();
        for (var word : words) {
            lists.add(List.of(word));
        }
        lists.add(List.of(words[0], words[1]));
        return lists;
    }

    private static List<Object> times() {
        var now = Instant.now();
        var lastYear = now.minus(Duration.ofDays(365));
        return List.of(
                Map.of("gte", lastYear),
                Map.of("lt", lastYear),
                range("gte", now.minus(Duration.ofDays(20)), "lt", now.minus(Duration.ofDays(10))),
                Map.of("gte", now.plus(Duration.ofDays(3650))));
    }

    /** In the schema's order, in which the engine hands its fields over. */
    private static Map<String, Object> range(String from, Object start, String to, Object end) {
        var range = new LinkedHashMap<String, Object>();
        range.put(from, start);
        range.put(to, end);
        return range;
    }
}
