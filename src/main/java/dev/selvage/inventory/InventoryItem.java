package dev.selvage.inventory;

import dev.selvage.kernel.Money;
import dev.selvage.kernel.Owned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing handed in for one event.
 *
 * @param userId the consignor's user
 * @param barcode issued on approval; unique for ever
 * @param orderId the order that bought it; null unless sold
 */
public record InventoryItem(
        long id,
        int version,
        long eventId,
        long consignorId,
        UUID userId,
        String name,
        @Nullable String description,
        String category,
        @Nullable String size,
        Money price,
        ItemCondition condition,
        ItemStatus status,
        @Nullable String rejectionReason,
        @Nullable String barcode,
        @Nullable UUID orderId,
        Instant createdAt,
        Instant updatedAt)
        implements Owned {

    /** One of a kind: one while it is offered, none before and after. */
    int availableQuantity() {
        return status == ItemStatus.APPROVED ? 1 : 0;
    }
}
