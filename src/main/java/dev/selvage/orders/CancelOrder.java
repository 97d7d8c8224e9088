package dev.selvage.orders;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.cancelOrder}: stock and items are given back, by the database in the same transaction. */
@Component
class CancelOrder implements Mutation<Order> {
    private final OrderRepository orders;

    CancelOrder(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public Mono<Payload<Order>> change(Input input) {
        return orders.cancel(input);
    }
}
