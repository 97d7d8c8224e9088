package dev.selvage.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SHA-256, which every JVM has. */
public final class Sha256 {
    /** Before the digits, where others may stand as well. */
    public static final String PREFIX = "sha256:";

    private static final int DIGITS = 64;

    private Sha256() {}

    /** Begins one. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    /**
     * The one that this names in hexadecimal digits, with {@code sha256:} before them or without; null if it is something else.
     *
     * @return 64 digits in lower case
     */
    public static @Nullable String named(String text) {
        int start = text.length() - DIGITS;
        if (start != 0 && (start != PREFIX.length() || !text.regionMatches(true, 0, PREFIX, 0, start))) {
            return null;
        }
        boolean isLower = true;
        for (int at = start; at < text.length(); at++) {
            char digit = text.charAt(at);
            if (!HexFormat.isHexDigit(digit)) {
                return null;
            }
            isLower &= digit < 'A' || digit > 'F';
        }
        var digits = text.substring(start);
        return isLower ? digits : digits.toLowerCase(Locale.ROOT);
    }

    /** That of a text's UTF-8, in 64 hexadecimal digits of lower case. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
