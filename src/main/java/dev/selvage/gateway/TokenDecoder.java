package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.selvage.kernel.Caches;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Checks tokens: the signature once, by a key of the issuer's, and its claims; at every request whether it still holds.
 *
 * <p>Fails with {@link BadJwtException} for a token that is not good, and with another {@link JwtException} where that cannot be
 * told because the issuer's keys cannot be had.
 */
final class TokenDecoder implements ReactiveJwtDecoder {
    /** Characters; nothing longer than this is worth parsing. */
    static final int MAX_LENGTH = 6_000;

    private static final long KEPT_CHARACTERS = 10_000_000;

    /** RFC 9068 calls access tokens at+jwt; many issuers still write JWT or nothing. */
    private static final Set<@Nullable JOSEObjectType> TYPES = types();

    /** @param keys those among which the token's was, the same object for as long as they are the same */
    private record Checked(Jwt token, TokenRules.Period period, JWKSet keys) {}

    private final Cache<String, Checked> checked = Caches.askedAtEachRequest()
            .maximumWeight(KEPT_CHARACTERS)
            .weigher((String token, Checked _) -> token.length())
            .build();

    private final SigningKeys keys;
    private final Set<JWSAlgorithm> algorithms;
    private final TokenRules rules;
    private final DefaultJWTProcessor<JWKSecurityContext> processor = new DefaultJWTProcessor<>();
    private final NimbusReactiveJwtDecoder decoder = new NimbusReactiveJwtDecoder(this::verified);

    /** @param algorithms signatures that are believed; with public keys all of them */
    TokenDecoder(SigningKeys keys, Set<JWSAlgorithm> algorithms, TokenRules rules) {
        this.keys = keys;
        this.algorithms = algorithms;
        this.rules = rules;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, new JWKSecurityContextJWKSet()));
        // The claims are the rules' part.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        decoder.setJwtValidator(rules);
    }

    @Override
    public Mono<Jwt> decode(String token) {
        var among = keys.current();
        var kept = checked.getIfPresent(token);
        if (kept != null && isSame(kept.keys(), among)) {
            var result = rules.validate(kept.period());
            return result.hasErrors()
                    ? Mono.error(new JwtValidationException("The claims are not right any more", result.getErrors()))
                    : Mono.just(kept.token());
        }
        if (token.length() > MAX_LENGTH || !isCanonical(token)) {
            return Mono.error(new BadJwtException("The token is too long, or its signature is written oddly"));
        }
        return decoder.decode(token)
                // Such as times in the wrong order, or too far away for an Instant.
                .onErrorMap(
                        error -> !(error instanceof JwtException),
                        error -> new BadJwtException("The claims make no sense", error))
                .doOnNext(good -> {
                    if (among != null && isSame(among, keys.current())) {
                        checked.put(token, new Checked(good, TokenRules.Period.of(good), among));
                    }
                });
    }

    /** One signature can be written in many ways that decode to it; each would be another token to remember. */
    private static boolean isCanonical(String token) {
        var signature = new Base64URL(token.substring(token.lastIndexOf('.') + 1));
        return Base64URL.encode(signature.decode()).equals(signature);
    }

    /** Comparing the keys one by one is not worth it: they are kept as one object. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(JWKSet one, @Nullable JWKSet other) {
        return one == other;
    }

    private Mono<JWTClaimsSet> verified(JWT token) {
        if (!(token instanceof SignedJWT signed)
                || !algorithms.contains(signed.getHeader().getAlgorithm())) {
            return Mono.error(new BadJwtException("The algorithm is not one of " + algorithms));
        }
        var matcher = JWKMatcher.forJWSHeader(signed.getHeader());
        if (matcher == null) {
            return Mono.error(new BadJwtException("No key signs with this algorithm"));
        }
        return keys.matching(new JWKSelector(matcher))
                .onErrorMap(error -> new JwtException("The issuer's keys cannot be had", error))
                .flatMap(candidates -> verified(signed, candidates));
    }

    private Mono<JWTClaimsSet> verified(SignedJWT token, List<JWK> candidates) {
        try {
            return Mono.just(processor.process(token, new JWKSecurityContext(candidates)));
        } catch (BadJOSEException | JOSEException bad) {
            return Mono.error(new BadJwtException(String.valueOf(bad.getMessage()), bad));
        }
    }

    private static Set<@Nullable JOSEObjectType> types() {
        var types = new HashSet<@Nullable JOSEObjectType>();
        types.add(new JOSEObjectType("at+jwt"));
        types.add(new JOSEObjectType("application/at+jwt"));
        types.add(JOSEObjectType.JWT);
        types.add(null);
        return types;
    }
}
