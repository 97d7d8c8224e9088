package dev.selvage.gateway;

import static java.util.stream.Collectors.toSet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.selvage.kernel.Refusal.Code;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks tokens where there are any. What a caller may do is decided by the schema and the database, never by an address.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String NOT_VALID = "This token is not valid here. Send a fresh one, or none.";
    private static final String CANNOT_TELL =
            "Tokens cannot be checked at the moment, because their issuer does not answer. Try again in a few seconds.";
    private static final String SECONDS_TO_WAIT = "5";

    @Bean
    SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http) {
        return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .oauth2ResourceServer(server -> server.jwt(_ -> {})
                        .bearerTokenConverter(new BearerTokens(GraphQlEndpoint.PATH))
                        .authenticationFailureHandler((exchange, failure) -> refused(exchange.getExchange(), failure)))
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

    private static Mono<Void> refused(ServerWebExchange exchange, AuthenticationException failure) {
        var response = exchange.getResponse();
        if (failure instanceof AuthenticationServiceException) {
            response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
            return answer(exchange, new WireError(Code.SERVICE_UNAVAILABLE, CANNOT_TELL, null, null));
        }
        var sentence = sentence(failure);
        response.setStatusCode(HttpStatus.UNAUTHORIZED);
        response.getHeaders()
                .set(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"invalid_token\", error_description=\"" + sentence + "\"");
        return answer(exchange, new WireError(Code.UNAUTHENTICATED, sentence, null, null));
    }

    private static String sentence(AuthenticationException failure) {
        if (failure instanceof BearerTokens.Unreadable) {
            return Objects.requireNonNull(failure.getMessage());
        }
        return failure.getCause() instanceof JwtValidationException claims
                ? Objects.requireNonNull(claims.getErrors().iterator().next().getDescription())
                : NOT_VALID;
    }

    private static Mono<Void> answer(ServerWebExchange exchange, WireError error) {
        var response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.parseMediaType("application/graphql-response+json"));
        response.getHeaders().setCacheControl("no-store");
        var body = JsonMapper.shared().writeValueAsString(new Body(List.of(error.toSpecification())));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body.getBytes(StandardCharsets.UTF_8))));
    }

    private record Body(List<Map<String, Object>> errors) {}
}
