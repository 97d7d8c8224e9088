package dev.selvage.users;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.selvage.kernel.Identity;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Viewers;
import dev.selvage.users.UserRepository.SignIn;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the user of a token, in a short transaction before the operation's own, and keeps the answer for ten seconds at most:
 * that long a role that was changed elsewhere may go unnoticed. Only who is not known yet, or not by this e-mail address, costs
 * a transaction that writes.
 */
@Component
class UserViewers implements Viewers {
    private static final String NO_VERIFIED_EMAIL =
            "Nobody is known here by this token yet. The first call needs one with a verified e-mail address: the claims"
                    + " email and email_verified.";
    private static final String EMAIL_OF_ANOTHER =
            "The e-mail address of this token belongs to a user with another sign-in. Sign in as before, or ask an"
                    + " administrator.";

    /** Longer than the database gives a statement. A call that never came back would keep its user out for good. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** One of the two is null. */
    private record Found(@Nullable Viewer viewer, @Nullable String refusal) {
        Mono<Viewer> answer() {
            return viewer == null
                    ? Mono.error(new Refusal(Code.FORBIDDEN, Objects.requireNonNull(refusal)))
                    : Mono.just(viewer);
        }
    }

    /** Refusals too, so that a token which is refused costs no more than another; failures are not kept. */
    private final AsyncCache<Identity, Found> known;

    private final Operations operations;
    private final UserRepository users;
    private final String firstAdministrator;

    /** @param firstAdministrator the e-mail address of whom to make one while there is none; may be empty */
    @Autowired
    UserViewers(
            Operations operations,
            UserRepository users,
            @Value("${gateway.bootstrap-admin-email:}") String firstAdministrator) {
        this(operations, users, firstAdministrator, Ticker.systemTicker());
    }

    /** @param ticker what the ten seconds are measured by */
    UserViewers(Operations operations, UserRepository users, String firstAdministrator, Ticker ticker) {
        this.operations = operations;
        this.users = users;
        this.firstAdministrator = key(firstAdministrator);
        this.known = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofSeconds(10))
                .ticker(ticker)
                .buildAsync();
    }

    @Override
    public Mono<Viewer> find(Identity identity, @Nullable String name) {
        var kept = known.getIfPresent(identity);
        return kept != null && kept.isDone() && !kept.isCompletedExceptionally()
                ? kept.join().answer()
                : Mono.fromFuture(
                                () -> known.get(
                                        identity,
                                        (_, _) -> lookUp(identity, name).toFuture()),
                                true)
                        .flatMap(Found::answer);
    }

    private Mono<Found> lookUp(Identity identity, @Nullable String name) {
        boolean mayBeFirst = !firstAdministrator.isEmpty()
                && identity.verifiedEmail() != null
                && key(identity.verifiedEmail()).equals(firstAdministrator);
        return signedIn(identity, name, mayBeFirst)
                .timeout(PATIENCE)
                .onErrorMap(
                        TimeoutException.class,
                        late -> new Refusal(Code.TIMEOUT, "This took too long. Try again in a moment.", late))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("A user was deleted while they signed in")));
    }

    private Mono<Found> signedIn(Identity identity, @Nullable String name, boolean mayBeFirst) {
        return operations
                .read(Viewer.SYSTEM, () -> users.find(identity))
                .filter(user -> user.upToDate() && !(mayBeFirst && user.role() == UserRole.USER))
                .map(user -> found(user.id(), user.role()))
                .switchIfEmpty(Mono.defer(() -> operations
                        .write(Viewer.SYSTEM, () -> users.signIn(identity, name, mayBeFirst))
                        .map(UserViewers::found)
                        .doOnNext(_ -> forgetRefusal(identity))));
    }

    /** Who was refused for want of a verified address a moment ago is known now, also by a token without one. */
    private void forgetRefusal(Identity identity) {
        if (identity.verifiedEmail() != null) {
            known.synchronous().invalidate(new Identity(identity.issuer(), identity.subject(), null));
        }
    }

    /**
     * To be said where a user's role is written: once that is there for others, it is found out anew. Whoever looked before, and
     * has not been answered yet, may be told the former one; nobody after them.
     */
    Mono<Void> hasChanged(UUID user) {
        return operations.onceCommitted(() -> known.asMap().values().removeIf(found -> mayBe(found, user)));
    }

    private static boolean mayBe(CompletableFuture<Found> found, UUID user) {
        if (!found.isDone() || found.isCompletedExceptionally()) {
            return true;
        }
        var viewer = found.join().viewer();
        return viewer != null && user.equals(viewer.userId());
    }

    private static Found found(SignIn signIn) {
        return switch (signIn.outcome()) {
            case SIGNED_IN -> found(Objects.requireNonNull(signIn.id()), Objects.requireNonNull(signIn.role()));
            case NO_VERIFIED_EMAIL -> new Found(null, NO_VERIFIED_EMAIL);
            case EMAIL_OF_ANOTHER -> new Found(null, EMAIL_OF_ANOTHER);
        };
    }

    private static Found found(UUID id, UserRole role) {
        return new Found(Viewer.user(role == UserRole.ADMIN ? Role.ADMIN : Role.USER, id), null);
    }

    /** As the database folds it: A to Z only, for in other alphabets there are look-alikes. */
    private static String key(String email) {
        return email.strip()
                .chars()
                .map(letter -> letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
