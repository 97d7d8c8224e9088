package dev.selvage.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same text for the same values, and another for others: SHA-256 of what was sent, as the schema has read it. The order
 * of an object's fields and the way a number is written make no difference.
 */
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(Map<String, Object> arguments) {
        var fingerprint = new Fingerprint(Sha256.digest());
        fingerprint.add(arguments);
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    /** Each value with its kind and its length, so that no two write the same bytes. */
    private void add(@Nullable Object value) {
        switch (value) {
            case null -> part('n', "");
            case Map<?, ?> object -> {
                part('o', Integer.toString(object.size()));
                var fields = new TreeMap<String, @Nullable Object>();
                object.forEach((name, field) -> fields.put(name.toString(), field));
                fields.forEach((name, field) -> {
                    part('f', name);
                    add(field);
                });
            }
            case List<?> list -> {
                part('l', Integer.toString(list.size()));
                list.forEach(this::add);
            }
            case BigDecimal number -> part('d', number.stripTrailingZeros().toString());
            case BigInteger number -> add(new BigDecimal(number));
            case Double number -> add(new BigDecimal(number.toString()));
            case Integer number -> add(BigDecimal.valueOf(number));
            case Long number -> add(BigDecimal.valueOf(number));
            default -> part('t', value.toString());
        }
    }

    private void part(char kind, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((kind + Integer.toString(bytes.length) + ':').getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
