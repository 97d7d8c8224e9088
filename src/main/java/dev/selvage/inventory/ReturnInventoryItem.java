package dev.selvage.inventory;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.returnInventoryItem}: gives an unsold item back to its owner. */
@Component
class ReturnInventoryItem implements Mutation<InventoryItem> {
    private final InventoryItemRepository items;

    ReturnInventoryItem(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public Mono<Payload<InventoryItem>> change(Input input) {
        return items.giveBack(input);
    }
}
