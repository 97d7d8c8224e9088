package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Viewers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who sends this request, from its checked token. */
@Component
class Callers {
    private final Viewers viewers;

    Callers(Viewers viewers) {
        this.viewers = viewers;
    }

    /** The caller; anonymous without a token. */
    Mono<Viewer> current() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .mapNotNull(authentication -> authentication.getPrincipal() instanceof Jwt token ? token : null)
                .flatMap(this::of)
                .defaultIfEmpty(Viewer.ANONYMOUS);
    }

    private Mono<Viewer> of(Jwt token) {
        var subject = token.getSubject();
        var issuer = token.getClaimAsString("iss");
        if (subject == null || issuer == null) {
            return Mono.error(
                    new Refusal(Code.UNAUTHENTICATED, "This token names no subject. Send one of a user or a client."));
        }
        if (subject.equals(token.getClaimAsString("azp")) || subject.equals(token.getClaimAsString("client_id"))) {
            return Mono.just(Viewer.integrator(scopes(token)));
        }
        return viewers.find(issuer, subject);
    }

    private static Set<Scope> scopes(Jwt token) {
        @Nullable Object scope = token.getClaims().get("scope");
        return Scope.of(scope instanceof String words ? List.of(words.split(" ")) : List.of());
    }
}
