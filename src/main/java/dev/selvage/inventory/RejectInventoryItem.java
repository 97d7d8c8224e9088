package dev.selvage.inventory;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.Mutation;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.UserError.ErrorCode;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code Mutation.rejectInventoryItem}: turns an item down, and says why. */
@Component
class RejectInventoryItem implements Mutation<InventoryItem> {
    private static final int LONGEST_REASON = 1_000;

    private final InventoryItemRepository items;

    RejectInventoryItem(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public Mono<Payload<InventoryItem>> change(Input input) {
        return items.reject(input, reason(input));
    }

    /** What the owner is told, without space around it. */
    static String reason(Input input) {
        var text = input.text("reason");
        var reason = text == null ? "" : text.strip();
        if (text != null && reason.isEmpty()) {
            input.refuse("reason", ErrorCode.REQUIRED, "Say why, so that the owner can do something about it.");
        }
        if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            input.refuse("reason", ErrorCode.TOO_LONG, "A reason has 1 to 1,000 characters.");
        }
        return reason;
    }
}
