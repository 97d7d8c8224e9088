package dev.selvage.kernel;

import reactor.core.publisher.Mono;

/** Finds whom a user's token stands for. */
@FunctionalInterface
public interface Viewers {
    /**
     * The viewer of this identity, as the token's {@code iss} and {@code sub} name it.
     *
     * <p>Refused with FORBIDDEN where nobody has it.
     */
    Mono<Viewer> find(String issuer, String subject);
}
