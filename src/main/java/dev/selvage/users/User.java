package dev.selvage.users;

import dev.selvage.kernel.Owned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who signs in, or who was imported and has not yet. */
public record User(
        UUID id,
        int version,
        String email,
        @Nullable String name,
        UserRole role,
        @Nullable Instant emailVerified,
        @Nullable String image,
        Instant createdAt,
        Instant updatedAt)
        implements Owned {

    @Override
    public UUID userId() {
        return id;
    }
}
