package dev.selvage.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.selvage.Measured;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Checking a token that was signed by RS256 with 2048 bits. */
public class TokenDecoderBenchmark extends Measured {
    private static final String ISSUER = "https://issuer.example";

    private SigningKeys keys;
    private TokenRules rules;
    private TokenDecoder decoder;
    private byte[] sent;

    @Setup
    public void rememberOne() throws JOSEException {
        var key = new RSAKeyGenerator(2048).keyID("first").generate();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("7f0c2a52-9d5c-4f0e-9a57-1f6c1f0b2d11")
                .audience("selvage")
                .claim("email", "somebody@example.com")
                .claim("email_verified", true)
                .claim("name", "Some Body")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofDays(1))))
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var token = new SignedJWT(header, claims);
        token.sign(new RSASSASigner(key));
        sent = token.serialize().getBytes(StandardCharsets.US_ASCII);
        keys = new SigningKeys(Mono.just(new JWKSet(key.toPublicJWK())), Clock.systemUTC());
        rules = new TokenRules(ISSUER, Set.of("selvage"), Clock.systemUTC());
        decoder = decoder();
        // One asks for the keys, and only what is checked with them at hand is remembered.
        decode(decoder);
        decode(decoder);
    }

    private TokenDecoder decoder() {
        return new TokenDecoder(keys, Set.of(JWSAlgorithm.RS256), rules);
    }

    private Jwt decode(TokenDecoder by) {
        var token = new String(sent, StandardCharsets.US_ASCII);
        return Objects.requireNonNull(by.decode(token).block());
    }

    @Benchmark
    public Jwt remembered() {
        return decode(decoder);
    }

    /** By a decoder made for it, since another would remember. */
    @Benchmark
    public Jwt firstSeen() {
        return decode(decoder());
    }
}
