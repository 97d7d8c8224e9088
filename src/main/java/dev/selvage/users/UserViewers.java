package dev.selvage.users;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Viewers;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the user of a token, in a short transaction before the operation's own, and keeps it for ten seconds at most: that
 * long a changed role may go unnoticed.
 */
@Component
class UserViewers implements Viewers {
    private record Identity(String issuer, String subject) {}

    private final AsyncCache<Identity, Viewer> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .buildAsync();
    private final Operations operations;
    private final UserRepository users;

    UserViewers(Operations operations, UserRepository users) {
        this.operations = operations;
        this.users = users;
    }

    @Override
    public Mono<Viewer> find(String issuer, String subject) {
        // Neither a failed look-up is kept nor that somebody is unknown.
        return Mono.fromFuture(
                        () -> known.get(
                                new Identity(issuer, subject),
                                (identity, _) -> lookUp(identity).toFuture()),
                        true)
                .switchIfEmpty(Mono.error(
                        () -> new Refusal(Code.FORBIDDEN, "No user of this gateway belongs to this token.")));
    }

    private Mono<Viewer> lookUp(Identity identity) {
        return operations
                .within(
                        Viewer.SYSTEM,
                        _ -> users.findByIdentity(identity.issuer(), identity.subject())
                                .next())
                .map(user -> Viewer.user(user.role() == UserRole.ADMIN ? Role.ADMIN : Role.USER, user.id()));
    }
}
