package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.unpublishEvent}: takes an event back that nobody has joined. */
@Component
class UnpublishEvent implements Mutation<Event> {
    private final EventRepository events;

    UnpublishEvent(EventRepository events) {
        this.events = events;
    }

    @Override
    public Mono<Payload<Event>> change(Input input) {
        return events.unpublish(input);
    }
}
