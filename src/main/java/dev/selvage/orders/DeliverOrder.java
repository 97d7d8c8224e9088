package dev.selvage.orders;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.deliverOrder}: handed over or delivered. */
@Component
class DeliverOrder implements Mutation<Order> {
    private final OrderRepository orders;

    DeliverOrder(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public Mono<Payload<Order>> change(Input input) {
        return orders.deliver(input);
    }
}
