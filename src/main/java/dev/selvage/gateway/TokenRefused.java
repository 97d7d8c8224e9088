package dev.selvage.gateway;

import java.util.Objects;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Why a request's credentials are not taken; its message is for the caller. */
final class TokenRefused extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private static final String NOT_VALID = "This token is not valid here. Send a fresh one, or none.";
    private static final String CANNOT_TELL =
            "Tokens cannot be checked at the moment, because their issuer does not answer. Try again in a few seconds.";

    private final boolean cannotTell;

    private TokenRefused(String sentence, boolean cannotTell) {
        // No stack trace: a refusal is an answer, and bad credentials must stay cheap.
        super(sentence, null, false, false);
        this.cannotTell = cannotTell;
    }

    /** Credentials that are no bearer token, or several. */
    static TokenRefused unreadable() {
        return new TokenRefused("Send one token, as `Authorization: Bearer …`, or none.", false);
    }

    static TokenRefused of(JwtException failure) {
        return switch (failure) {
            case JwtValidationException claims ->
                new TokenRefused(
                        Objects.requireNonNull(
                                claims.getErrors().iterator().next().getDescription()),
                        false);
            case BadJwtException _ -> new TokenRefused(NOT_VALID, false);
            default -> new TokenRefused(CANNOT_TELL, true);
        };
    }

    String sentence() {
        return Objects.requireNonNull(getMessage());
    }

    /** Whether the token might be good, and only its issuer does not answer. */
    boolean cannotTell() {
        return cannotTell;
    }
}
