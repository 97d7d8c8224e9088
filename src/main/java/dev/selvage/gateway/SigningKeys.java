package dev.selvage.gateway;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The keys that the issuer signs with: fetched when they are first needed, and kept.
 *
 * <p>The ones at hand serve while newer ones are fetched, and so an issuer that cannot be reached is noticed by nobody for a
 * day. A key that is not among them may be new, so they are fetched again for it, by one request for all who wait. Anybody can
 * invent keys, so the issuer is asked six times a minute at most: twice in a row, and then every fifteen seconds.
 */
final class SigningKeys {
    /** No keys can be had. */
    static final class Unavailable extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause, false, false);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(15);
    private static final int FETCHES_IN_A_ROW = 2;

    /** @param set the same instance for as long as the keys are the same */
    private record Known(JWKSet set, Instant since) {}

    private final Mono<JWKSet> issuer;
    private final Clock clock;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<Known>> underway = new AtomicReference<>();

    /** Whether the issuer has not answered when it was asked last. */
    private volatile boolean lastFailed;

    /** When the next fetch would be allowed if there had never been two in a row. */
    private Instant allowance = Instant.EPOCH;

    /** @param issuer asks it for its keys, anew for every subscriber */
    SigningKeys(Mono<JWKSet> issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What was fetched last: the same object for as long as the keys are the same; null once it is too old to be believed.
     * Whoever remembers tokens by it asks this for each of them, so this too notices that it is time for newer ones.
     */
    @Nullable
    JWKSet current() {
        var kept = known.get();
        if (kept == null || isOlder(kept, KEPT)) {
            return null;
        }
        refreshIfStale(kept);
        return kept.set();
    }

    /**
     * The keys that may have signed it; none if the issuer has no such key.
     *
     * <p>Fails with {@link Unavailable} where there are no keys to look among.
     */
    Mono<List<JWK>> matching(JWKSelector selector) {
        var kept = known.get();
        if (kept == null || isOlder(kept, KEPT)) {
            return newer(kept, selector);
        }
        var found = selector.select(kept.set());
        if (found.isEmpty()) {
            return newer(kept, selector);
        }
        refreshIfStale(kept);
        return Mono.just(found);
    }

    /** A fetch that was underway before may have been answered before the key was there; then one more is asked for. */
    private Mono<List<JWK>> newer(@Nullable Known kept, JWKSelector selector) {
        boolean joined = underway.get() != null;
        return refreshed(kept).flatMap(fetched -> {
            var found = selector.select(fetched.set());
            return found.isEmpty() && joined
                    ? refreshed(fetched).map(again -> selector.select(again.set()))
                    : Mono.just(found);
        });
    }

    private void refreshIfStale(Known kept) {
        if (isOlder(kept, FRESH)) {
            refreshed(kept).subscribe(_ -> {}, error -> log.debug("The keys at hand go on serving", error));
        }
    }

    private boolean isOlder(Known kept, Duration age) {
        return kept.since().plus(age).isBefore(clock.instant());
    }

    /** Newer keys than those: what another request has fetched meanwhile, is fetching, or what is fetched now. */
    private Mono<Known> refreshed(@Nullable Known seen) {
        var earlier = underway.get();
        if (earlier != null) {
            return earlier;
        }
        var own = Mono.defer(() -> fetch(seen))
                // Before whoever waits goes on, and perhaps asks for more.
                .doOnTerminate(() -> underway.set(null))
                .cache();
        var other = underway.compareAndExchange(null, own);
        return other == null ? own : other;
    }

    private Mono<Known> fetch(@Nullable Known seen) {
        var kept = known.get();
        if (kept != null && !kept.equals(seen)) {
            return Mono.just(kept);
        }
        if (!mayAsk()) {
            // Who is not in what may be out of date may still be good.
            return kept == null || lastFailed || isOlder(kept, KEPT)
                    ? Mono.error(new Unavailable("The issuer has not answered a moment ago", null))
                    : Mono.just(kept);
        }
        return issuer.map(set -> keep(set, kept))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The answer is empty")))
                .doOnNext(_ -> lastFailed = false)
                .doOnError(_ -> lastFailed = true)
                .doOnError(error -> log.warn("The issuer's keys cannot be fetched: {}", error.toString()))
                .onErrorMap(error -> new Unavailable("The issuer does not answer", error));
    }

    private Known keep(JWKSet set, @Nullable Known before) {
        var same = before != null && areEqual(before.set(), set) ? before.set() : null;
        if (same == null) {
            log.info(
                    "The issuer signs with {}",
                    set.getKeys().stream().map(JWK::getKeyID).toList());
        }
        var now = new Known(same == null ? set : same, clock.instant());
        known.set(now);
        return now;
    }

    /** In whichever order the issuer tells them. */
    private static boolean areEqual(JWKSet one, JWKSet other) {
        return Set.copyOf(one.getKeys()).equals(Set.copyOf(other.getKeys()));
    }

    private synchronized boolean mayAsk() {
        var now = clock.instant();
        if (allowance.isAfter(now.plus(BETWEEN_FETCHES))) {
            // The clock was set back.
            allowance = now;
        }
        var earliest = now.minus(BETWEEN_FETCHES.multipliedBy(FETCHES_IN_A_ROW - 1L));
        var from = allowance.isBefore(earliest) ? earliest : allowance;
        if (from.isAfter(now)) {
            return false;
        }
        allowance = from.plus(BETWEEN_FETCHES);
        return true;
    }
}
