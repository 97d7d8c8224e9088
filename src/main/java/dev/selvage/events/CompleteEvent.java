package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.completeEvent}: ends an event whose sale is over. What was not sold goes back to its owners. */
@Component
class CompleteEvent implements Mutation<Event> {
    private final EventRepository events;

    CompleteEvent(EventRepository events) {
        this.events = events;
    }

    @Override
    public Mono<Payload<Event>> change(Input input) {
        return events.complete(input);
    }
}
