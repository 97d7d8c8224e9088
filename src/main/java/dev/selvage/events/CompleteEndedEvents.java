package dev.selvage.events;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.RecurringWork;
import dev.selvage.kernel.Viewer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Completes published events whose pick-up has ended. Each has a transaction of its own, as hundreds of items may go back with
 * it: one that fails is in nobody else's way, and is tried again next time.
 */
@Component
class CompleteEndedEvents implements RecurringWork {
    private static final Logger log = LoggerFactory.getLogger(CompleteEndedEvents.class);

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
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::complete)
                .filter(completed -> completed)
                .count()
                .map(Math::toIntExact);
    }

    private Mono<Boolean> complete(long id) {
        return operations.write(Viewer.SYSTEM, () -> events.completeEnded(id)).onErrorResume(error -> {
            log.warn("Event {} could not be completed", id, error);
            return Mono.just(false);
        });
    }
}
