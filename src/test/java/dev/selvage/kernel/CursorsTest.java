package dev.selvage.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
    private static final String SECRET = "c2l4dGVlbiBieXRlcyBvciBtb3Jl";
    private static final Cursors cursors = new Cursors(SECRET);

    private record Kind(SortKey sort, Object key, Object id) {}

    private static List<Kind> kinds(Random random) {
        var text = random.ints(random.nextInt(60), 1, 0xD800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var micros = Instant.EPOCH
                .plusSeconds(random.nextLong(-60_000_000_000L, 200_000_000_000L))
                .plusNanos(1000L * random.nextInt(1_000_000));
        return List.of(
                new Kind(sort("T", Instant.class), micros, random.nextLong()),
                new Kind(sort("S", Instant.class), OffsetDateTime.MAX.toInstant(), new UUID(0, random.nextLong())),
                new Kind(
                        sort("D", LocalDate.class),
                        LocalDate.ofEpochDay(random.nextLong(-2_000_000, 100_000_000)),
                        random.nextLong()),
                new Kind(sort("N", String.class), text, random.nextLong()),
                new Kind(sort("N", String.class), "", new UUID(random.nextLong(), random.nextLong())),
                new Kind(sort("P", Long.class), random.nextLong(), random.nextLong()),
                new Kind(sort("I", Integer.class), random.nextInt(), new UUID(random.nextLong(), random.nextLong())));
    }

    private static SortKey sort(String name, Class<?> type) {
        return new SortKey(name, "column", type);
    }

    @Test
    void everyPositionComesBackAsItWas() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            for (var kind : kinds(random)) {
                var position = new Cursors.Position(kind.key(), kind.id());
                var cursor = cursors.write("events", kind.sort(), position);

                assertThat(cursor).matches("[A-Za-z0-9_-]+");
                assertThat(cursors.read("events", kind.sort(), kind.id().getClass(), cursor))
                        .isEqualTo(position);
            }
        }
    }

    /** The first moment, the last one, and what the driver makes of {@code infinity}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4713-11-24T00:00:00Z",
                "1999-12-31T23:59:59.999999Z",
                "+294276-12-31T23:59:59.999999Z",
                "+1000000000-01-01T17:59:59.999999999Z"
            })
    void everyMomentThatPostgresKeepsComesBackAsItWas(String moment) {
        var position = new Cursors.Position(Instant.parse(moment), 1L);
        var cursor = cursors.write("events", sort("T", Instant.class), position);

        assertThat(cursors.read("events", sort("T", Instant.class), Long.class, cursor))
                .isEqualTo(position);
    }

    @Test
    void aCursorOfWhichAnyBitIsFlippedIsRefused() {
        for (var kind : kinds(new Random(2))) {
            var cursor = cursors.write("events", kind.sort(), new Cursors.Position(kind.key(), kind.id()));
            var bytes = Base64.getUrlDecoder().decode(cursor);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                refused("events", kind, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
    }

    @Test
    void aCursorCutShortOrMadeLongerOrSpeltOtherwiseIsRefused() {
        for (var kind : kinds(new Random(3))) {
            var cursor = cursors.write("events", kind.sort(), new Cursors.Position(kind.key(), kind.id()));
            for (int length = 0; length < cursor.length(); length++) {
                refused("events", kind, cursor.substring(0, length));
            }
            for (var other : List.of(cursor + "A", cursor + "=", "A" + cursor, cursor + "\n", cursor.repeat(50))) {
                refused("events", kind, other);
            }
        }
    }

    @Test
    void aCursorIsForItsListItsSortAndItsDeployment() {
        var kind = kinds(new Random(4)).getFirst();
        var position = new Cursors.Position(kind.key(), kind.id());
        var cursor = cursors.write("events", kind.sort(), position);

        refused("inventory_items", kind, cursor);
        refused("events", new Kind(sort("U", Instant.class), kind.key(), kind.id()), cursor);
        refused(
                "events",
                kind,
                new Cursors("YW5vdGhlciBzZWNyZXQgb2YgYSBkZXBsb3ltZW50").write("events", kind.sort(), position));
        assertThat(new Cursors(SECRET).read("events", kind.sort(), Long.class, cursor))
                .isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "c2hvcnQ=", "not base64 at all, whatever its length is"})
    void aSecretThatIsTooWeakStopsTheStart(String secret) {
        assertThatThrownBy(() -> new Cursors(secret)).hasMessageContaining("gateway.cursor-secret");
    }

    private static void refused(String list, Kind kind, String cursor) {
        assertThatThrownBy(() -> cursors.read(list, kind.sort(), kind.id().getClass(), cursor))
                .as(cursor)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID_CURSOR));
    }
}
