package dev.selvage.orders;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.shipOrder}: on its way, under a number to follow it by. */
@Component
class ShipOrder implements Mutation<Order> {
    private final OrderRepository orders;

    ShipOrder(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public Mono<Payload<Order>> change(Input input) {
        var trackingNumber = input.text("trackingNumber");
        return orders.ship(input, Objects.requireNonNullElse(trackingNumber, ""));
    }
}
