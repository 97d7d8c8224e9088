package dev.selvage.inventory;

import dev.selvage.kernel.Money;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Items for the order that is being placed. */
@Component
public class Sales {
    private final InventoryItemRepository items;

    Sales(InventoryItemRepository items) {
        this.items = items;
    }

    /**
     * An item that is wanted, by one of the two.
     *
     * @param id its key
     */
    public record Wanted(@Nullable Long id, @Nullable String barcode) {}

    /** What becomes of a wanted item. */
    public enum Outcome {
        SOLD,
        /** It is no more, or not yet, on offer. */
        NOT_ON_OFFER,
        /** Its event's sale is not open. */
        CLOSED
    }

    /**
     * A wanted item that there is, be it hidden from the viewer.
     *
     * @param place among those wanted, from 1 on
     */
    public record Sale(int place, long id, String name, Money price, Outcome outcome) {}

    /**
     * Sells items to the order that is being placed; nothing is said of one that there is not. They are locked in the order
     * of their ids until the transaction ends.
     */
    public Mono<List<Sale>> sell(List<Wanted> wanted) {
        return wanted.isEmpty() ? Mono.just(List.of()) : items.sell(wanted);
    }

    /** Those of the items that the viewer sees, as they are now. */
    public Mono<List<InventoryItem>> findAll(Collection<Long> ids) {
        return ids.isEmpty() ? Mono.just(List.of()) : items.findAll(ids);
    }
}
