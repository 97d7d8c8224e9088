package dev.selvage.fabrics;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.archiveFabric}: offers a fabric no longer. Old orders still show it. */
@Component
class ArchiveFabric implements Mutation<Fabric> {
    private final FabricRepository fabrics;

    ArchiveFabric(FabricRepository fabrics) {
        this.fabrics = fabrics;
    }

    @Override
    public Mono<Payload<Fabric>> change(Input input) {
        return fabrics.archive(input);
    }
}
