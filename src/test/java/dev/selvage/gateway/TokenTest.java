package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.PlainJWT;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestIssuer;
import dev.selvage.support.TestPostgres;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens the gateway believes, and what it says to the others. */
class TokenTest {
    private static TestIssuer issuer;
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        issuer = new TestIssuer();
        gateway = Gateway.start(
                TestPostgres.embedded18().database("tokens"),
                "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.address(),
                // Found by the issuer's metadata.
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=");
    }

    @AfterAll
    static void stop() {
        gateway.stop();
        issuer.stop();
    }

    @Test
    void withoutATokenACallerIsAnonymous() {
        assertThat(gateway.anonymous()
                        .query("{ viewer { user { id } roles scopes } }")
                        .ok()
                        .at("viewer")
                        .toString())
                .isEqualTo("{\"user\":null,\"roles\":[],\"scopes\":[]}");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT"})
    void aGoodTokenIsBelieved(@Nullable String type) {
        var token = TestIssuer.token(
                issuer.claims().claim("scope", "read:orders").build(), issuer.key(), JWSAlgorithm.RS256, type);

        believed(token, "read:orders");
    }

    @Test
    void signaturesByOtherAlgorithmsOfTheListAreBelieved() {
        believed(TestIssuer.token(issuer.claims().build(), issuer.key(), JWSAlgorithm.PS256, "at+jwt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS512"})
    void signaturesByOtherAlgorithmsAreNot(String algorithm) {
        refused(
                TestIssuer.token(issuer.claims().build(), issuer.key(), JWSAlgorithm.parse(algorithm), "at+jwt"),
                "This token is not valid here. Send a fresh one, or none.");
    }

    @Test
    void scopesMayAlsoBeAList() {
        believed(
                issuer.token(issuer.claims()
                        .claim("scope", List.of("read:orders", "read:calendar"))
                        .build()),
                "read:calendar",
                "read:orders");
        believed(
                issuer.token(
                        issuer.claims().claim("scp", List.of("read:orders")).build()),
                "read:orders");
    }

    @Test
    void aTokenIsGoodForAMinuteMoreThanItSays() {
        var now = Instant.now();
        believed(issuer.token(issuer.claims().expirationTime(ago(now, 30)).build()));
        believed(issuer.token(issuer.claims().notBeforeTime(ago(now, -30)).build()));
        refused(
                issuer.token(issuer.claims().expirationTime(ago(now, 61)).build()),
                "This token has expired. Send a fresh one.");
        refused(issuer.token(issuer.claims().notBeforeTime(ago(now, -90)).build()), "This token is not valid yet.");
    }

    @Test
    void aTokenThatWasGoodIsRefusedAsSoonAsItHasExpired() {
        var token = issuer.token(
                issuer.claims().expirationTime(ago(Instant.now(), 56)).build());
        believed(token);

        await().atMost(Duration.ofSeconds(8))
                .until(() -> gateway.bearer(token).query("{ __typename }").status() == 401);

        refused(token, "This token has expired. Send a fresh one.");
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        var sentence = "This token is not valid here. Send a fresh one, or none.";
        var soon = Instant.now().plusSeconds(600);
        refused(
                issuer.token(issuer.claims()
                        .expirationTime(Date.from(soon))
                        .issueTime(Date.from(soon.plusSeconds(1)))
                        .build()),
                sentence);
        refused(issuer.token(issuer.claims().claim("exp", "tomorrow").build()), sentence);
    }

    @Test
    void aTokenThatNeverExpiresIsRefused() {
        refused(
                issuer.token(issuer.claims().expirationTime(null).build()),
                "This token never expires. Send one that does.");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        refused(
                issuer.token(issuer.claims().issuer(issuer.address() + "/").build()),
                "This token is of another issuer.");
        refused(issuer.token(issuer.claims().issuer(null).build()), "This token is of another issuer.");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        var sentence = "This token is not meant for this gateway. Ask its issuer for one with the right audience.";
        refused(issuer.token(issuer.claims().audience("another").build()), sentence);
        refused(issuer.token(issuer.claims().audience((String) null).build()), sentence);
        believed(issuer.token(
                issuer.claims().audience(List.of("another", "selvage")).build()));
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        refused(
                new PlainJWT(issuer.claims().build()).serialize(),
                "This token is not valid here. Send a fresh one, or none.");
    }

    /** As if the public key, which everybody knows, were a shared secret. */
    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void thePublicKeyIsNoSecretToSignWith(String algorithm) throws Exception {
        for (var secret : List.of(
                issuer.key().toRSAPublicKey().getEncoded(),
                issuer.key().toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            var header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                    .keyID(issuer.key().getKeyID())
                    .build();
            refused(
                    TestIssuer.signed(header, issuer.claims().build(), new MACSigner(secret)),
                    "This token is not valid here. Send a fresh one, or none.");
        }
    }

    @Test
    void theSignatureOfAnotherTokenIsNotItsOwn() {
        var mine = issuer.token(issuer.claims().build()).split("\\.", -1);
        var stronger = issuer.token(
                        issuer.claims().claim("scope", "read:orders").build())
                .split("\\.", -1);

        believed(String.join(".", mine));
        refused(
                stronger[0] + "." + stronger[1] + "." + mine[2],
                "This token is not valid here. Send a fresh one, or none.");
        refused(
                mine[0] + "." + stronger[1] + "." + mine[2],
                "This token is not valid here. Send a fresh one, or none.");
    }

    /** The header may not bring the key along, by value or by address. */
    @Test
    void aKeyOfTheCallersOwnIsNotBelieved() throws Exception {
        var own = TestIssuer.newRsaKey(issuer.key().getKeyID());
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(own.getKeyID())
                .jwk(own.toPublicJWK())
                .jwkURL(java.net.URI.create(issuer.address() + "/keys"))
                .build();

        refused(
                TestIssuer.signed(header, issuer.claims().build(), new RSASSASigner(own)),
                "This token is not valid here. Send a fresh one, or none.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpop+jwt", "logout+jwt", "secevent+jwt", "JOSE"})
    void aTokenOfAnotherTypeIsRefused(String type) {
        refused(
                TestIssuer.token(issuer.claims().build(), issuer.key(), JWSAlgorithm.RS256, type),
                "This token is not valid here. Send a fresh one, or none.");
    }

    @Test
    void aTokenWithoutASubjectIsRefused() {
        var sentence = "This token names no subject. Send one of a user or a client.";
        refused(issuer.token(issuer.claims().subject(null).build()), sentence);
        refused(issuer.token(issuer.claims().subject("").build()), sentence);
        refused(issuer.token(issuer.claims().subject("  ").build()), sentence);
        refused(issuer.token(issuer.claims().subject("a\u0000b").build()), sentence);
        refused(issuer.token(issuer.claims().subject("s".repeat(256)).build()), sentence);
    }

    @Test
    void aTokenThatIsTooLongIsRefused() {
        var longest = issuer.claims().claim("padding", "p".repeat(3_500)).build();
        believed(issuer.token(longest));

        var tooLong =
                issuer.token(issuer.claims().claim("padding", "p".repeat(4_500)).build());
        assertThat(tooLong.length()).isBetween(TokenDecoder.MAX_LENGTH, 7_000);
        refused(tooLong, "This token is not valid here. Send a fresh one, or none.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", "eyJhbGciOiJSUzI1NiJ9..", ".."})
    void whatIsNoTokenIsRefused(String token) {
        refused(token, "This token is not valid here. Send a fresh one, or none.");
    }

    @Test
    void aSignatureIsWrittenInOneWayOnly() {
        var token = issuer.token(issuer.claims().build());
        var sentence = "This token is not valid here. Send a fresh one, or none.";
        // 256 bytes leave four bits of the last character that mean nothing.
        var last = token.charAt(token.length() - 1);
        var spelledOtherwise = token.substring(0, token.length() - 1) + (char) (last + 1);

        believed(token);
        refused(spelledOtherwise, sentence);
        refused(token + "=", sentence);
        refused(token + "==", sentence);
    }

    @Test
    void credentialsThatAreNotOneBearerTokenAreRefusedAndNotPassedOver() {
        var token = issuer.token(issuer.claims().build());
        for (var sent : List.of(
                List.of(token),
                List.of("Basic " + token),
                List.of("DPoP " + token),
                List.of(""),
                List.of("Bearer " + token, "Bearer " + token),
                List.of("Basic YTpi", "Bearer " + token),
                List.of("Bearer " + token, "Basic YTpi"))) {
            var request = HttpRequest.newBuilder(java.net.URI.create(gateway.address() + "/graphql"))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"{ __typename }\"}"));
            sent.forEach(credentials -> request.header("authorization", credentials));

            var answer = gateway.send(request);

            assertThat(answer.statusCode()).as("%s", sent).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
            assertThat(answer.body()).contains("Send one token, as `Authorization: Bearer …`, or none.");
        }
    }

    @Test
    void anIntegratorIsNeverAnAdministratorWhateverItsTokenSays() {
        var token = issuer.token(issuer.claims()
                .claim("roles", List.of("ADMIN", "admin"))
                .claim("role", "admin")
                .claim("scope", "admin write:inventory")
                .build());

        var viewer = gateway.bearer(token).query("{ viewer { roles scopes } users { nodes { id } } }");

        assertThat(viewer.at("viewer").toString())
                .isEqualTo("{\"roles\":[],\"scopes\":[\"read:inventory\",\"write:inventory\"]}");
        assertThat(viewer.errorCodes()).containsExactly("FORBIDDEN");
    }

    @Test
    void scopesAndRolesInAUsersTokenMeanNothing() {
        var subject = Given.unique("user");
        var token = issuer.token(issuer.claims()
                .subject(subject)
                .claim("email", subject + "@example.com")
                .claim("email_verified", true)
                .claim("roles", List.of("ADMIN"))
                .claim("scope", "read:orders read:consignors")
                .build());

        var answer = gateway.bearer(token).query("{ viewer { roles scopes } orders { nodes { id } } }");

        assertThat(answer.at("viewer").toString()).isEqualTo("{\"roles\":[\"USER\"],\"scopes\":[]}");
        assertThat(answer.errorCodes()).containsExactly("FORBIDDEN");
    }

    private static Date ago(Instant now, int seconds) {
        return Date.from(now.minus(Duration.ofSeconds(seconds)));
    }

    private static void believed(String token, String... scopes) {
        for (int time = 0; time < 2; time++) {
            assertThat(gateway.bearer(token)
                            .query("{ viewer { scopes } }")
                            .ok()
                            .at("viewer", "scopes")
                            .valueStream()
                            .map(tools.jackson.databind.JsonNode::asString))
                    .containsExactly(scopes);
        }
    }

    /** As the wire contract says, and twice, for the second time might be remembered. */
    private static void refused(String token, String sentence) {
        for (int time = 0; time < 2; time++) {
            Answer answer = gateway.bearer(token).query("{ __typename }");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate"))
                    .hasValue("Bearer error=\"invalid_token\", error_description=\"" + sentence + "\"");
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/graphql-response+json");
            assertThat(answer.body().toString())
                    .isEqualTo("{\"errors\":[{\"message\":\"" + sentence
                            + "\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}]}");
        }
    }
}
