package dev.selvage.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What the claims of a token must say once its signature is right. When it holds is asked at each request: a token may expire
 * between two of them.
 *
 * @param audiences one of them is among the token's
 */
record TokenRules(String issuer, Set<String> audiences, Clock clock) implements OAuth2TokenValidator<Jwt> {
    /** How far clocks may differ. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** OpenID Connect Core 1.0, section 2: at most 255 ASCII characters. */
    private static final Pattern SUBJECT = Pattern.compile("[ -~]{1,255}");

    /**
     * When a token holds, within {@link #SKEW}.
     *
     * @param begins null for from when it was made
     */
    record Period(@Nullable Instant begins, Instant ends) {
        static Period of(Jwt token) {
            return new Period(token.getNotBefore(), Objects.requireNonNull(token.getExpiresAt()));
        }

        private @Nullable String fault(Clock clock) {
            var now = clock.instant();
            if (!now.isBefore(ends.plus(SKEW))) {
                return "This token has expired. Send a fresh one.";
            }
            return begins != null && now.isBefore(begins.minus(SKEW)) ? "This token is not valid yet." : null;
        }
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return result(fault(token));
    }

    /** Of a token that was in order once, and may only have expired since. */
    OAuth2TokenValidatorResult validate(Period period) {
        return result(period.fault(clock));
    }

    private static OAuth2TokenValidatorResult result(@Nullable String fault) {
        return fault == null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, fault, null));
    }

    private @Nullable String fault(Jwt token) {
        if (token.getExpiresAt() == null) {
            return "This token never expires. Send one that does.";
        }
        var untimely = Period.of(token).fault(clock);
        if (untimely != null) {
            return untimely;
        }
        if (!issuer.equals(token.getClaims().get("iss"))) {
            return "This token is of another issuer.";
        }
        if (Objects.requireNonNullElse(token.getAudience(), List.<String>of()).stream()
                .noneMatch(audiences::contains)) {
            return "This token is not meant for this gateway. Ask its issuer for one with the right audience.";
        }
        return token.getClaims().get("sub") instanceof String subject
                        && SUBJECT.matcher(subject).matches()
                        && !subject.isBlank()
                ? null
                : "This token names no subject. Send one of a user or a client.";
    }
}
