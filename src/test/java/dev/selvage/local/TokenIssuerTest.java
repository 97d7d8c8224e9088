package dev.selvage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

/** Every way to ask for a token, and every way to ask wrongly. */
class TokenIssuerTest {
    private static final String ADDRESS = "http://localhost:8080";

    @TempDir
    private static Path directory;

    private static WebTestClient issuer;

    @BeforeAll
    static void start() {
        issuer = startAnother();
    }

    @ParameterizedTest
    @EnumSource(Persona.class)
    void aPersonaHasAnAddressAndAName(Persona persona) throws Exception {
        var claims = claims(get("as=" + persona.subject()));
        assertThat(claims.getSubject()).isEqualTo(persona.subject());
        assertThat(claims.getStringClaim("email")).isEqualTo(persona.email());
        assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        assertThat(claims.getStringClaim("name")).isEqualTo(persona.fullName());
        assertThat(claims.getClaims()).doesNotContainKeys("azp", "client_id", "scope");
    }

    @Test
    void aTokenIsAnAccessTokenOfTwelveHours() throws Exception {
        var token = SignedJWT.parse(get("as=admin"));
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");

        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(ADDRESS);
        assertThat(claims.getAudience()).containsExactly("selvage");
        assertThat(claims.getIssueTime()).isCloseTo(Instant.now(), 60_000);
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(12));
        assertThat(claims.getJWTID()).isNotEqualTo(claims(get("as=admin")).getJWTID());
    }

    @Test
    void anybodyElseIsNamedBySubject() throws Exception {
        var claims = claims(get("sub=auth0%7C1&email=eve%40example.com&name=Eve%20%C5%A0"));
        assertThat(claims.getSubject()).isEqualTo("auth0|1");
        assertThat(claims.getStringClaim("email")).isEqualTo("eve@example.com");
        assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        assertThat(claims.getStringClaim("name")).isEqualTo("Eve Š");
    }

    @Test
    void anAddressMayBeUnverifiedOrLeftOut() throws Exception {
        assertThat(claims(get("sub=eve&email=eve%40example.com&email_verified=false"))
                        .getBooleanClaim("email_verified"))
                .isFalse();
        assertThat(claims(get("sub=eve")).getClaims()).doesNotContainKeys("email", "email_verified");
    }

    @Test
    void anIntegratorIsItsOwnSubject() throws Exception {
        var claims = claims(get("as=integrator&client_id=acme&scope=read:orders+write:orders+read:orders"));
        assertThat(claims.getSubject()).isEqualTo("acme");
        assertThat(claims.getStringClaim("azp")).isEqualTo("acme");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("acme");
        assertThat(claims.getStringClaim("scope")).isEqualTo("read:orders write:orders");
        assertThat(claims(get("as=integrator&scope=read:orders")).getSubject()).isEqualTo("integrator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "as=",
                "as=boss",
                "as=ADMIN",
                "as=admin&as=customer",
                "as=admin&sub=eve",
                "as=admin&scope=read:orders",
                "sub=a%20b",
                "sub=eve&email=eve",
                "sub=eve&email=%40example.com",
                "sub=eve&mail=eve%40example.com",
                "sub=eve&email=eve%40example.com&email_verified=yes",
                "sub=eve&name=%07",
                "sub=eve&scope=read:orders",
                "as=integrator",
                "as=integrator&scope=read:everything",
                "as=integrator&scope=read:orders&client_id=a%20b",
                "as=integrator&scope=read:orders&email=eve%40example.com"
            })
    void aWrongQuestionIsAnsweredByOneSentence(String query) {
        var sentence = issuer.get()
                .uri(address("/dev/token?" + query))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(sentence).hasLineCount(1).endsWith(".\n");
    }

    @ParameterizedTest
    @CsvSource({"sub, 255", "client_id, 100"})
    void aNameHasABound(String parameter, int bound) throws Exception {
        var rest = parameter.equals("sub") ? "" : "&as=integrator&scope=read:orders";
        assertThat(claims(get(parameter + "=" + "x".repeat(bound) + rest)).getSubject())
                .hasSize(bound);
        issuer.get()
                .uri(address("/dev/token?" + parameter + "=" + "x".repeat(bound + 1) + rest))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void clientCredentialsComeInTheFormOrByHttpBasic() throws Exception {
        var form = "grant_type=client_credentials&scope=read:orders+read:inventory";
        for (var headers : new HttpHeaders[] {new HttpHeaders(), basic("acme", "any secret")}) {
            var answer = post(headers.isEmpty() ? form + "&client_id=acme&client_secret=any" : form, headers)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                    .expectBody()
                    .jsonPath("$.token_type")
                    .isEqualTo("Bearer")
                    .jsonPath("$.expires_in")
                    .isEqualTo(43_200)
                    .jsonPath("$.scope")
                    .isEqualTo("read:orders read:inventory");
            answer.jsonPath("$.access_token")
                    .value(String.class, token -> assertThat(subject(token)).isEqualTo("acme"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=acme&scope=read:orders, invalid_request",
        "grant_type=client_credentials&scope=read:orders, invalid_request",
        "grant_type=client_credentials&grant_type=client_credentials, invalid_request",
        "grant_type=client_credentials&client_id=a%20b&scope=read:orders, invalid_request",
        "grant_type=%zz, invalid_request",
        "grant_type=password&client_id=acme, unsupported_grant_type",
        "grant_type=client_credentials&client_id=acme, invalid_scope",
        "grant_type=client_credentials&client_id=acme&scope=read:everything, invalid_scope"
    })
    void aWrongGrantIsRefusedInTheWordsOfOAuth(String form, String error) {
        refused(post(form, new HttpHeaders()).expectStatus().isBadRequest().expectBody(), error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !", "Basic YWNtZQ==", "Bearer YWNtZTp4", "Basic YSBiOng="})
    void aClientThatCannotBeReadIsRefusedInTheWordsOfHttp(String authorization) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, authorization);
        var answer = post("grant_type=client_credentials&scope=read:orders", headers)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"selvage\"")
                .expectBody();
        refused(answer, "invalid_client");
    }

    @Test
    void theDiscoveryDocumentLeadsToTheKeyThatSigned() throws Exception {
        issuer.get()
                .uri(address("/.well-known/openid-configuration"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.issuer")
                .isEqualTo(ADDRESS)
                .jsonPath("$.token_endpoint")
                .isEqualTo(ADDRESS + "/dev/token")
                .jsonPath("$.jwks_uri")
                .isEqualTo(ADDRESS + TokenIssuer.KEYS_PATH);
        assertThat(isSignedBy(issuer, get("as=admin"))).isTrue();
    }

    @Test
    void aTokenOutlivesARestart() throws Exception {
        assertThat(isSignedBy(startAnother(), get("as=admin"))).isTrue();
    }

    @Test
    void theKeyItselfStaysHere() {
        issuer.get()
                .uri(address(TokenIssuer.KEYS_PATH))
                .exchange()
                .expectBody()
                .jsonPath("$.keys.length()")
                .isEqualTo(1)
                .jsonPath("$.keys[0].n")
                .exists()
                .jsonPath("$.keys[0].d")
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:8080", "192.0.2.1:8080"})
    void whoCallsItByAnotherNameGetsNoToken(String host) {
        issuer.get()
                .uri(address("/dev/token?as=admin"))
                .header(HttpHeaders.HOST, host)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    private static WebTestClient startAnother() {
        return WebTestClient.bindToRouterFunction(new TokenIssuer(ADDRESS, directory).tokenRoutes())
                .configureClient()
                .defaultHeader(HttpHeaders.HOST, "localhost:8080")
                .build();
    }

    private static String get(String query) {
        var token = issuer.get()
                .uri(address("/dev/token?" + query))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(token);
    }

    private static WebTestClient.ResponseSpec post(String form, HttpHeaders headers) {
        return issuer.post()
                .uri(address("/dev/token"))
                .headers(all -> all.addAll(headers))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue(form)
                .exchange();
    }

    private static void refused(BodyContentSpec answer, String error) {
        answer.jsonPath("$.error")
                .isEqualTo(error)
                // The letters that RFC 6749 allows there.
                .jsonPath("$.error_description")
                .value(
                        String.class,
                        sentence -> assertThat(sentence).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+\\."));
    }

    private static HttpHeaders basic(String client, String secret) {
        var headers = new HttpHeaders();
        headers.setBasicAuth(client, secret);
        return headers;
    }

    private static boolean isSignedBy(WebTestClient issuer, String token) throws Exception {
        var keys = issuer.get()
                .uri(address(TokenIssuer.KEYS_PATH))
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        var signed = SignedJWT.parse(token);
        var key =
                JWKSet.parse(keys).getKeyByKeyId(signed.getHeader().getKeyID()).toRSAKey();
        return signed.verify(new RSASSAVerifier(key));
    }

    private static String subject(String token) {
        try {
            return claims(token).getSubject();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JWTClaimsSet claims(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    /** As it is: a template would be encoded once more. */
    private static URI address(String path) {
        return URI.create(ADDRESS + path);
    }
}
