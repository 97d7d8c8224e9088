package dev.selvage.inventory;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.approveInventoryItem}: accepts an item, which gets its barcode. */
@Component
class ApproveInventoryItem implements Mutation<InventoryItem> {
    private final InventoryItemRepository items;

    ApproveInventoryItem(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public Mono<Payload<InventoryItem>> change(Input input) {
        return items.approve(input);
    }
}
