package dev.selvage.inventory;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.updateInventoryItem}: changes what is told of an item that is not sold or returned. */
@Component
class UpdateInventoryItem implements Mutation<InventoryItem> {
    private final InventoryItemRepository items;

    UpdateInventoryItem(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public Mono<Payload<InventoryItem>> change(Input input) {
        return items.update(input);
    }
}
