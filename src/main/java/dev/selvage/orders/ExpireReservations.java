package dev.selvage.orders;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.RecurringWork;
import dev.selvage.kernel.Viewer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Cancels orders that were not paid for in time; stock and items are given back with them. */
@Component
class ExpireReservations implements RecurringWork {
    private final Operations operations;
    private final OrderRepository orders;

    ExpireReservations(Operations operations, OrderRepository orders) {
        this.operations = operations;
        this.orders = orders;
    }

    @Override
    public Mono<Integer> doSome(int most) {
        return operations.write(Viewer.SYSTEM, () -> orders.expire(most)).onErrorResume(_ -> oneByOne(most));
    }

    /** One that cannot be given back must not keep the others. */
    private Mono<Integer> oneByOne(int most) {
        return operations
                .read(Viewer.SYSTEM, () -> orders.findExpired(most))
                .flatMap(expired -> operations.eachAlone(expired, orders::expireOne));
    }
}
