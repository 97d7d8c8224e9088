package dev.selvage.inventory;

import dev.selvage.kernel.BatchMutation;
import dev.selvage.kernel.Change;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Payload;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.reviewInventoryItems}: accepts items or turns them down, many at once. */
@Component
class ReviewInventoryItems implements BatchMutation<InventoryItem> {
    private final InventoryItemRepository items;

    ReviewInventoryItems(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public int most() {
        return 500;
    }

    @Override
    public Mono<List<Payload<InventoryItem>>> change(List<Input> inputs) {
        return items.review(inputs.stream().map(ReviewInventoryItems::verdict).toList());
    }

    private static Change verdict(Input input) {
        var approval = input.in("approve");
        if (approval != null) {
            return new Change(approval, InventoryRules.APPROVE, "");
        }
        var rejection = Objects.requireNonNull(input.in("reject"));
        return new Change(rejection, InventoryRules.REJECT, RejectInventoryItem.reason(rejection));
    }
}
