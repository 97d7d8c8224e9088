package dev.selvage.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalIdTest {
    private static final int TRIES = 20_000;

    @Test
    void everyKeyComesBackAsItWas() {
        var random = new Random(7);
        for (int i = 0; i < TRIES; i++) {
            long number = i == 0 ? Long.MAX_VALUE : i == 1 ? 1 : random.nextLong(1, Long.MAX_VALUE);
            assertThat(GlobalId.keyOf(GlobalId.of("Event", number), "Event", Long.class))
                    .isEqualTo(number);
            assertThat(GlobalId.keyOf(GlobalId.of("Event", number), "InventoryItem", Long.class))
                    .isNull();
            var uuid = new UUID(random.nextLong(), random.nextLong());
            assertThat(GlobalId.keyOf(GlobalId.of("User", uuid), "User", UUID.class))
                    .isEqualTo(uuid);
        }
    }

    @Test
    void anyOtherTextIsRefusedOrIsWrittenExactlySo() {
        var random = new Random(8);
        for (int i = 0; i < TRIES; i++) {
            var text = noise(random);
            var thrown = catchThrowable(() -> {
                var id = GlobalId.parse(text);
                assertThat(GlobalId.of(id.type(), id.key())).isEqualTo(text);
            });
            assertThat(thrown == null || isBadInput(thrown)).as(text).isTrue();
        }
    }

    @Test
    void oneCharacterMoreOrLessOrOtherIsAnotherIdOrNone() {
        var id = GlobalId.of("Event", 1234567890123456789L);
        for (int at = 0; at <= id.length(); at++) {
            for (var character : List.of("A", "_", "=", " ", "\0", "é")) {
                var inserted = id.substring(0, at) + character + id.substring(at);
                var thrown = catchThrowable(() -> assertThat(GlobalId.keyOf(inserted, "Event", Long.class))
                        .isNotEqualTo(1234567890123456789L));
                assertThat(thrown == null || isBadInput(thrown)).as(inserted).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "+1",
                "01",
                "1 ",
                " 1",
                "1.0",
                "1e3",
                "",
                "9223372036854775808",
                "99999999999999999999",
                "٣",
                "1:2",
                "018f0000-0000-7000-8000-000000000000"
            })
    void aKeyThatNoTableCouldHaveIsRefused(String key) {
        var id = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("Event:" + key).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> GlobalId.keyOf(id, "Event", Long.class)).matches(GlobalIdTest::isBadInput);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "1-1-1-1-1", "018F0000-0000-7000-8000-000000000000", "018f0000000070008000000000000000", ""
            })
    void aKeyThatIsNotAUuidAsItIsWrittenIsRefused(String key) {
        assertThatThrownBy(() -> GlobalId.keyOf(GlobalId.of("User", key), "User", UUID.class))
                .matches(GlobalIdTest::isBadInput);
    }

    private static boolean isBadInput(Throwable thrown) {
        return thrown instanceof Refusal refusal && refusal.code() == Refusal.Code.BAD_USER_INPUT;
    }

    private static String noise(Random random) {
        var alphabet = random.nextBoolean() ? "ABCabc019-_=RXZlbnQ6" : "é\0 \n\uD83D\uDE00:RXZlbnQ6MQ";
        return Stream.generate(() -> alphabet.charAt(random.nextInt(alphabet.length())))
                .limit(random.nextInt(200))
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
