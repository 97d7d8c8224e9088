package dev.selvage.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A token issuer that does what a test wants: signs anything, changes its keys, and does not answer. */
public final class TestIssuer {
    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<JWK> keys = List.of(newRsaKey("first"));
    private volatile boolean down;
    private volatile @Nullable String oddAnswer;
    private volatile int oddStatus = 200;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/.well-known/openid-configuration", exchange -> answer(exchange, """
                {"issuer": "%s", "jwks_uri": "%s/keys"}""".formatted(address(), address())));
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            var odd = oddAnswer;
            if (odd == null) {
                answer(exchange, new JWKSet(keys).toString());
            } else {
                answerOddly(exchange, odd);
            }
        });
        server.start();
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(down ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void answerOddly(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(oddStatus, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** Answers this from now on where its keys are asked for. */
    public void answerOddly(int status, String body) {
        oddStatus = status;
        oddAnswer = body;
    }

    public void answerWithKeys() {
        oddAnswer = null;
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How often its keys were asked for. */
    public int fetches() {
        return fetches.get();
    }

    /** Whether it answers errors from now on. */
    public void setDown(boolean down) {
        this.down = down;
    }

    public void stop() {
        server.stop(0);
    }

    /** The key that signs at the moment. */
    public RSAKey key() {
        return (RSAKey) keys.getFirst();
    }

    /** Signs with a new key from now on, and keeps the last one among its keys. */
    public void rotate() {
        var all = new ArrayList<JWK>();
        all.add(newRsaKey(Given.unique("key")));
        all.add(keys.getFirst());
        keys = List.copyOf(all);
    }

    /** Signs with a new key from now on; those before it are no longer good. */
    public void replaceKeys() {
        keys = List.of(newRsaKey(Given.unique("key")));
    }

    /** Offers one more public key. */
    public void offer(JWK key) {
        var all = new ArrayList<>(keys);
        all.add(key);
        keys = List.copyOf(all);
    }

    public static RSAKey newRsaKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ECKey newEcKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a good token of an integrator without scopes, to be changed. */
    public JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(address())
                .subject("client")
                .claim("azp", "client")
                .audience("selvage")
                .issueTime(Date.from(now.minus(Duration.ofHours(1))))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    /** A token of this issuer with these claims. */
    public String token(JWTClaimsSet claims) {
        return token(claims, key(), JWSAlgorithm.RS256, "at+jwt");
    }

    /** @param type the header's {@code typ}; null for none */
    public static String token(JWTClaimsSet claims, JWK key, JWSAlgorithm algorithm, @Nullable String type) {
        var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        try {
            return signed(
                    header.build(),
                    claims,
                    key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        var token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
