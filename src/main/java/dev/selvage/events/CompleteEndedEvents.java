package dev.selvage.events;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.RecurringWork;
import dev.selvage.kernel.Viewer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Completes published events whose pick-up has ended. Each has a transaction of its own, as hundreds of items may go back with
 * it: one that fails is in nobody else's way, and is tried again next time.
 */
@Component
class CompleteEndedEvents implements RecurringWork {
    private final Operations operations;
    private final EventRepository events;

    CompleteEndedEvents(Operations operations, EventRepository events) {
        this.operations = operations;
        this.events = events;
    }

    @Override
    public Mono<Integer> doSome(int most) {
        return operations
                .read(Viewer.SYSTEM, () -> events.findEnded(most))
                .flatMap(ended -> operations.eachAlone(ended, events::completeEnded));
    }
}
