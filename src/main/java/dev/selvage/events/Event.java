package dev.selvage.events;

import dev.selvage.kernel.TimeWindow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A consignment sale.
 *
 * @param sale when it is open to buyers
 * @param dropOff when consignors hand their items in; ends no later than the sale starts
 * @param pickUp when consignors collect what was not sold; starts no earlier than the sale ends
 * @param registeredCount consignors who hold a place, at most {@code maxConsignors}
 */
public record Event(
        long id,
        int version,
        String name,
        @Nullable String description,
        String location,
        TimeWindow sale,
        TimeWindow dropOff,
        TimeWindow pickUp,
        int maxConsignors,
        int registeredCount,
        EventStatus status,
        Instant createdAt,
        Instant updatedAt) {}
