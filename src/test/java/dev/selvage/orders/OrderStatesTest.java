package dev.selvage.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an order can go, from each state, by each mutation, for each kind of caller; and that it says so before. */
class OrderStatesTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final PlacedOrders orders = new PlacedOrders(gateway);
    private static final Given.User owner = given.user();
    private static final Map<String, Caller> CALLERS = Map.of(
            "anonymous", gateway.anonymous(),
            "another", gateway.user(given.user()),
            "owner", gateway.user(owner),
            "reader", gateway.integrator("read:orders"),
            "writer", gateway.integrator("write:orders"),
            "admin", gateway.user(given.admin()));

    private static final List<String> MUTATIONS = List.of("confirmOrder", "shipOrder", "deliverOrder", "cancelOrder");
    private static final List<String> STATES = List.of("pending", "processing", "shipped", "delivered", "cancelled");

    /** The domain's table: from which state, by which mutation, to which; and who besides the shop. */
    private static final Map<String, String> TABLE = Map.of(
            "pending confirmOrder", "PROCESSING",
            "processing shipOrder", "SHIPPED",
            "processing deliverOrder", "DELIVERED",
            "shipped deliverOrder", "DELIVERED",
            "pending cancelOrder", "CANCELLED by owner",
            "processing cancelOrder", "CANCELLED");

    record Try(String state, String mutation, String caller) {
        /** The status afterwards, or the code of the refusal. */
        String expected() {
            var row = TABLE.getOrDefault(state + " " + mutation, "");
            boolean isOwners = mutation.equals("cancelOrder");
            return switch (caller) {
                case "anonymous" -> isOwners ? "NOT_FOUND" : "UNAUTHENTICATED";
                case "another", "reader" -> isOwners ? "NOT_FOUND" : "FORBIDDEN";
                case "owner" ->
                    !isOwners ? "FORBIDDEN" : row.endsWith(" by owner") ? "CANCELLED" : "TRANSITION_BLOCKED";
                default -> row.isEmpty() ? "TRANSITION_BLOCKED" : row.replace(" by owner", "");
            };
        }
    }

    static Stream<Try> everyTry() {
        return STATES.stream()
                .flatMap(state -> MUTATIONS.stream()
                        .flatMap(mutation ->
                                CALLERS.keySet().stream().sorted().map(caller -> new Try(state, mutation, caller))));
    }

    private static Caller caller(String name) {
        return Objects.requireNonNull(CALLERS.get(name));
    }

    private static Answer call(Caller caller, String mutation, String id, int version) {
        boolean ships = mutation.equals("shipOrder");
        return caller.query(
                "mutation ($id: ID!, $version: Int!) { " + mutation + "(input: { id: $id, expectedVersion: $version"
                        + (ships ? ", trackingNumber: \"T1\"" : "") + " }) " + PlacedOrders.PAYLOAD + " }",
                Map.of("id", id, "version", version));
    }

    /** The status that it led to, or the code of why it did not. */
    private static String outcome(Answer answer, String mutation) {
        if (!answer.errorCodes().isEmpty()) {
            return answer.errorCodes().getFirst();
        }
        return answer.at(mutation, "userErrors").isEmpty()
                ? answer.text(mutation, "order", "status")
                : answer.text(mutation, "userErrors", 0, "code");
    }

    @ParameterizedTest
    @MethodSource("everyTry")
    void isAsTheTableSays(Try one) {
        var order = given.order(owner, one.state, given.fabric());
        var caller = caller(one.caller);
        var told = caller.query(
                        "query ($id: ID!) { order(by: { id: $id }) { transitions { to mutation allowed blockers { code } } } }",
                        Map.of("id", order.globalId()))
                .ok()
                .at("order", "transitions")
                .valueStream()
                .filter(transition -> transition.path("mutation").asString().equals(one.mutation))
                .findFirst();

        var outcome = outcome(call(caller, one.mutation, order.globalId(), 1), one.mutation);

        assertThat(outcome).isEqualTo(one.expected());
        told.ifPresent(transition -> {
            boolean allowed = transition.path("allowed").asBoolean();
            assertThat(transition.path("blockers").isEmpty()).isEqualTo(allowed);
            assertThat(
                            allowed
                                    ? transition.path("to").asString()
                                    : transition
                                            .path("blockers")
                                            .path(0)
                                            .path("code")
                                            .asString())
                    .isEqualTo(outcome);
        });
        boolean isSeen = List.of("owner", "reader", "writer", "admin").contains(one.caller);
        assertThat(told.isPresent()).isEqualTo(isSeen && TABLE.containsKey(one.state + " " + one.mutation));
    }

    @Test
    void whatACancelledOrderHeldGoesBack() {
        var fabric = given.fabric();
        var item = given.item(
                given.event("published", Given.unique("Sale"), java.time.Instant.now()), given.consignor(), "approved");
        var user = gateway.user(given.user());
        var placed = PlacedOrders.placed(
                PlacedOrders.place(user, PlacedOrders.order(PlacedOrders.line(fabric, 4), PlacedOrders.line(item))));
        assertThat(orders.stock(fabric)).isEqualTo(6);

        assertThat(outcome(call(user, "cancelOrder", placed, 1), "cancelOrder")).isEqualTo("CANCELLED");

        assertThat(orders.stock(fabric)).isEqualTo(10);
        assertThat(orders.status(item)).isEqualTo("approved");
        // Once.
        assertThat(outcome(call(user, "cancelOrder", placed, 2), "cancelOrder")).isEqualTo("TRANSITION_BLOCKED");
        assertThat(orders.stock(fabric)).isEqualTo(10);
    }

    @Test
    void theSecondOfTwoSeesWhatTheFirstHasMade() {
        var order = given.order(owner, "pending", given.fabric());
        var admin = caller("admin");
        call(admin, "confirmOrder", order.globalId(), 1).ok();

        var second = call(admin, "cancelOrder", order.globalId(), 1).ok();

        assertThat(second.text("cancelOrder", "userErrors", 0, "code")).isEqualTo("VERSION_CONFLICT");
        assertThat(second.at("cancelOrder", "userErrors", 0, "current")
                        .path("status")
                        .asString())
                .isEqualTo("PROCESSING");
    }

    @Test
    void withoutAnAddressItIsHandedOverButNotShipped() {
        var placed = PlacedOrders.placed(
                PlacedOrders.place(gateway.anonymous(), PlacedOrders.order(PlacedOrders.line(given.fabric(), 1))));
        var admin = caller("admin");
        call(admin, "confirmOrder", placed, 1).ok();

        var shipped = call(admin, "shipOrder", placed, 2).ok();

        assertThat(shipped.at("shipOrder", "userErrors", 0).toString())
                .contains("\"__typename\":\"TransitionBlocked\",\"code\":\"REQUIRED\"")
                .contains("\"from\":\"PROCESSING\",\"to\":\"SHIPPED\"");
        assertThat(outcome(call(admin, "deliverOrder", placed, 2), "deliverOrder"))
                .isEqualTo("DELIVERED");
    }

    @Test
    void aTrackingNumberHasOneToAHundredCharacters() {
        var order = given.order(owner, "processing", given.fabric());
        for (var number : List.of("", "x".repeat(101))) {
            var answer = caller("admin")
                    .query(
                            "mutation ($id: ID!, $number: String!) { shipOrder(input: { id: $id, expectedVersion: 1, trackingNumber: $number })"
                                    + PlacedOrders.PAYLOAD + " }",
                            Map.of("id", order.globalId(), "number", number));
            assertThat(answer.ok().at("shipOrder", "userErrors", 0, "path").toString())
                    .isEqualTo("[\"input\",\"trackingNumber\"]");
        }
    }

    @Test
    void theDatabaseItselfKnowsTheWays() {
        var ways = Set.of(
                "pending>processing",
                "pending>cancelled",
                "processing>shipped",
                "processing>delivered",
                "processing>cancelled",
                "shipped>delivered");
        for (var from : STATES) {
            for (var to : STATES) {
                var order = given.order(owner, from, given.fabric());
                var sql =
                        "UPDATE orders SET status = '%s', reserved_until = CASE '%s' WHEN 'pending' THEN now() END WHERE id = '%s'"
                                .formatted(to, to, order.id());
                var way = from + ">" + to;
                boolean stays = from.equals(to);

                assertThat(gateway.database()
                                .rolledBack("selvage_owner", connection -> TestDatabase.refusal(connection, sql))
                                .constraint())
                        .as(way)
                        .isEqualTo(stays || ways.contains(way) ? "" : "orders_transition");
                // Their policy lets owners cancel only; from where is not for a policy to say.
                if (to.equals("cancelled") && !stays) {
                    assertThat(gateway.database()
                                    .asViewer(
                                            "user",
                                            owner.id().toString(),
                                            "",
                                            connection -> TestDatabase.refusal(connection, sql))
                                    .constraint())
                            .as("%s by its owner", way)
                            .isEqualTo(
                                    way.equals("pending>cancelled")
                                            ? ""
                                            : ways.contains(way) ? "orders_transition_by_owner" : "orders_transition");
                }
            }
        }
    }
}
