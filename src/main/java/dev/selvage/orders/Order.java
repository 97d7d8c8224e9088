package dev.selvage.orders;

import dev.selvage.kernel.Money;
import dev.selvage.kernel.Owned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one customer bought.
 *
 * @param userId null for a guest's order
 * @param totalAmount subtotal less discount, plus shipping and tax
 * @param reservedUntil until when an unpaid order keeps its stock
 */
public record Order(
        UUID id,
        int version,
        @Nullable UUID userId,
        String customerEmail,
        String customerName,
        List<OrderLine> lines,
        Money subtotal,
        Money discount,
        Money shipping,
        Money tax,
        Money totalAmount,
        OrderStatus status,
        @Nullable String etsyOrderId,
        @Nullable Address shippingAddress,
        @Nullable String trackingNumber,
        @Nullable String notes,
        @Nullable Instant reservedUntil,
        Instant createdAt,
        Instant updatedAt)
        implements Owned {}
