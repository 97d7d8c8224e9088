package dev.selvage.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;

/** What tokens are signed with: RS256, which every resource server accepts unless told otherwise. */
record SigningKey(RSAKey key) {
    private static final String FILE = "token-key.json";
    private static final int BITS = 2048;

    /** The key in this directory, made at the first start so that tokens outlive a restart. */
    static SigningKey keptIn(Path directory) {
        try {
            return new SigningKey(RSAKey.parse(Secrets.keep(directory, FILE, SigningKey::make)));
        } catch (ParseException e) {
            throw new IllegalStateException(
                    "No key in " + directory.resolve(FILE) + ": delete the file, and a new one is made.", e);
        }
    }

    /** The public half, as resource servers ask for it. */
    Map<String, Object> publicSet() {
        return new JWKSet(key).toJSONObject();
    }

    String sign(JWTClaimsSet claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String make() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
