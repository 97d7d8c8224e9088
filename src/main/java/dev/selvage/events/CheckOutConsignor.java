package dev.selvage.events;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.checkOutConsignor}: a consignor has collected what was left. */
@Component
class CheckOutConsignor implements Mutation<Registration> {
    private final RegistrationRepository registrations;

    CheckOutConsignor(RegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public Mono<Payload<Registration>> change(Input input) {
        return registrations.checkOut(input);
    }
}
