package dev.selvage.fabrics;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.createFabric}: offers a new fabric. */
@Component
class CreateFabric implements Mutation<Fabric> {
    private final FabricRepository fabrics;

    CreateFabric(FabricRepository fabrics) {
        this.fabrics = fabrics;
    }

    @Override
    public Mono<Payload<Fabric>> change(Input input) {
        return fabrics.insert(input);
    }
}
