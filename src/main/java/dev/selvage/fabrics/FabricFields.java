package dev.selvage.fabrics;

import dev.selvage.kernel.By;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Wiring;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code Query.fabric}, {@code Query.fabrics} and the type {@code Fabric}. */
@Component
class FabricFields implements Wiring {
    private final FabricRepository fabrics;

    FabricFields(FabricRepository fabrics) {
        this.fabrics = fabrics;
    }

    @Override
    public void wire(Fields fields) {
        var byEtsyListing = new Lookup<>(
                String.class, fabrics::findAllByEtsyListing, fabric -> Objects.requireNonNull(fabric.etsyListingId()));

        fields.query()
                .by("fabric", Fabric.class, new By("etsyListingId", By::text, byEtsyListing))
                .page("fabrics", FabricRepository.FABRICS);
        fields.type(Fabric.class).id(new Lookup<>(UUID.class, fabrics::findAll, Fabric::id));
    }
}
