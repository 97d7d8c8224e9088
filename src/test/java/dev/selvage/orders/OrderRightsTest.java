package dev.selvage.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose orders are whose. */
class OrderRightsTest {
    enum Who {
        ANONYMOUS,
        BUYER,
        /** Has the guest's e-mail address, and an order of their own. */
        OTHER,
        INTEGRATOR,
        ORDERS_READER,
        ORDERS_WRITER,
        ADMIN
    }

    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User buyer = given.user();
    private static final Given.User other = given.user();
    private static final Given.User admin = given.admin();
    private static final Given.Fabric fabric = given.fabric();
    private static final Given.Order bought = given.order(buyer, "delivered", fabric);
    private static final Given.Order guests = given.guestOrder(other.email(), "delivered", fabric);
    private static final Given.Order others = given.order(other, "delivered", fabric);
    private static final Given.Item item = given.soldItem(given.event("completed"), given.consignor());
    private static final String ETSY = Given.unique("etsy");

    static {
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE orders SET notes = 'a canary', etsy_order_id = '%s' WHERE id = '%s'"
                                .formatted(ETSY, bought.id()));
    }

    private static Caller as(Who who) {
        return switch (who) {
            case ANONYMOUS -> gateway.anonymous();
            case BUYER -> gateway.user(buyer);
            case OTHER -> gateway.user(other);
            case INTEGRATOR -> gateway.integrator("read:inventory read:consignors write:fabrics read:analytics");
            case ORDERS_READER -> gateway.integrator("read:orders");
            case ORDERS_WRITER -> gateway.integrator("write:orders");
            case ADMIN -> gateway.user(admin);
        };
    }

    private static boolean readsAll(Who who) {
        return who == Who.ORDERS_READER || who == Who.ORDERS_WRITER || who == Who.ADMIN;
    }

    @ParameterizedTest
    @EnumSource
    void anOrderIsSeenByItsBuyerByAdministratorsAndByReadersOfOrders(Who who) {
        for (var way : List.of("order(by: { id: \"%s\" })", "node(id: \"%s\")")) {
            assertThat(sees(who, way.formatted(bought.globalId()))).isEqualTo(readsAll(who) || who == Who.BUYER);
            assertThat(sees(who, way.formatted(others.globalId()))).isEqualTo(readsAll(who) || who == Who.OTHER);
            assertThat(sees(who, way.formatted(guests.globalId()))).isEqualTo(readsAll(who));
        }
        assertThat(sees(who, "order(by: { etsyOrderId: \"%s\" })".formatted(ETSY)))
                .isEqualTo(readsAll(who) || who == Who.BUYER);
    }

    private static boolean sees(Who who, String field) {
        return as(who).query("{ record: " + field + " { id } }")
                .ok()
                .at("record")
                .isObject();
    }

    @ParameterizedTest
    @EnumSource
    void allOrdersTheOrdersOfAFabricAndTheOrderOfAnItemAreForAdministratorsAndReadersOfOrders(Who who) {
        var answer = as(who).query("""
                { orders(filter: { fabricId: "%1$s" }) { totalCount nodes { id } }
                  fabric(by: { id: "%1$s" }) { name orders { totalCount nodes { id } } }
                  inventoryItem(by: { id: "%2$s" }) { name order { id } } }
                """.formatted(fabric.globalId(), item.globalId()));

        assertThat(answer.text("fabric", "name")).isNotEmpty();
        assertThat(answer.text("inventoryItem", "name")).isNotEmpty();
        if (readsAll(who)) {
            var newestFirst = List.of(others.globalId(), guests.globalId(), bought.globalId());
            assertThat(answer.ok().all("id", "orders", "nodes")).isEqualTo(newestFirst);
            assertThat(answer.all("id", "fabric", "orders", "nodes")).isEqualTo(newestFirst);
            assertThat(answer.at("fabric", "orders", "totalCount").asInt()).isEqualTo(3);
            assertThat(answer.text("inventoryItem", "order", "id"))
                    .isEqualTo(given.orderOf(item).globalId());
        } else {
            assertThat(answer.at("orders").isNull()).isTrue();
            assertThat(answer.at("fabric", "orders").isNull()).isTrue();
            assertThat(answer.at("inventoryItem", "order").isNull()).isTrue();
            assertThat(answer.errorCodes())
                    .hasSize(3)
                    .containsOnly(who == Who.ANONYMOUS ? "UNAUTHENTICATED" : "FORBIDDEN");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUYER", "ORDERS_READER", "ORDERS_WRITER", "ADMIN"})
    void notesAreForAdministratorsAlone(Who who) {
        var answer = as(who).query("{ order(by: { id: \"%s\" }) { id notes } }".formatted(bought.globalId()));

        assertThat(answer.text("order", "id")).isEqualTo(bought.globalId());
        if (who == Who.ADMIN) {
            assertThat(answer.ok().text("order", "notes")).isEqualTo("a canary");
        } else {
            assertThat(answer.errorCodes()).containsExactly("FORBIDDEN");
            assertThat(answer.body().toString()).doesNotContain("canary");
        }
    }

    @Test
    void aUserListsTheirOwnOrdersAndNoGuestsWithTheirAddress() {
        var answer = gateway.user(other)
                .query("{ viewer { user { orders { totalCount nodes { id user { id } } } } } }")
                .ok();

        assertThat(answer.all("id", "viewer", "user", "orders", "nodes")).containsExactly(others.globalId());
        assertThat(answer.text("viewer", "user", "orders", "nodes", 0, "user", "id"))
                .isEqualTo(other.globalId());
        assertThat(answer.at("viewer", "user", "orders", "totalCount").asInt()).isEqualTo(1);
    }

    @Test
    void theWordsOfAnOrderFindItForItsBuyerAndForNobodyElse() {
        var query = "{ viewer { user { orders(filter: { search: \"%s\" }) { totalCount } } } }".formatted(ETSY);
        var path = new Object[] {"viewer", "user", "orders", "totalCount"};

        assertThat(gateway.user(buyer).query(query).ok().at(path).asInt()).isEqualTo(1);
        assertThat(gateway.user(other).query(query).ok().at(path).asInt()).isZero();
    }

    @Test
    void filteringTheirOrdersByAFabricShowsAUserOnlyTheirOwn() {
        var answer = gateway.user(buyer)
                .query("{ viewer { user { orders(filter: { fabricId: \"%s\" }) { nodes { id } totalCount } } } }"
                        .formatted(fabric.globalId()))
                .ok();

        assertThat(answer.all("id", "viewer", "user", "orders", "nodes")).containsExactly(bought.globalId());
    }

    @Test
    void whatABuyerMayNotSeeOfTheirOwnLinesIsNullAsIfItWereGone() {
        var returned = given.soldItem(given.event("completed"), given.consignor());
        var order = given.orderOf(returned);
        gateway.database().execute("selvage_owner", """
                        UPDATE inventory_items SET status = 'returned', order_id = NULL WHERE id = %d;
                        WITH delivered AS (DELETE FROM orders WHERE id = '%s' RETURNING *)
                        INSERT INTO orders (id, customer_email, customer_name, items, subtotal, total_amount, status)
                        SELECT id, customer_email, customer_name, items, subtotal, total_amount, 'cancelled' FROM delivered
                        """.formatted(returned.id(), order.id()));
        var cancelled = given.user();
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE orders SET user_id = '%s' WHERE id = '%s'".formatted(cancelled.id(), order.id()));
        var query = "{ order(by: { id: \"%s\" }) { lines { name subject { id } } } }".formatted(order.globalId());

        var own = gateway.user(cancelled).query(query).ok();
        assertThat(own.at("order", "lines", 0, "subject").isNull()).isTrue();
        assertThat(own.text("order", "lines", 0, "name")).isNotEmpty();
        assertThat(gateway.user(admin).query(query).ok().text("order", "lines", 0, "subject", "id"))
                .isEqualTo(returned.globalId());
        assertThat(gateway.integrator("read:orders")
                        .query(query)
                        .ok()
                        .at("order", "lines", 0, "subject")
                        .isNull())
                .isTrue();
    }

    @Test
    void aReaderOfOrdersSeesNoUsers() {
        var answer = gateway.integrator("read:orders")
                .query("{ order(by: { id: \"%s\" }) { customerEmail user { id } } }".formatted(bought.globalId()))
                .ok();

        assertThat(answer.text("order", "customerEmail")).isEqualTo(buyer.email());
        assertThat(answer.at("order", "user").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders { nodes { id } }", "orders(first: 1000, after: \"?\") { totalCount }"})
    void whoMayNotListOrdersCausesNoStatement(String list) {
        assertThat(gateway.anonymous().query("{ " + list + " }").statements()).isZero();
        assertThat(gateway.user(buyer).query("{ " + list + " }").errorCodes()).containsExactly("FORBIDDEN");
    }
}
