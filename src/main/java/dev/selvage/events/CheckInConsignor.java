package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.checkInConsignor}: a consignor has come to hand items in. */
@Component
class CheckInConsignor implements Mutation<Registration> {
    private final RegistrationRepository registrations;

    CheckInConsignor(RegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public Mono<Payload<Registration>> change(Input input) {
        return registrations.checkIn(input);
    }
}
