package dev.selvage.gateway;

import static java.util.stream.Collectors.toSet;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.util.StringUtils;

/**
 * How tokens are checked. What a caller may do is decided by the schema and the database, never by an address; the filters
 * here are those of the pages beside {@code /graphql}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http) {
        return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                // Tokens come in a header that no other site can make a browser send; there is no session to ride on.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .build();
    }

    @Bean
    ReactiveJwtDecoder tokenDecoder(OAuth2ResourceServerProperties settings, ReactorResourceFactory resources) {
        var jwt = settings.getJwt();
        var issuer = Objects.requireNonNull(jwt.getIssuerUri());
        if (jwt.getAudiences().isEmpty()) {
            throw new IllegalArgumentException(
                    "spring.security.oauth2.resourceserver.jwt.audiences is empty: any token of "
                            + "the issuer's would be good here, whomever it was made for.");
        }
        var clock = Clock.systemUTC();
        var keysUri = StringUtils.hasText(jwt.getJwkSetUri()) ? jwt.getJwkSetUri() : null;
        var keys = new SigningKeys(Issuer.of(issuer, keysUri, resources).keys(), clock);
        return new TokenDecoder(keys, algorithms(jwt), new TokenRules(issuer, Set.copyOf(jwt.getAudiences()), clock));
    }

    /** Those with a public key only: a shared secret has no name here. */
    private static Set<JWSAlgorithm> algorithms(OAuth2ResourceServerProperties.Jwt settings) {
        return settings.getJwsAlgorithms().stream()
                .map(name -> {
                    if (SignatureAlgorithm.from(name) == null) {
                        throw new IllegalArgumentException(
                                "spring.security.oauth2.resourceserver.jwt.jws-algorithms: %s is none of %s."
                                        .formatted(name, Set.of(SignatureAlgorithm.values())));
                    }
                    return JWSAlgorithm.parse(name);
                })
                .collect(toSet());
    }
}
