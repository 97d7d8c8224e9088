package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Checks tokens where there are any. What a caller may do is decided by the schema and the database, never by an address.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final byte[] UNAUTHENTICATED =
            """
            {"errors":[{"message":"This token is not valid here. Send a fresh one, or none.","extensions":{"code":"%s"}}]}""".formatted(Code.UNAUTHENTICATED).getBytes(StandardCharsets.UTF_8);

    @Bean
    SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http) {
        return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
                        .authenticationEntryPoint(SecurityConfiguration::unauthenticated))
                // Tokens come in a header that no other site can make a browser send; there is no session to ride on.
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .build();
    }

    /** RFC 9068 calls access tokens at+jwt; many issuers still write JWT or nothing. */
    @Bean
    OAuth2TokenValidator<Jwt> typesOfTokens() {
        var types = new JwtTypeValidator("at+jwt", "JWT");
        types.setAllowEmpty(true);
        return types;
    }

    private static Mono<Void> unauthenticated(ServerWebExchange exchange, AuthenticationException invalid) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.UNAUTHORIZED);
        response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        response.getHeaders().setContentType(MediaType.parseMediaType("application/graphql-response+json"));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(UNAUTHENTICATED)));
    }
}
