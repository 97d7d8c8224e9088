package dev.selvage.inventory;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.resubmitInventoryItem}: offers a rejected item again. */
@Component
class ResubmitInventoryItem implements Mutation<InventoryItem> {
    private final InventoryItemRepository items;

    ResubmitInventoryItem(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public Mono<Payload<InventoryItem>> change(Input input) {
        return items.resubmit(input);
    }
}
