package dev.selvage.fabrics;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.updateFabric}: changes what is told of a fabric, while it is offered. */
@Component
class UpdateFabric implements Mutation<Fabric> {
    private final FabricRepository fabrics;

    UpdateFabric(FabricRepository fabrics) {
        this.fabrics = fabrics;
    }

    @Override
    public Mono<Payload<Fabric>> change(Input input) {
        return fabrics.update(input);
    }
}
