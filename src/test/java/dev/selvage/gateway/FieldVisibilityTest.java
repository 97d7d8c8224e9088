package dev.selvage.gateway;

import static dev.selvage.gateway.Cast.EVERYBODY;
import static dev.selvage.gateway.Cast.READS_CONSIGNORS;
import static dev.selvage.gateway.Cast.READS_ITEMS;
import static dev.selvage.gateway.Cast.READS_USERS;
import static dev.selvage.gateway.Cast.Who.ADMIN;
import static dev.selvage.gateway.Cast.Who.ANALYTICS_READER;
import static dev.selvage.gateway.Cast.Who.ANONYMOUS;
import static dev.selvage.gateway.Cast.Who.CALENDAR_READER;
import static dev.selvage.gateway.Cast.Who.CONSIGNORS_READER;
import static dev.selvage.gateway.Cast.Who.NEIGHBOUR;
import static dev.selvage.gateway.Cast.Who.ORDERS_READER;
import static dev.selvage.gateway.Cast.Who.OWNER;
import static dev.selvage.gateway.Cast.Who.READER_OF_BOTH;
import static dev.selvage.gateway.Cast.Who.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.gateway.Cast.Thing;
import dev.selvage.gateway.Cast.Who;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sees which field of which record, whichever way the record is asked for. */
class FieldVisibilityTest {
    private enum Shown {
        VALUE,
        NULL,
        FORBIDDEN,
        UNAUTHENTICATED
    }

    /** @param otherwise what is shown to those who do not see the value; anonymous callers may be told to sign in */
    private record Rule(Set<Who> see, Shown otherwise, Shown toAnonymous) {
        Shown to(Who who) {
            return see.contains(who) ? Shown.VALUE : who == ANONYMOUS ? toAnonymous : otherwise;
        }
    }

    private static final Map<String, Rule> RULES = new LinkedHashMap<>();

    private static void everybodyWhoSeesTheRecord(String type, String... fields) {
        for (var field : fields) {
            RULES.put(type + "." + field, new Rule(EVERYBODY, Shown.NULL, Shown.NULL));
        }
    }

    private static void only(Set<Who> see, Shown otherwise, String field) {
        RULES.put(field, new Rule(see, otherwise, otherwise));
    }

    private static void administratorsAnd(Set<Who> others, String field) {
        var see = EnumSet.of(ADMIN);
        see.addAll(others);
        RULES.put(field, new Rule(see, Shown.FORBIDDEN, Shown.UNAUTHENTICATED));
    }

    static {
        var readers = EnumSet.of(CONSIGNORS_READER, READER_OF_BOTH);
        everybodyWhoSeesTheRecord("Event", "id", "version", "name", "description", "location", "sale", "dropOff");
        everybodyWhoSeesTheRecord("Event", "pickUp", "maxConsignors", "registeredCount", "status", "createdAt");
        everybodyWhoSeesTheRecord("Event", "updatedAt", "transitions", "inventoryItems");
        administratorsAnd(readers, "Event.registrations");
        only(EnumSet.of(OWNER), Shown.NULL, "Event.viewerRegistration");

        everybodyWhoSeesTheRecord("InventoryItem", "id", "version", "event", "name", "description", "category");
        everybodyWhoSeesTheRecord("InventoryItem", "size", "price", "availableQuantity", "condition", "status");
        everybodyWhoSeesTheRecord("InventoryItem", "barcode", "createdAt", "updatedAt", "transitions");
        only(READS_CONSIGNORS, Shown.FORBIDDEN, "InventoryItem.consignor");
        only(READS_ITEMS, Shown.FORBIDDEN, "InventoryItem.rejectionReason");
        administratorsAnd(Set.of(ORDERS_READER), "InventoryItem.order");

        everybodyWhoSeesTheRecord("Fabric", "id", "version", "name", "description", "category", "subcategory", "price");
        everybodyWhoSeesTheRecord("Fabric", "availableQuantity", "weight", "width", "composition", "careInstructions");
        everybodyWhoSeesTheRecord("Fabric", "inStock", "stockQuantity", "images", "tags", "etsyListingId");
        everybodyWhoSeesTheRecord("Fabric", "archivedAt", "createdAt", "updatedAt");
        administratorsAnd(Set.of(ORDERS_READER), "Fabric.orders");

        everybodyWhoSeesTheRecord("Order", "id", "version", "customerEmail", "customerName", "lines", "subtotal");
        everybodyWhoSeesTheRecord("Order", "discount", "shipping", "tax", "totalAmount", "status", "etsyOrderId");
        everybodyWhoSeesTheRecord("Order", "shippingAddress", "trackingNumber", "reservedUntil", "createdAt");
        everybodyWhoSeesTheRecord("Order", "updatedAt", "transitions");
        only(READS_USERS, Shown.NULL, "Order.user");
        administratorsAnd(Set.of(), "Order.notes");

        everybodyWhoSeesTheRecord("CalendarEntry", "id", "version", "platform", "contentType", "title", "description");
        everybodyWhoSeesTheRecord("CalendarEntry", "mediaUrls", "hashtags", "scheduledDate", "published");
        everybodyWhoSeesTheRecord("CalendarEntry", "publishedDate", "engagement", "createdAt", "updatedAt");
        only(READS_USERS, Shown.NULL, "CalendarEntry.user");
        everybodyWhoSeesTheRecord("Metric", "id", "metricType", "value", "date", "platform", "createdAt");

        everybodyWhoSeesTheRecord("Consignor", "id", "version", "number", "name", "email", "phone", "address");
        everybodyWhoSeesTheRecord("Consignor", "preferredContact", "createdAt", "updatedAt");
        everybodyWhoSeesTheRecord("Consignor", "registrations", "inventoryItems");
        only(READS_USERS, Shown.NULL, "Consignor.user");

        everybodyWhoSeesTheRecord("Registration", "id", "version", "event", "consignor", "status");
        everybodyWhoSeesTheRecord("Registration", "waitlistPosition", "transitions", "createdAt", "updatedAt");

        everybodyWhoSeesTheRecord("User", "id", "version", "email", "name", "role", "emailVerified", "image");
        everybodyWhoSeesTheRecord("User", "createdAt", "updatedAt", "consignor", "orders", "calendarEntries");

        everybodyWhoSeesTheRecord("Query", "events", "inventoryItems", "fabrics");
        administratorsAnd(Set.of(ORDERS_READER), "Query.orders");
        administratorsAnd(EnumSet.of(STRANGER, NEIGHBOUR, OWNER, CALENDAR_READER), "Query.calendarEntries");
        administratorsAnd(Set.of(ANALYTICS_READER), "Query.metrics");
        administratorsAnd(readers, "Query.consignors");
        administratorsAnd(Set.of(), "Query.users");
        everybodyWhoSeesTheRecord("ClientApp", "id", "version", "clientId", "name", "policy", "documents");
    }

    /**
     * Looked up with arguments by the tests below, or told of the caller alone ({@code users.ViewerTest}, {@code BudgetTest}), or
     * groups ({@code analytics.MetricTest}), or of all records ({@code changes.ChangeRightsTest}), or of all apps
     * ({@code documents.PublishingTest}).
     */
    private static final List<String> TESTED_BY_NAME = List.of(
            "Query.viewer",
            "Query.node",
            "Query.nodes",
            "Query.event",
            "Query.inventoryItem",
            "Query.consignor",
            "Query.user",
            "Query.fabric",
            "Query.order",
            "Query.calendarEntry",
            "Query.metricRollup",
            "Query.sales",
            "Query.search",
            "Query.changes",
            "Query.auditTrail",
            "Query.clientApps",
            "Viewer.user",
            "Viewer.roles",
            "Viewer.scopes",
            "Viewer.budget");

    private static final Gateway gateway = Gateway.running();
    private static final Cast cast = new Cast(gateway);
    private static final ServedSchema schema = new ServedSchema(gateway);

    @Test
    void everyFieldOfTheServedSchemaHasARuleHere() {
        var known = new ArrayList<>(RULES.keySet());
        known.addAll(TESTED_BY_NAME);

        assertThat(schema.fields()).containsExactlyInAnyOrderElementsOf(known);
    }

    static Stream<Arguments> everybodyAndEverything() {
        return EVERYBODY.stream().flatMap(who -> cast.things().stream().map(thing -> Arguments.of(who, thing)));
    }

    @ParameterizedTest
    @MethodSource("everybodyAndEverything")
    void aRecordShowsItsFieldsToWhomTheyAreFor(Who who, Thing thing) {
        for (var way : waysTo(thing)) {
            var answer = cast.as(who).query("{ " + way.formatted(thing.id()) + " }");
            var path = way.startsWith("nodes") ? new Object[] {"nodes", 0} : new Object[] {fieldOf(way)};

            if (thing.visibleTo().contains(who)) {
                for (var field : schema.fields(thing.type())) {
                    var rule = Objects.requireNonNull(RULES.get(thing.type() + "." + field));
                    var expected =
                            thing.unset().contains(field) && rule.to(who) == Shown.VALUE ? Shown.NULL : rule.to(who);
                    assertThat(shown(answer, path, field))
                            .as("%s.%s by %s", thing.type(), field, way)
                            .isEqualTo(expected);
                }
            } else {
                assertThat(answer.ok().at(path).isNull()).as(way).isTrue();
            }
            cast.assertNothingHiddenIn(answer, who);
        }
    }

    @ParameterizedTest
    @MethodSource("everybodyAndEverything")
    void anyKeyFindsARecordForWhomItIs(Who who, Thing thing) {
        for (var by : thing.by()) {
            var answer = by(who, thing, by).ok().at(rootOf(thing), "id");

            assertThat(answer.asString("")).as(by).isEqualTo(thing.visibleTo().contains(who) ? thing.id() : "");
        }
    }

    @ParameterizedTest
    @MethodSource("everybodyAndLists")
    void aListThatIsNotForTheViewerIsNullAndItsSiblingsSurvive(Who who, String list) {
        var answer = cast.as(who).query("{ %s { nodes { id } } sibling: __typename }".formatted(list));

        assertThat(shown(answer, new Object[0], list))
                .isEqualTo(Objects.requireNonNull(RULES.get("Query." + list)).to(who));
        assertThat(answer.text("sibling")).isEqualTo("Query");
    }

    static Stream<Arguments> everybodyAndLists() {
        return EVERYBODY.stream()
                .flatMap(who -> Stream.of(
                                "events",
                                "inventoryItems",
                                "consignors",
                                "users",
                                "fabrics",
                                "orders",
                                "calendarEntries",
                                "metrics")
                        .map(list -> Arguments.of(who, list)));
    }

    /** Each way as a root field that selects everything, with {@code %s} for the id. */
    private static List<String> waysTo(Thing thing) {
        var all = " { ... on %s { %s } }".formatted(thing.type(), schema.selectionOfAll(thing.type()));
        var ways = new ArrayList<>(List.of("node(id: \"%s\")" + all, "nodes(ids: [\"%s\"])" + all));
        if (Set.of("Event", "CalendarEntry").contains(thing.type())) {
            ways.add(rootOf(thing) + "(id: \"%s\")" + all);
        } else if (!Set.of("Registration", "Metric", "ClientApp").contains(thing.type())) {
            ways.add(rootOf(thing) + "(by: { id: \"%s\" })" + all);
        }
        return ways;
    }

    private static Answer by(Who who, Thing thing, String by) {
        return cast.as(who).query("{ %s(by: { %s }) { id } }".formatted(rootOf(thing), by));
    }

    private static String rootOf(Thing thing) {
        return thing.type().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                + thing.type().substring(1);
    }

    private static String fieldOf(String way) {
        return way.substring(0, way.indexOf('('));
    }

    private static Shown shown(Answer answer, Object[] path, String field) {
        var steps = new ArrayList<>(List.of(path));
        steps.add(field);
        if (!answer.at(steps.toArray()).isNull()) {
            return answer.at(steps.toArray()).isMissingNode() ? Shown.NULL : Shown.VALUE;
        }
        return answer.body()
                .path("errors")
                .valueStream()
                .filter(error ->
                        steps.toString().equals(stepsOf(error.path("path")).toString()))
                .map(error ->
                        Shown.valueOf(error.path("extensions").path("code").asString()))
                .findFirst()
                .orElse(Shown.NULL);
    }

    private static List<String> stepsOf(tools.jackson.databind.JsonNode path) {
        return path.valueStream().map(step -> step.asString()).toList();
    }
}
