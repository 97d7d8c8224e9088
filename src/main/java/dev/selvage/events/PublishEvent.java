package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.publishEvent}: opens a draft to consignors. */
@Component
class PublishEvent implements Mutation<Event> {
    private final EventRepository events;

    PublishEvent(EventRepository events) {
        this.events = events;
    }

    @Override
    public Mono<Payload<Event>> change(Input input) {
        return events.publish(input);
    }
}
