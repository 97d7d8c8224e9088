package dev.selvage.local;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tokens of one issuer: access tokens as RFC 9068 shapes them. */
record Tokens(String issuer, SigningKey key, Clock clock) {
    static final Duration LIFETIME = Duration.ofHours(12);
    static final String AUDIENCE = "selvage";

    /** A user's. It names no client: one whose client is its subject would be an integrator's. */
    String ofUser(String subject, @Nullable String email, boolean verified, @Nullable String name) {
        var claims = claims(subject);
        if (email != null) {
            claims.claim("email", email).claim("email_verified", verified);
        }
        if (name != null) {
            claims.claim("name", name);
        }
        return key.sign(claims.build());
    }

    String of(Persona persona) {
        return ofUser(persona.subject(), persona.email(), true, persona.fullName());
    }

    /** @param scope words with spaces between them */
    String ofIntegrator(String clientId, String scope) {
        return key.sign(claims(clientId)
                .claim("azp", clientId)
                .claim("client_id", clientId)
                .claim("scope", scope)
                .build());
    }

    private JWTClaimsSet.Builder claims(String subject) {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString());
    }
}
