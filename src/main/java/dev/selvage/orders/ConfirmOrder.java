package dev.selvage.orders;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.confirmOrder}: payment has come, and the reservation becomes a sale. */
@Component
class ConfirmOrder implements Mutation<Order> {
    private final OrderRepository orders;

    ConfirmOrder(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public Mono<Payload<Order>> change(Input input) {
        return orders.confirm(input);
    }
}
