package dev.selvage.kernel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record that belongs to a user. */
public interface Owned {
    /** The owner's {@code users.id}; null if nobody's. */
    @Nullable
    UUID userId();
}
