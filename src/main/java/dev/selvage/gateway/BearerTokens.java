package dev.selvage.gateway;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Finds a request's token. Whoever sends credentials in any other way than this gateway reads them is told so, and does not go
 * on as nobody.
 */
final class BearerTokens implements ServerAuthenticationConverter {
    /** Credentials that are no bearer token, or several. */
    static final class Unreadable extends AuthenticationException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("Send one token, as `Authorization: Bearer …`, or none.");
        }
    }

    private final ServerBearerTokenAuthenticationConverter converter = new ServerBearerTokenAuthenticationConverter();
    private final String path;

    /** @param path where other schemes mean nothing; elsewhere they are left to whoever answers there */
    BearerTokens(String path) {
        this.path = path;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        var sent = exchange.getRequest().getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        var isOurs = exchange.getRequest().getPath().value().equals(path);
        return sent.size() > 1 || (isOurs && sent.stream().anyMatch(one -> !isBearer(one)))
                ? Mono.error(new Unreadable())
                : converter.convert(exchange);
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    }
}
