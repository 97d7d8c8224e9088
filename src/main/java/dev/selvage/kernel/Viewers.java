package dev.selvage.kernel;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds whom a user's token stands for. */
@FunctionalInterface
public interface Viewers {
    /**
     * The viewer with this identity. At somebody's first call their user is made, or taken over from an import.
     *
     * <p>Refused with FORBIDDEN where that cannot be.
     *
     * @param name what to call a user who is made now
     */
    Mono<Viewer> find(Identity identity, @Nullable String name);
}
