package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.updateEvent}: changes what is told of an event until it is over. More places go to those who wait. */
@Component
class UpdateEvent implements Mutation<Event> {
    private final EventRepository events;

    UpdateEvent(EventRepository events) {
        this.events = events;
    }

    @Override
    public Mono<Payload<Event>> change(Input input) {
        return events.update(input);
    }
}
