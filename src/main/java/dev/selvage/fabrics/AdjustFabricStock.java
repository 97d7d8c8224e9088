package dev.selvage.fabrics;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import dev.selvage.kernel.UserError.OutOfStock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@code Mutation.adjustFabricStock}: adds to the stock, or takes from it. It asks for no version, because what two people
 * add both counts.
 */
@Component
class AdjustFabricStock implements Mutation<Fabric> {
    private final FabricRepository fabrics;

    AdjustFabricStock(FabricRepository fabrics) {
        this.fabrics = fabrics;
    }

    @Override
    public Mono<Payload<Fabric>> change(Input input) {
        var id = input.id("Fabric", UUID.class);
        if (id == null) {
            return Mono.just(Payload.refused(UserError.notFound(input.at("id"))));
        }
        return fabrics.adjustStock(id, input.integer("delta"))
                .flatMap(adjusted -> adjusted.isEmpty()
                        ? fabrics.findAll(List.of(id)).map(found -> Payload.refused(why(input, found)))
                        : Mono.just(Payload.of(adjusted.getFirst())));
    }

    private static UserError why(Input input, List<Fabric> found) {
        if (found.isEmpty()) {
            return UserError.notFound(input.at("id"));
        }
        var fabric = found.getFirst();
        if (fabric.archivedAt() != null) {
            return new InputError(
                    ErrorCode.TRANSITION_BLOCKED, "This fabric is archived, and stays as it is.", input.at("id"));
        }
        return input.integer("delta") < 0
                ? new OutOfStock(input.at("delta"), fabric, fabric.stockQuantity())
                : new InputError(ErrorCode.OUT_OF_RANGE, "There would be more than can be counted.", input.at("delta"));
    }
}
