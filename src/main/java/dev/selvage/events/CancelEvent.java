package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.cancelEvent}: calls an event off. Places are given up, and items go back to their owners. */
@Component
class CancelEvent implements Mutation<Event> {
    private final EventRepository events;

    CancelEvent(EventRepository events) {
        this.events = events;
    }

    @Override
    public Mono<Payload<Event>> change(Input input) {
        return events.cancel(input);
    }
}
