package dev.selvage.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id that clients hold: opaque, stable, and carrying its type, so that {@code node(id)} finds any record.
 *
 * @param type the GraphQL type's name
 * @param key the record's key as text: a whole number above zero or a UUID
 */
public record GlobalId(String type, String key) {
    private static final int MAX_LENGTH = 128;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The global id of the record of this type under this key. */
    public static String of(String type, Object key) {
        return ENCODER.encodeToString((type + ':' + key).getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads what a client sent.
     *
     * @throws Refusal BAD_USER_INPUT if it cannot have been made by {@link #of}
     */
    public static GlobalId parse(String text) {
        if (text.length() <= MAX_LENGTH) {
            try {
                var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
                int colon = decoded.indexOf(':');
                // Comparing with what it would be written as refuses all other spellings of the same bytes.
                if (colon > 0
                        && of(decoded.substring(0, colon), decoded.substring(colon + 1))
                                .equals(text)) {
                    return new GlobalId(decoded.substring(0, colon), decoded.substring(colon + 1));
                }
            } catch (IllegalArgumentException notBase64) {
                // Falls through to the one refusal.
            }
        }
        throw malformed();
    }

    /** The key of a record of this type, or null if the id is another type's: then there is no such record. */
    public static <K> @Nullable K keyOf(String text, String type, Class<K> keyType) {
        var id = parse(text);
        return id.type().equals(type) ? id.keyAs(keyType) : null;
    }

    /**
     * The key as the table has it.
     *
     * @throws Refusal BAD_USER_INPUT if no table could have such a key
     */
    <K> K keyAs(Class<K> keyType) {
        try {
            if (keyType == Long.class && NUMBER.matcher(key).matches()) {
                return keyType.cast(Long.valueOf(key));
            }
            if (keyType == UUID.class && UUID.fromString(key).toString().equals(key)) {
                return keyType.cast(UUID.fromString(key));
            }
        } catch (IllegalArgumentException notAKey) {
            // Falls through to the one refusal.
        }
        throw malformed();
    }

    /** What is said of an id that cannot have been made by {@link #of}. */
    public static Refusal malformed() {
        return Refusal.badInput("This is not an id of this gateway. Send an `id` exactly as it was answered.");
    }
}
