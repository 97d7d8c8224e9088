package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.selvage.support.TestIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** When the issuer is asked for its keys, by a clock that the test moves. */
class SigningKeysTest {
    private static final RSAKey OLD = TestIssuer.newRsaKey("old");
    private static final RSAKey NEW = TestIssuer.newRsaKey("new");

    private static final class Hands extends Clock {
        volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Hands clock = new Hands();
    private final List<Instant> fetches = java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile JWKSet offered = new JWKSet(OLD.toPublicJWK());
    private volatile boolean down;
    private final SigningKeys keys = new SigningKeys(Mono.fromSupplier(this::fetch), clock);

    private JWKSet fetch() {
        fetches.add(clock.now);
        if (down) {
            throw new IllegalStateException("The issuer is down");
        }
        return offered;
    }

    @Test
    void theyAreFetchedWhenTheyAreFirstNeededAndThenKept() {
        assertThat(fetches).isEmpty();

        assertThat(matching("old")).containsExactly("old");
        assertThat(matching("old")).containsExactly("old");

        assertThat(fetches).hasSize(1);
    }

    @Test
    void aNewKeyIsFoundAtItsFirstUse() {
        matching("old");
        offered = new JWKSet(List.of(NEW.toPublicJWK(), OLD.toPublicJWK()));

        assertThat(matching("new")).containsExactly("new");
        assertThat(matching("old")).containsExactly("old");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void inventedKeysMakeNoMoreThanSixFetchesInAnyMinute() {
        for (int i = 0; i < 3_000; i++) {
            matching("invented" + i);
            clock.now = clock.now.plusMillis(100);
        }

        assertThat(fetches)
                .allSatisfy(from -> assertThat(
                                fetches.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60))))
                        .hasSizeLessThanOrEqualTo(6));
        assertThat(fetches).as("and it goes on looking").hasSizeBetween(20, 22);
    }

    @Test
    void allWhoWaitForANewKeyWaitForOneFetch() throws Exception {
        matching("old");
        offered = new JWKSet(NEW.toPublicJWK());
        var go = new CountDownLatch(1);
        var slow = new SigningKeys(
                Mono.fromCallable(() -> {
                            go.await();
                            return fetch();
                        })
                        .subscribeOn(Schedulers.boundedElastic()),
                clock);

        fetches.clear();
        try (var threads = Executors.newFixedThreadPool(32)) {
            var found = IntStream.range(0, 32)
                    .mapToObj(_ -> threads.submit((Callable<List<String>>) () -> matching(slow, "new")))
                    .toList();
            go.countDown();
            assertThat(found.stream().map(SigningKeysTest::get)).allMatch(List.of("new")::equals);
        }
        assertThat(fetches).hasSize(1);
    }

    @Test
    void theOnesAtHandServeWhileTheIssuerIsDownForADay() {
        matching("old");
        down = true;
        for (int minute = 0; minute < 24 * 60; minute++) {
            clock.now = clock.now.plus(Duration.ofMinutes(1));
            assertThat(matching("old")).containsExactly("old");
        }
        assertThat(fetches).as("it is asked again and again").hasSizeGreaterThan(100);

        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThatThrownBy(() -> matching("old")).isInstanceOf(SigningKeys.Unavailable.class);
    }

    @Test
    void aKeyThatIsWithdrawnServesFiveMinutesMoreAtMost() {
        matching("old");
        offered = new JWKSet(NEW.toPublicJWK());
        clock.now = clock.now.plus(Duration.ofMinutes(5)).plusMillis(1);

        matching("old");

        assertThat(matching("old")).isEmpty();
        assertThat(matching("new")).containsExactly("new");
    }

    @Test
    void whoOnlyAsksWhatIsCurrentNoticesAWithdrawalToo() {
        matching("old");
        var before = keys.current();
        offered = new JWKSet(NEW.toPublicJWK());
        clock.now = clock.now.plus(Duration.ofMinutes(5)).plusMillis(1);

        keys.current();

        assertThat(keys.current()).isNotSameAs(before);
    }

    @Test
    void whatIsOlderThanADayIsNotCurrent() {
        matching("old");
        down = true;
        clock.now = clock.now.plus(Duration.ofHours(24)).plusMillis(1);

        assertThat(keys.current()).isNull();
    }

    /** The answer that is underway may be older than the key. */
    @Test
    void whoJoinsAFetchThatKnewNothingOfTheKeyAsksOnceMore() throws Exception {
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var slow = new SigningKeys(
                Mono.fromCallable(() -> {
                            var answer = fetch();
                            asked.countDown();
                            go.await();
                            return answer;
                        })
                        .subscribeOn(Schedulers.boundedElastic()),
                clock);
        // Whoever asks for a future has subscribed, and so waits, before anything else happens.
        var first = slow.matching(selector("old")).toFuture();
        asked.await();
        offered = new JWKSet(List.of(NEW.toPublicJWK(), OLD.toPublicJWK()));
        var joined = slow.matching(selector("new")).toFuture();
        go.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).extracting(JWK::getKeyID).containsExactly("old");
        assertThat(joined.get(10, TimeUnit.SECONDS)).extracting(JWK::getKeyID).containsExactly("new");
    }

    @Test
    void whileTheIssuerIsDownNoKeyIsCalledUnknown() {
        matching("old");
        down = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> matching("new")).isInstanceOf(SigningKeys.Unavailable.class);
            assertThat(matching("old")).containsExactly("old");
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheFetches() {
        matching("old");
        clock.now = clock.now.minus(Duration.ofDays(30));
        offered = new JWKSet(NEW.toPublicJWK());

        assertThat(matching("new")).containsExactly("new");
    }

    @Test
    void theOrderOfKeysMeansNothing() {
        offered = new JWKSet(List.of(NEW.toPublicJWK(), OLD.toPublicJWK()));
        matching("old");
        var before = keys.current();
        offered = new JWKSet(List.of(OLD.toPublicJWK(), NEW.toPublicJWK()));
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        matching("old");

        assertThat(fetches).hasSize(2);
        assertThat(keys.current()).isSameAs(before);
    }

    @Test
    void whatIsCurrentIsAnotherObjectOnlyWhenTheKeysChange() {
        matching("old");
        var before = keys.current();
        offered = new JWKSet(OLD.toPublicJWK());
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        matching("old");
        assertThat(keys.current()).isSameAs(before);

        offered = new JWKSet(NEW.toPublicJWK());
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        matching("old");
        assertThat(keys.current()).isNotSameAs(before);
    }

    @Test
    void withoutKeysNothingCanBeToldAndTheIssuerIsAskedAgain() {
        down = true;
        assertThatThrownBy(() -> matching("old")).isInstanceOf(SigningKeys.Unavailable.class);
        assertThatThrownBy(() -> matching("old")).isInstanceOf(SigningKeys.Unavailable.class);
        assertThatThrownBy(() -> matching("old")).isInstanceOf(SigningKeys.Unavailable.class);
        assertThat(fetches).hasSize(2);

        down = false;
        clock.now = clock.now.plusSeconds(15);
        assertThat(matching("old")).containsExactly("old");
    }

    private List<String> matching(String id) {
        return matching(keys, id);
    }

    private static List<String> matching(SigningKeys keys, String id) {
        return Objects.requireNonNull(keys.matching(selector(id)).block(Duration.ofSeconds(10))).stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private static JWKSelector selector(String id) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
    }

    private static List<String> get(Future<List<String>> future) {
        try {
            return future.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
