package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.cancelRegistration}: gives a place up, or stops waiting for one. Whoever has waited longest gets the place. */
@Component
class CancelRegistration implements Mutation<Registration> {
    private final RegistrationRepository registrations;

    CancelRegistration(RegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public Mono<Payload<Registration>> change(Input input) {
        return registrations.cancel(input);
    }
}
