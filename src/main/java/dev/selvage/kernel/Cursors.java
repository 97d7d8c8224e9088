package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes and reads the positions that clients hold in a list: the sort key and the id of a row, signed (HMAC-SHA-256, the
 * first 16 bytes) together with the name of the list and the sort, so that a cursor works for the sort it was made for and
 * nothing else does.
 */
@Component
public final class Cursors {
    private static final int SIGNATURE_BYTES = 16;
    private static final int MAX_LENGTH = 2048;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant INFINITY = OffsetDateTime.MAX.toInstant();

    private final Mac signer;

    /** @param secret base64 of at least 16 bytes; the same for all instances of a deployment, or their cursors differ */
    Cursors(@Value("${gateway.cursor-secret}") String secret) {
        this.signer = signer(secret);
    }

    private static Mac signer(String secret) {
        try {
            var bytes = Base64.getDecoder().decode(secret.strip());
            if (bytes.length < 16) {
                throw new IllegalArgumentException("fewer than 16 bytes");
            }
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac;
        } catch (IllegalArgumentException | GeneralSecurityException unusable) {
            throw new IllegalStateException(
                    "gateway.cursor-secret must be base64 of at least 16 random bytes, for example of `openssl rand -base64 32`",
                    unusable);
        }
    }

    /** A row's place in a list. */
    record Position(Object sortKey, Object id) {}

    String write(String list, SortKey sort, Position position) {
        var key = bytesOf(position.sortKey());
        var id = bytesOf(position.id());
        var payload = ByteBuffer.allocate(1 + id.length + key.length)
                .put((byte) id.length)
                .put(id)
                .put(key)
                .array();
        var signature = sign(list, sort, payload);
        return ENCODER.encodeToString(ByteBuffer.allocate(SIGNATURE_BYTES + payload.length)
                .put(signature)
                .put(payload)
                .array());
    }

    /** @throws Refusal INVALID_CURSOR unless {@link #write} made it for the same list and sort */
    Position read(String list, SortKey sort, Class<?> idType, String cursor) {
        if (cursor.length() <= MAX_LENGTH) {
            try {
                var bytes = Base64.getUrlDecoder().decode(cursor);
                if (bytes.length > SIGNATURE_BYTES + 1
                        && ENCODER.encodeToString(bytes).equals(cursor)) {
                    var payload = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
                    var signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
                    if (MessageDigest.isEqual(signature, sign(list, sort, payload))) {
                        int idLength = payload[0];
                        return new Position(
                                valueOf(Arrays.copyOfRange(payload, 1 + idLength, payload.length), sort.type()),
                                valueOf(Arrays.copyOfRange(payload, 1, 1 + idLength), idType));
                    }
                }
            } catch (IllegalArgumentException notBase64) {
                // Falls through to the one refusal.
            }
        }
        throw new Refusal(
                Code.INVALID_CURSOR,
                "This cursor is not of this list and sort. Send one as it was answered, with the same sort.");
    }

    private byte[] sign(String list, SortKey sort, byte[] payload) {
        try {
            // A clone is ready to use and a fraction of the price of a new instance; Mac itself is not for two threads.
            var mac = (Mac) signer.clone();
            mac.update((list + ' ' + sort.name() + '\n').getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytesOf(Object value) {
        return switch (value) {
            case Integer number -> ByteBuffer.allocate(4).putInt(number).array();
            case Long number -> ByteBuffer.allocate(8).putLong(number).array();
            case Instant instant ->
                ByteBuffer.allocate(8).putLong(micros(instant)).array();
            case LocalDate day ->
                ByteBuffer.allocate(8).putLong(day.toEpochDay()).array();
            case UUID uuid ->
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalStateException("No cursor over a " + value.getClass());
        };
    }

    private static Object valueOf(byte[] bytes, Class<?> type) {
        var buffer = ByteBuffer.wrap(bytes);
        if (type == Integer.class) {
            return buffer.getInt();
        }
        if (type == Long.class) {
            return buffer.getLong();
        }
        if (type == Instant.class) {
            return instant(buffer.getLong());
        }
        if (type == LocalDate.class) {
            return LocalDate.ofEpochDay(buffer.getLong());
        }
        if (type == UUID.class) {
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As PostgreSQL keeps it; {@code infinity}, which the driver makes the last moment of all, is the largest number. */
    private static long micros(Instant instant) {
        return instant.equals(INFINITY) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(POSTGRES_EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return micros == Long.MAX_VALUE ? INFINITY : POSTGRES_EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
