package dev.selvage.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Whom a user's token names.
 *
 * @param issuer its {@code iss}
 * @param subject its {@code sub}
 * @param verifiedEmail its {@code email}, if the issuer says that it is theirs; null otherwise
 */
public record Identity(
        String issuer, String subject, @Nullable String verifiedEmail) {}
