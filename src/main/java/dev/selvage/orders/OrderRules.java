package dev.selvage.orders;

import static dev.selvage.orders.OrderStatus.CANCELLED;
import static dev.selvage.orders.OrderStatus.DELIVERED;
import static dev.selvage.orders.OrderStatus.PENDING;
import static dev.selvage.orders.OrderStatus.PROCESSING;
import static dev.selvage.orders.OrderStatus.SHIPPED;

import dev.selvage.kernel.Rule;
import dev.selvage.kernel.UserError.ErrorCode;
import java.util.List;

/** What may become of an order. */
final class OrderRules {
    static final Rule CONFIRM = Rule.of("confirmOrder").from(PENDING).to(PROCESSING);

    static final Rule SHIP = Rule.of("shipOrder")
            .from(PROCESSING)
            .to(SHIPPED)
            .when(
                    ErrorCode.REQUIRED,
                    "It has no shipping address. Hand it over, and call `deliverOrder`.",
                    "shipping_address IS NOT NULL");

    static final Rule DELIVER =
            Rule.of("deliverOrder").from(PROCESSING, SHIPPED).to(DELIVERED);

    /** A customer cancels only before the shop has begun with it. */
    static final Rule CANCEL = Rule.of("cancelOrder")
            .from(PENDING, PROCESSING)
            .to(CANCELLED)
            .when(
                    ErrorCode.TRANSITION_BLOCKED,
                    "The shop has begun with this order. Ask the shop to cancel it.",
                    "current_user <> 'selvage_user' OR status = 'pending'");

    static final List<Rule> ALL = List.of(CONFIRM, SHIP, DELIVER, CANCEL);

    private OrderRules() {}
}
