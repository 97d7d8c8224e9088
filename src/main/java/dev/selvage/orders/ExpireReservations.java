package dev.selvage.orders;

import dev.selvage.kernel.RecurringWork;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Cancels orders that were not paid for in time; stock and items are given back with them. */
@Component
class ExpireReservations implements RecurringWork {
    private final OrderRepository orders;

    ExpireReservations(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public Mono<Integer> doSome(int most) {
        return orders.expire(most);
    }
}
