package dev.selvage.fabrics;

import dev.selvage.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fabric of the shop, sold by whole units.
 *
 * @param price per unit
 * @param weight grams per square metre
 * @param width centimetres
 * @param archivedAt when it was last offered; null while it is
 */
public record Fabric(
        UUID id,
        int version,
        String name,
        @Nullable String description,
        String category,
        @Nullable String subcategory,
        Money price,
        @Nullable BigDecimal weight,
        @Nullable BigDecimal width,
        @Nullable String composition,
        @Nullable String careInstructions,
        int stockQuantity,
        boolean inStock,
        List<String> images,
        List<String> tags,
        @Nullable String etsyListingId,
        @Nullable Instant archivedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** An archived fabric cannot be ordered, whatever is left of it. */
    int availableQuantity() {
        return archivedAt == null ? stockQuantity : 0;
    }
}
