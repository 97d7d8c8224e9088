package dev.selvage.consignors;

import dev.selvage.kernel.Owned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who hands in items to be sold at events.
 *
 * @param number printed on tags; issued once and never used again
 */
public record Consignor(
        long id,
        int version,
        int number,
        UUID userId,
        String name,
        String email,
        @Nullable String phone,
        @Nullable String address,
        @Nullable PreferredContact preferredContact,
        Instant createdAt,
        Instant updatedAt)
        implements Owned {}
