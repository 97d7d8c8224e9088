package dev.selvage.gateway;

import static dev.selvage.gateway.Cast.READS_ALL_ORDERS;
import static dev.selvage.gateway.Cast.READS_CALENDAR;
import static dev.selvage.gateway.Cast.READS_CONSIGNORS;
import static dev.selvage.gateway.Cast.READS_EITHER;
import static dev.selvage.gateway.Cast.READS_ITEMS;
import static dev.selvage.gateway.Cast.READS_METRICS;
import static dev.selvage.gateway.Cast.READS_ORDERS;
import static dev.selvage.gateway.Cast.READS_USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.gateway.Cast.Who;
import dev.selvage.support.Gateway;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists, filters, searches and long ways round show no more than the record itself does. */
class NestedVisibilityTest {
    private static final Gateway gateway = Gateway.lenient();
    private static final Cast cast = new Cast(gateway);

    @ParameterizedTest
    @EnumSource
    void noWayRoundLeadsToWhatIsHidden(Who who) {
        var owner = "consignor { name email phone address user { name email image consignor { name } }"
                + " registrations { nodes { status consignor { name } event { name } } }"
                + " inventoryItems(first: 10) { nodes { name description rejectionReason } } }";
        var items = "inventoryItems(first: 5) { nodes { name description rejectionReason %s } }".formatted(owner);

        for (var item : new String[] {cast.approved.globalId(), cast.sold.globalId()}) {
            var answer = cast.as(who)
                    .query(
                            "{ inventoryItem(by: { id: \"%s\" }) { %s event { name %s viewerRegistration { %s } registrations { nodes { %s } } } } }"
                                    .formatted(item, owner, items, owner, owner));

            cast.assertNothingHiddenIn(answer, who);
            assertThat(answer.at("inventoryItem", "consignor").isObject()).isEqualTo(READS_CONSIGNORS.contains(who));
            assertThat(answer.at("inventoryItem", "event").isObject()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noWayRoundLeadsToSomebodyElsesOrders(Who who) {
        var order =
                "{ id customerName customerEmail notes trackingNumber shippingAddress { line1 } user { name email } %s }";
        // Below each line of an order, all lines of others would be more than one may ask for.
        var below = "orders(first: 2) { totalCount nodes " + order.formatted("") + " }";
        order = order.formatted(
                "lines { name subject { name ... on InventoryItem { order { id customerName notes } } } }");
        var orders = "orders(first: 2) { totalCount nodes " + order + " }";
        var answer = cast.as(who).query("""
                { fabric(by: { id: "%1$s" }) { %5$s }
                  inventoryItem(by: { id: "%2$s" }) { order %6$s consignor { user { %5$s } } }
                  user(by: { id: "%3$s" }) { %5$s }
                  viewer { user { %5$s } }
                  order(by: { id: "%4$s" }) { user { %5$s } lines { subject { ... on Fabric { %7$s } } } } }
                """.formatted(
                        cast.fabric.globalId(),
                        cast.sold.globalId(),
                        cast.owner.user().globalId(),
                        cast.order.globalId(),
                        orders,
                        order,
                        below));

        cast.assertNothingHiddenIn(answer, who);
        assertThat(answer.at("fabric", "orders", "totalCount").asInt(0))
                .isEqualTo(READS_ALL_ORDERS.contains(who) ? 2 : 0);
        assertThat(answer.at("inventoryItem", "order").isObject()).isEqualTo(READS_ALL_ORDERS.contains(who));
        assertThat(answer.at("order").isObject()).isEqualTo(READS_ORDERS.contains(who));
        assertThat(answer.at("user", "orders", "totalCount").asInt(0)).isEqualTo(READS_USERS.contains(who) ? 1 : 0);
        assertThat(answer.at("order", "lines", 0, "subject", "orders", "totalCount")
                        .asInt(0))
                .isEqualTo(READS_ALL_ORDERS.contains(who) ? 2 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatAnOrderSaysIsFoundByThoseWhoSeeIt(Who who) {
        var answer = cast.as(who).query("""
                { orders(filter: { search: "%1$s" }) { totalCount nodes { id } }
                  notes: orders(filter: { search: "%2$s" }) { totalCount }
                  fabrics(filter: { search: "%1$s", archived: true }) { totalCount }
                  user(by: { id: "%3$s" }) { orders(filter: { search: "%1$s" }) { nodes { id } } } }
                """.formatted(
                        cast.orderCanary, cast.notesCanary, cast.owner.user().globalId()));

        assertThat(answer.at("orders").isNull()).isEqualTo(!READS_ALL_ORDERS.contains(who));
        assertThat(answer.at("orders", "totalCount").asInt(2)).isEqualTo(2);
        assertThat(answer.at("notes", "totalCount").asInt(0)).isZero();
        assertThat(answer.at("fabrics", "totalCount").asInt()).isZero();
        assertThat(answer.all("id", "user", "orders", "nodes"))
                .isEqualTo(READS_USERS.contains(who) ? List.of(cast.order.globalId()) : List.of());
    }

    @ParameterizedTest
    @EnumSource
    void noWayRoundLeadsToSomebodyElsesCalendarOrToMetrics(Who who) {
        var entries =
                "calendarEntries(first: 50) { totalCount nodes { id title description mediaUrls hashtags user { name } } }";
        var answer = cast.as(who).query("""
                { user(by: { id: "%1$s" }) { %4$s }
                  viewer { user { %4$s } }
                  calendarEntry(id: "%2$s") { user { %4$s } }
                  consignor(by: { id: "%3$s" }) { user { %4$s } }
                  found: calendarEntries(filter: { search: "%5$s" }) { totalCount nodes { id } }
                  metrics(filter: { metricType: "%6$s" }) { totalCount nodes { metricType value platform } }
                  metricRollup(measure: COUNT, by: [METRIC_TYPE, PLATFORM], filter: { metricType: "%6$s" }) { key } }
                """.formatted(
                        cast.owner.user().globalId(),
                        cast.entry.globalId(),
                        cast.owner.globalId(),
                        entries,
                        cast.calendarCanary,
                        cast.metricCanary));

        cast.assertNothingHiddenIn(answer, who);
        assertThat(answer.at("user", "calendarEntries", "totalCount").asInt(0))
                .isEqualTo(READS_USERS.contains(who) ? 1 : 0);
        assertThat(answer.at("calendarEntry").isObject()).isEqualTo(READS_CALENDAR.contains(who));
        assertThat(answer.at("found", "totalCount").asInt(0)).isEqualTo(READS_CALENDAR.contains(who) ? 1 : 0);
        assertThat(answer.at("metrics", "totalCount").asInt(0)).isEqualTo(READS_METRICS.contains(who) ? 1 : 0);
        assertThat(answer.at("metricRollup").size()).isEqualTo(READS_METRICS.contains(who) ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void listsHoldWhatTheViewerMaySeeAndNothingElse(Who who) {
        var answer = cast.as(who).query("""
                { published: event(id: "%s") { inventoryItems(first: 50) { nodes { id } totalCount } } }
                """.formatted(cast.published.globalId()));

        assertThat(answer.ok().all("id", "published", "inventoryItems", "nodes"))
                .containsExactlyInAnyOrderElementsOf(
                        READS_ITEMS.contains(who)
                                ? Set.of(cast.approved.globalId(), cast.rejected.globalId())
                                : Set.of(cast.approved.globalId()));
        assertThat(answer.at("published", "inventoryItems", "totalCount").asInt())
                .isEqualTo(READS_ITEMS.contains(who) ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void aConsignorsItemsAreThoseThatTheViewerMaySee(Who who) {
        var answer = cast.as(who)
                .query("{ consignor(by: { id: \"%s\" }) { inventoryItems(first: 50) { totalCount } } }"
                        .formatted(cast.owner.globalId()));

        var expected = READS_CONSIGNORS.contains(who) ? READS_ITEMS.contains(who) ? "3" : "2" : "";
        assertThat(answer.ok().at("consignor", "inventoryItems", "totalCount").asString(""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aSearchFindsOnlyWhatTheViewerMaySee(Who who) {
        var answer = cast.as(who)
                .query(
                        """
                query ($item: String, $draft: String, $consignor: String, $user: String) {
                  inventoryItems(filter: { search: $item }) { totalCount nodes { id } }
                  events(filter: { search: $draft }) { totalCount nodes { id } }
                  byOwner: inventoryItems(filter: { search: $consignor }) { totalCount }
                  consignors(filter: { search: $consignor }) { totalCount }
                  users(filter: { search: $user }) { totalCount }
                }""",
                        java.util.Map.of(
                                "item", cast.itemCanary,
                                "draft", cast.draftCanary,
                                "consignor", cast.consignorCanary,
                                "user", cast.userCanary));

        assertThat(answer.at("inventoryItems", "totalCount").asInt()).isEqualTo(READS_ITEMS.contains(who) ? 1 : 0);
        assertThat(answer.at("events", "totalCount").asInt()).isEqualTo(READS_EITHER.contains(who) ? 1 : 0);
        assertThat(answer.at("byOwner", "totalCount").asInt()).isZero();
        assertThat(answer.at("consignors").isNull()).isEqualTo(who == Who.OWNER || !READS_CONSIGNORS.contains(who));
        assertThat(answer.at("consignors", "totalCount").asInt(1)).isEqualTo(1);
        assertThat(answer.at("users").isNull()).isEqualTo(who != Who.ADMIN);
        assertThat(answer.at("users", "totalCount").asInt(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void filteringItemsByAConsignorIsForTheConsignorAndForReadersOfConsignors(Who who) {
        var answer = cast.as(who).query("""
                { inventoryItems(filter: { consignorId: "%1$s" }) { totalCount }
                  event(id: "%2$s") { inventoryItems(filter: { consignorId: "%1$s" }) { nodes { id } } } }
                """.formatted(cast.owner.globalId(), cast.published.globalId()));

        var ofAll = answer.ok().at("inventoryItems", "totalCount").asInt();
        var ofEvent = answer.at("event", "inventoryItems", "nodes").size();
        if (!READS_CONSIGNORS.contains(who)) {
            assertThat(ofAll).isZero();
            assertThat(ofEvent).isZero();
        } else {
            assertThat(ofAll).isEqualTo(READS_ITEMS.contains(who) ? 3 : 2);
            assertThat(ofEvent).isEqualTo(READS_ITEMS.contains(who) ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConsignorOfEveryItemOfAPageIsRefusedAndTheItemsStay(Who who) {
        var answer = cast.as(who).query("""
                { event(id: "%s") { inventoryItems { nodes { name consignor { name } rejectionReason } } } }
                """.formatted(cast.published.globalId()));

        var shown = READS_ITEMS.contains(who) ? 2 : 1;
        assertThat(answer.at("event", "inventoryItems", "nodes").size()).isEqualTo(shown);
        var refused = (READS_CONSIGNORS.contains(who) ? 0 : shown) + (READS_ITEMS.contains(who) ? 0 : shown);
        assertThat(answer.errorCodes()).hasSize(refused).allMatch("FORBIDDEN"::equals);
    }
}
