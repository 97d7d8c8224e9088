package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.createEvent}: plans an event that nobody else sees yet. */
@Component
class CreateEvent implements Mutation<Event> {
    private final EventRepository events;

    CreateEvent(EventRepository events) {
        this.events = events;
    }

    @Override
    public Mono<Payload<Event>> change(Input input) {
        return events.insert(input);
    }
}
