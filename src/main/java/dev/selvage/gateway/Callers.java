package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import dev.selvage.kernel.Caches;
import dev.selvage.kernel.Identity;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Viewers;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who sends this request, from its checked token. */
@Component
class Callers {
    /** What the column takes. */
    private static final Pattern EMAIL = Pattern.compile("(?=.{3,320}$)[^@\\s\\p{Z}\\p{C}]+@[^@\\s\\p{Z}\\p{C}]+");

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ID = 256;

    private static final String BEARER = "Bearer ";

    /** Of the tokens that {@link TokenDecoder} remembers, for as long as it does. */
    private final Cache<Jwt, Claimed> claims =
            Caches.askedAtEachRequest().weakKeys().build();

    private final ReactiveJwtDecoder tokens;
    private final Viewers viewers;

    Callers(ReactiveJwtDecoder tokens, Viewers viewers) {
        this.tokens = tokens;
        this.viewers = viewers;
    }

    /**
     * The caller; anonymous without credentials. Whoever sends them in any other way than this gateway reads them is told so,
     * and does not go on as nobody.
     *
     * <p>Errors: {@link TokenRefused}; a refusal of a user who may not sign in.
     *
     * @param credentials the values of the {@code Authorization} headers
     */
    Mono<Caller> of(List<String> credentials) {
        if (credentials.isEmpty()) {
            return Mono.just(Caller.ANONYMOUS);
        }
        var one = credentials.getFirst();
        if (credentials.size() > 1 || !one.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Mono.error(TokenRefused.unreadable());
        }
        return tokens.decode(one.substring(BEARER.length()).strip())
                .onErrorMap(JwtException.class, TokenRefused::of)
                .flatMap(this::of);
    }

    /** What a checked token says of its caller. */
    private record Claimed(
            @Nullable Caller integrator,
            Identity identity,
            @Nullable String name,
            @Nullable String client) {
        private Caller user(Viewer viewer) {
            return new Caller(viewer, cut(identity.subject()), client);
        }
    }

    private Mono<Caller> of(Jwt token) {
        var claimed = claims.get(token, Callers::claimed);
        return claimed.integrator() == null
                ? viewers.find(claimed.identity(), claimed.name()).map(claimed::user)
                : Mono.just(claimed.integrator());
    }

    /** An integrator is a client that asks in its own name. Scopes say nothing in a user's token. */
    private static Claimed claimed(Jwt token) {
        var subject = Objects.requireNonNull(token.getSubject());
        var identity =
                new Identity(Objects.requireNonNull(token.getClaimAsString("iss")), subject, verifiedEmail(token));
        @Nullable Object party = token.getClaims().get("azp");
        @Nullable Object clientId = token.getClaims().get("client_id");
        boolean isItsOwn = subject.equals(party) || subject.equals(clientId);
        var client = cut(String.valueOf(party == null ? clientId : party));
        var integrator = isItsOwn ? new Caller(Viewer.integrator(scopes(token)), subject, client) : null;
        return new Claimed(integrator, identity, name(token), party == null && clientId == null ? null : client);
    }

    /** Short enough for an entry of the audit trail. */
    private static String cut(String text) {
        return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID);
    }

    /** In {@code scope}, separated by spaces (RFC 8693), or in a list there or in {@code scp}, as some issuers write it. */
    private static Set<Scope> scopes(Jwt token) {
        @Nullable Object scope = token.getClaims().get("scope");
        return Scope.of(words(scope == null ? token.getClaims().get("scp") : scope));
    }

    private static List<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String words -> List.of(words.split(" "));
            case Collection<?> words -> words.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    private static @Nullable String verifiedEmail(Jwt token) {
        @Nullable Object verified = token.getClaims().get("email_verified");
        // Some issuers write it as a text.
        return "true".equals(String.valueOf(verified))
                        && token.getClaims().get("email") instanceof String email
                        && EMAIL.matcher(email.strip()).matches()
                ? email.strip()
                : null;
    }

    private static @Nullable String name(Jwt token) {
        if (!(token.getClaims().get("name") instanceof String claimed)) {
            return null;
        }
        var name = claimed.replaceAll("\\p{C}", "").strip();
        int length = name.codePointCount(0, name.length());
        return name.isEmpty() ? null : name.substring(0, name.offsetByCodePoints(0, Math.min(length, LONGEST_NAME)));
    }
}
