package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestIssuer;
import dev.selvage.support.TestPostgres;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests while the issuer changes its keys, is flooded with invented ones, or is away. */
class KeyRotationTest {
    private static final String QUERY = "{ viewer { scopes } }";
    private static final TestDatabase database = TestPostgres.embedded18().database("rotation");

    private TestIssuer issuer;
    private Gateway gateway;

    @BeforeEach
    void start() {
        issuer = new TestIssuer();
        gateway = Gateway.start(
                database,
                "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.address(),
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=");
    }

    @AfterEach
    void stop() {
        gateway.stop();
        issuer.stop();
    }

    @Test
    void aRotationUnderLoadLosesNoRequest() throws Exception {
        var goOn = new AtomicBoolean(true);
        var answered = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(8)) {
            var running = IntStream.range(0, 8)
                    .mapToObj(_ -> clients.submit((Callable<Answer>) () -> {
                        Answer last = ask();
                        while (goOn.get() && last.status() == 200) {
                            last = ask();
                            answered.incrementAndGet();
                        }
                        return last;
                    }))
                    .toList();
            waitFor(answered, 200);
            issuer.replaceKeys();
            waitFor(answered, answered.get() + 400);
            goOn.set(false);

            for (Future<Answer> client : running) {
                assertThat(client.get().ok().status()).isEqualTo(200);
            }
        }
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void aTokenOfAKeyThatIsGoneIsRefusedOnceThatIsKnown() {
        var old = issuer.token(issuer.claims().build());
        for (int time = 0; time < 3; time++) {
            gateway.bearer(old).query(QUERY).ok();
        }
        issuer.replaceKeys();

        ask().ok();

        assertThat(gateway.bearer(old).query(QUERY).status()).isEqualTo(401);
    }

    @Test
    void aThousandInventedKeysAreRefusedWithFewFetchesWhileGoodTokensAreServed() {
        ask().ok();
        var inventor = TestIssuer.newRsaKey("invented");
        for (int i = 0; i < 1_000; i++) {
            var key = new com.nimbusds.jose.jwk.RSAKey.Builder(inventor)
                    .keyID("invented" + i)
                    .build();
            var token = TestIssuer.token(issuer.claims().build(), key, JWSAlgorithm.RS256, "at+jwt");
            assertThat(gateway.bearer(token).query(QUERY).errorCodes()).containsExactly("UNAUTHENTICATED");
            if (i % 100 == 0) {
                ask().ok();
            }
        }

        assertThat(issuer.fetches()).isLessThanOrEqualTo(6);
    }

    @Test
    void anIssuerThatIsAwayIsNotMissed() {
        ask().ok();
        issuer.setDown(true);

        for (int i = 0; i < 10; i++) {
            ask().ok();
        }
    }

    @Test
    void aTokenThatCannotBeCheckedIsNotCalledInvalid() {
        issuer.setDown(true);

        ask();
        var answer = ask();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("5");
        assertThat(answer.errorCodes()).containsExactly("SERVICE_UNAVAILABLE");
        assertThat(gateway.anonymous().query(QUERY).ok().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | ''
            200 | {}
            200 | {"keys": []}
            200 | {"keys": null}
            200 | <html>
            200 | null
            204 | ''
            302 | ''
            302 | {"keys": []}
            500 | oops
            """)
    void anAnswerWithoutKeysLeavesTheKnownOnesAloneAndIsNotTheCallersFault(int status, String body) {
        issuer.answerOddly(status, body);
        assertThat(ask().errorCodes()).containsExactly("SERVICE_UNAVAILABLE");
        issuer.answerWithKeys();
        ask().ok();

        issuer.answerOddly(status, body);
        var unknown = TestIssuer.token(
                issuer.claims().build(), TestIssuer.newRsaKey("unknown"), JWSAlgorithm.RS256, "at+jwt");

        assertThat(gateway.bearer(unknown).query(QUERY).errorCodes())
                .as("refused or not told, in the contract's form")
                .containsAnyOf("SERVICE_UNAVAILABLE", "UNAUTHENTICATED");
        ask().ok();
    }

    @Test
    void keysThatAreOfNoUseDoNotSpoilTheOthers() {
        var good = issuer.key().toPublicJWK().toJSONString();
        issuer.answerOddly(
                200,
                "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"brainpoolP256r1\", \"x\": \"AA\", \"y\": \"AA\"},"
                        + " {\"kty\": \"RSA\", \"e\": \"AQAB\"}, {\"kid\": \"none\"}, {\"kty\": \"AKP\"},"
                        + " {\"kty\": \"oct\", \"k\": \"AAAA\"}, " + good + "]}");

        ask().ok();
    }

    @Test
    void ellipticCurvesAreBelievedToo() {
        var key = TestIssuer.newEcKey("curve");
        issuer.offer(key);
        var token = TestIssuer.token(
                issuer.claims().claim("scope", "read:orders").build(), key, JWSAlgorithm.ES256, "at+jwt");

        assertThat(gateway.bearer(token)
                        .query(QUERY)
                        .ok()
                        .at("viewer", "scopes")
                        .toString())
                .isEqualTo(List.of("\"read:orders\"").toString());
    }

    private Answer ask() {
        return gateway.bearer(issuer.token(issuer.claims().build())).query(QUERY);
    }

    private static void waitFor(AtomicInteger answered, int many) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> answered.get() >= many);
    }
}
