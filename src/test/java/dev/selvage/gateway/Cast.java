package dev.selvage.gateway;

import static dev.selvage.support.Given.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * One consignor's records, everybody who may ask for them, and what each of these may see. Every private value has a
 * canary in it: a word that must not come out where it is not allowed to.
 */
final class Cast {
    /** Everybody there is, as seen from the owner of the records. */
    enum Who {
        ANONYMOUS,
        /** Signed in, without a consignor. */
        STRANGER,
        /** Another consignor. */
        NEIGHBOUR,
        OWNER,
        ADMIN,
        /** An integrator whose scope opens none of this. */
        INTEGRATOR,
        INVENTORY_READER,
        CONSIGNORS_READER,
        READER_OF_BOTH,
        ORDERS_READER,
        CALENDAR_READER,
        ANALYTICS_READER
    }

    static final Set<Who> EVERYBODY = EnumSet.allOf(Who.class);
    static final Set<Who> READS_ITEMS = EnumSet.of(Who.OWNER, Who.ADMIN, Who.INVENTORY_READER, Who.READER_OF_BOTH);
    static final Set<Who> READS_CONSIGNORS =
            EnumSet.of(Who.OWNER, Who.ADMIN, Who.CONSIGNORS_READER, Who.READER_OF_BOTH);
    static final Set<Who> READS_EITHER =
            EnumSet.of(Who.OWNER, Who.ADMIN, Who.INVENTORY_READER, Who.CONSIGNORS_READER, Who.READER_OF_BOTH);
    static final Set<Who> READS_ORDERS = EnumSet.of(Who.OWNER, Who.ADMIN, Who.ORDERS_READER);
    static final Set<Who> READS_ALL_ORDERS = EnumSet.of(Who.ADMIN, Who.ORDERS_READER);
    static final Set<Who> READS_CALENDAR = EnumSet.of(Who.OWNER, Who.ADMIN, Who.CALENDAR_READER);
    static final Set<Who> READS_METRICS = EnumSet.of(Who.ADMIN, Who.ANALYTICS_READER);
    static final Set<Who> READS_USERS = EnumSet.of(Who.OWNER, Who.ADMIN);

    /**
     * A record to ask for.
     *
     * @param id the global id
     * @param visibleTo for whom it exists
     * @param unset the fields that are null in the row itself; all others have a value
     * @param by other keys than the id, as the root field's argument has them
     * @param missingBy the same keys with values that no record has
     */
    record Thing(
            String name,
            String type,
            String id,
            Set<Who> visibleTo,
            Set<String> unset,
            List<String> by,
            List<String> missingBy) {
        @Override
        public String toString() {
            return name;
        }
    }

    final String userCanary = unique("canaryuser");
    final String consignorCanary = unique("canaryconsignor");
    final String itemCanary = unique("canaryitem");
    final String reasonCanary = unique("canaryreason");
    final String draftCanary = unique("canarydraft");
    final String orderCanary = unique("canaryorder");
    final String notesCanary = unique("canarynotes");
    final String etsyListing = unique("listing");
    final String calendarCanary = unique("canarycalendar");
    final String metricCanary = unique("canarymetric");

    final Given.Consignor owner;
    final Given.Consignor neighbour;
    final Given.Event published;
    final Given.Event draft;
    final Given.Registration registration;
    final Given.Item approved;
    final Given.Item rejected;
    final Given.Item sold;
    final Given.Fabric fabric;
    final Given.Order order;
    final Given.Order guestsOrder;
    final Given.CalendarEntry entry;
    final Given.Metric metric;
    final Given.ClientApp app;
    final String barcode;

    private final Gateway gateway;
    private final Map<Who, Caller> callers = new EnumMap<>(Who.class);

    Cast(Gateway gateway) {
        this.gateway = gateway;
        var given = new Given(gateway);
        owner = given.consignor();
        neighbour = given.consignor();
        published = given.event("published");
        draft = given.event("draft");
        var completed = given.event("completed");
        registration = given.registration(published, owner, "waitlisted");
        given.registration(draft, owner, "registered");
        approved = given.item(published, owner, "approved");
        rejected = given.item(published, owner, "rejected", "toys", new BigDecimal("3.00"), itemCanary);
        sold = given.soldItem(completed, owner);
        fabric = given.fabric();
        order = given.order(owner.user(), "pending", fabric);
        guestsOrder = given.guestOrder(owner.user().email(), "pending", fabric);
        entry = given.calendarEntry(owner.user(), calendarCanary, Instant.now());
        metric = given.metric(metricCanary, LocalDate.of(2024, 2, 29), metricCanary, "{\"" + metricCanary + "\": 1}");
        app = given.clientApp(notesCanary);
        fillIn();
        barcode = gateway.database()
                .query("SELECT barcode FROM inventory_items WHERE id = ?", row -> row.getString(1), rejected.id())
                .getFirst();

        callers.put(Who.ANONYMOUS, gateway.anonymous());
        callers.put(Who.STRANGER, gateway.user(given.user()));
        callers.put(Who.NEIGHBOUR, gateway.user(neighbour.user()));
        // With the address of the canary: a user's own follows what the token says.
        var address = userCanary + "@example.com";
        callers.put(
                Who.OWNER,
                gateway.user(new Given.User(owner.user().id(), owner.user().subject(), address)));
        callers.put(Who.ADMIN, gateway.user(given.admin()));
        callers.put(Who.INTEGRATOR, gateway.integrator("write:documents"));
        callers.put(Who.INVENTORY_READER, gateway.integrator("read:inventory"));
        callers.put(Who.CONSIGNORS_READER, gateway.integrator("read:consignors"));
        callers.put(Who.READER_OF_BOTH, gateway.integrator("read:inventory read:consignors"));
        callers.put(Who.ORDERS_READER, gateway.integrator("read:orders"));
        callers.put(Who.CALENDAR_READER, gateway.integrator("read:calendar"));
        callers.put(Who.ANALYTICS_READER, gateway.integrator("read:analytics"));
    }

    /** No nullable column stays null, so that null on the wire is never the row's own. */
    private void fillIn() {
        gateway.database().execute("selvage_owner", """
                UPDATE users SET name = '%1$s', email = '%1$s@example.com', image = 'https://example.com/%1$s'
                 WHERE id = '%6$s';
                UPDATE consignors
                   SET name = '%2$s', email = '%2$s@example.com', phone = '+14155550132', address = '%2$s street',
                       preferred_contact = 'phone'
                 WHERE id = %7$d;
                UPDATE events SET description = 'Everything for children' WHERE id IN (%8$d, %9$d);
                UPDATE events SET name = '%5$s' WHERE id = %9$d;
                UPDATE inventory_items SET description = 'As good as new' WHERE consignor_id = %7$d;
                UPDATE inventory_items
                   SET description = '%3$s', rejection_reason = '%4$s',
                       barcode = barcode(nextval('inventory_items_barcode_seq'))
                 WHERE id = %10$d;
                """.formatted(
                        userCanary,
                        consignorCanary,
                        itemCanary,
                        reasonCanary,
                        draftCanary,
                        owner.user().id(),
                        owner.id(),
                        published.id(),
                        draft.id(),
                        rejected.id()));
        gateway.database().execute("selvage_owner", """
                UPDATE fabrics
                   SET description = 'Soft', subcategory = 'poplin', weight = 110, width = 140, composition = 'Cotton',
                       care_instructions = 'Cold', images = '["https://example.com"]', tags = '["red"]',
                       etsy_listing_id = '%4$s', archived_at = now()
                 WHERE id = '%3$s';
                UPDATE orders
                   SET customer_name = '%1$s', customer_email = id || '%1$s@example.com', etsy_order_id = id || '%1$s',
                       tracking_number = '%1$s', shipping_address = '{"line1": "%1$s"}', notes = '%2$s', reserved_until = now()
                 WHERE items @> '[{"fabric_id": "%3$s"}]'
                """.formatted(orderCanary, notesCanary, fabric.id(), etsyListing));
        gateway.database().execute("selvage_owner", """
                UPDATE content_calendar
                   SET description = '%1$s', media_urls = '["https://example.com/%1$s"]', hashtags = '["#%1$s"]', published = true,
                       published_date = now(), engagement_metrics = '{"likes": 1}'
                 WHERE id = '%2$s'
                """.formatted(calendarCanary, entry.id()));
    }

    Caller as(Who who) {
        return Objects.requireNonNull(callers.get(who));
    }

    List<Thing> things() {
        return List.of(
                event("a published event", published, EVERYBODY),
                event("a draft with the owner's registration", draft, READS_EITHER),
                item("an approved item", approved, EVERYBODY, Set.of("rejectionReason", "order"), List.of(), List.of()),
                item("a sold item", sold, EVERYBODY, Set.of("rejectionReason"), List.of(), List.of()),
                item(
                        "a rejected item",
                        rejected,
                        READS_ITEMS,
                        Set.of("order"),
                        List.of("barcode: \"" + barcode + "\""),
                        List.of("barcode: \"2999999999990\"")),
                new Thing(
                        "the consignor",
                        "Consignor",
                        owner.globalId(),
                        READS_CONSIGNORS,
                        Set.of(),
                        List.of(
                                "number: " + owner.number(),
                                "userId: \"" + owner.user().globalId() + "\""),
                        List.of("number: 2147483647", "userId: \"" + noUser() + "\"")),
                new Thing(
                        "the registration",
                        "Registration",
                        registration.globalId(),
                        READS_CONSIGNORS,
                        Set.of(),
                        List.of(),
                        List.of()),
                new Thing(
                        "the user",
                        "User",
                        owner.user().globalId(),
                        READS_USERS,
                        Set.of(),
                        List.of("email: \"" + userCanary + "@example.com\""),
                        List.of("email: \"nobody@example.com\"")),
                new Thing(
                        "an archived fabric",
                        "Fabric",
                        fabric.globalId(),
                        EVERYBODY,
                        Set.of(),
                        List.of("etsyListingId: \"" + etsyListing + "\""),
                        List.of("etsyListingId: \"" + etsyListing + "x\"")),
                order("an order", order, READS_ORDERS, Set.of()),
                order("a guest's order with the owner's address", guestsOrder, READS_ALL_ORDERS, Set.of("user")),
                new Thing(
                        "a calendar entry",
                        "CalendarEntry",
                        entry.globalId(),
                        READS_CALENDAR,
                        Set.of(),
                        List.of(),
                        List.of()),
                new Thing("a metric", "Metric", metric.globalId(), READS_METRICS, Set.of(), List.of(), List.of()),
                new Thing(
                        "an app", "ClientApp", app.globalId(), EnumSet.of(Who.ADMIN), Set.of(), List.of(), List.of()));
    }

    private Thing order(String name, Given.Order order, Set<Who> visibleTo, Set<String> unset) {
        return new Thing(
                name,
                "Order",
                order.globalId(),
                visibleTo,
                unset,
                List.of("etsyOrderId: \"" + order.id() + orderCanary + "\""),
                List.of("etsyOrderId: \"" + order.id() + "\""));
    }

    private static final UUID NO_UUID = new UUID(0, 0);

    private static String noUser() {
        return new Given.User(NO_UUID, "", "").globalId();
    }

    private static Thing event(String name, Given.Event event, Set<Who> visibleTo) {
        return new Thing(name, "Event", event.globalId(), visibleTo, Set.of(), List.of(), List.of());
    }

    private static Thing item(
            String name,
            Given.Item item,
            Set<Who> visibleTo,
            Set<String> unset,
            List<String> by,
            List<String> missingBy) {
        return new Thing(name, "InventoryItem", item.globalId(), visibleTo, unset, by, missingBy);
    }

    /** That no word is in the answer which this caller must not read. */
    void assertNothingHiddenIn(Answer answer, Who who) {
        var body = answer.body().toString();
        Map.of(
                        userCanary, READS_USERS,
                        consignorCanary, READS_CONSIGNORS,
                        itemCanary, READS_ITEMS,
                        reasonCanary, READS_ITEMS,
                        draftCanary, READS_EITHER,
                        orderCanary, READS_ORDERS,
                        calendarCanary, READS_CALENDAR,
                        metricCanary, READS_METRICS,
                        notesCanary, EnumSet.of(Who.ADMIN))
                .forEach((canary, readers) -> {
                    if (!readers.contains(who)) {
                        assertThat(body).doesNotContain(canary);
                    }
                });
    }
}
