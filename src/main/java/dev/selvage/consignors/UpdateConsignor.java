package dev.selvage.consignors;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.updateConsignor}: changes how a consignor is called and reached. */
@Component
class UpdateConsignor implements Mutation<Consignor> {
    private final ConsignorRepository consignors;

    UpdateConsignor(ConsignorRepository consignors) {
        this.consignors = consignors;
    }

    @Override
    public Mono<Payload<Consignor>> change(Input input) {
        return consignors.update(input);
    }
}
