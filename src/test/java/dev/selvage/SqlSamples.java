package dev.selvage;

import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.TestDatabase;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who asks the large data, and for what: of each filter a frequent value, a rare one and one of none. */
final class SqlSamples {
    private final TestDatabase database;
    private final long event;
    private final long consignor;
    private final UUID user;
    /** What is found in large data is dear to find. */
    private static final Map<TestDatabase, Map<String, List<ListingShapes.Sample>>> SAMPLES = new ConcurrentHashMap<>();

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
        viewers.put("integrator with every scope", Viewer.integrator(EnumSet.allOf(Scope.class)));
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
            case "User" ->
                new UUID[] {user, one("SELECT user_id FROM orders WHERE user_id IS NOT NULL LIMIT 1", UUID.class)};
            case "Fabric" ->
                new UUID[] {
                    one("SELECT id FROM fabrics LIMIT 1", UUID.class),
                    one("SELECT id FROM fabrics LIMIT 1 OFFSET 99", UUID.class)
                };
            case "ClientApp" -> new UUID[] {one("SELECT id FROM client_apps ORDER BY client_id LIMIT 1", UUID.class)};
            default -> throw new IllegalStateException("No keys of " + type);
        };
    }

    /** The list with each of the fields of its filter input alone, and without. */
    List<ListingShapes.Sample> of(ListingShapes listing, String filterInput) {
        var known = SAMPLES.computeIfAbsent(database, _ -> new ConcurrentHashMap<>());
        return known.computeIfAbsent(filterInput, _ -> {
            var values = filterInput.isEmpty()
                    ? Map.<String, List<Object>>of()
                    : new FilterSamples(database, SchemaLists.SCHEMA).of(filterInput, listing);
            if (!values.keySet().equals(listing.filters())) {
                throw new IllegalStateException(
                        listing.name() + " filters by " + listing.filters() + ", and the schema by " + values.keySet());
            }
            return listing.samples(values, frequent -> one("SELECT " + frequent, Boolean.class));
        });
    }
}
