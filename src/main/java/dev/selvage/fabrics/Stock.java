package dev.selvage.fabrics;

import dev.selvage.kernel.Money;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Units of fabrics for the order that is being placed. */
@Component
public class Stock {
    private final FabricRepository fabrics;

    Stock(FabricRepository fabrics) {
        this.fabrics = fabrics;
    }

    /**
     * A fabric that was asked for.
     *
     * @param taken whether the units were taken; not if there are too few, or it is not offered any more
     */
    public record Taken(UUID id, String name, Money price, boolean taken) {}

    /**
     * Takes units of each fabric, or none of it; nothing is said of a fabric that there is not. The rows are locked in the
     * order of their ids until the transaction ends.
     *
     * @param ids each once
     * @param units as many as ids
     */
    public Mono<List<Taken>> take(List<UUID> ids, List<Integer> units) {
        return ids.isEmpty() ? Mono.just(List.of()) : fabrics.takeStock(ids, units);
    }

    /** The fabrics as they are now. */
    public Mono<List<Fabric>> findAll(Collection<UUID> ids) {
        return fabrics.findAll(ids);
    }
}
