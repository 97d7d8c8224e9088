package dev.selvage.orders;

import dev.selvage.fabrics.Fabric;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.kernel.By;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Wiring;
import dev.selvage.users.User;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code Query.order}, {@code Query.orders}, the types {@code Order} and {@code OrderLine}, and where they hang. */
@Component
class OrderFields implements Wiring {
    private final OrderRepository orders;

    OrderFields(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public void wire(Fields fields) {
        var byEtsyOrder = new Lookup<>(
                String.class, orders::findAllByEtsyOrder, order -> Objects.requireNonNull(order.etsyOrderId()));

        fields.query()
                .by("order", Order.class, new By("etsyOrderId", By::text, byEtsyOrder))
                .page("orders", OrderRepository.ORDERS);
        fields.type(Order.class)
                .id(new Lookup<>(UUID.class, orders::findAll, Order::id))
                .transitions(OrderRepository.ORDER, Order::id, Order::status, OrderRules.ALL)
                .toOne("user", Order::userId, User.class);
        fields.type(OrderLine.class).reference("subject", OrderLine::subject);
        fields.type(Address.class);
        fields.extend(User.class).page("orders", OrderRepository.ORDERS, "user_id", User::id);
        fields.extend(Fabric.class)
                .pageWhere("orders", OrderRepository.ORDERS, OrderRepository.CONTAINING_PARENT, Fabric::id);
        // Inventory's column, but inventory knows no orders.
        fields.extend(InventoryItem.class).toOne("order", InventoryItem::orderId, Order.class);
    }
}
