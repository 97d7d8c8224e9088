package dev.selvage.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is written is read back as it was. */
class JsonOutputTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Any characters, with many of those that need care. */
    @Provide
    Arbitrary<String> texts() {
        var careful = Arbitraries.of(
                '"', '\\', '/', '\0', '\b', '\t', '\n', '\f', '\r', '\u001f', '\u007f', '\u0080', '\u07ff', '\u0800',
                '\u2028', '\u2029', '\ud83d', '\ude00', '\ud800', '\udfff', '\ue000', '\uffff');
        return Arbitraries.frequencyOf(
                        Tuple.of(3, careful),
                        Tuple.of(2, Arbitraries.chars().ascii()),
                        Tuple.of(2, Arbitraries.chars().all()))
                .list()
                .ofMaxSize(60)
                .map(characters -> {
                    var text = new StringBuilder();
                    characters.forEach(text::append);
                    return text.toString();
                });
    }

    @Provide
    Arbitrary<Object> values() {
        return values(4);
    }

    @SuppressWarnings("NullAway") // JSON has null too.
    private Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts().map(text -> text),
                Arbitraries.integers().map(whole -> whole),
                Arbitraries.longs().filter(whole -> (int) (long) whole != whole).map(whole -> whole),
                Arbitraries.bigDecimals().filter(number -> number.scale() > 0).map(number -> number),
                Arbitraries.of(true, false).map(bool -> bool),
                Arbitraries.just("").injectNull(1).map(nothing -> nothing));
        if (depth == 0) {
            return leaves;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(3, leaves),
                Tuple.of(
                        1,
                        Arbitraries.lazy(() -> values(depth - 1))
                                .list()
                                .ofMaxSize(4)
                                .map(list -> list)),
                Tuple.of(
                        1,
                        Arbitraries.maps(texts().map(JsonOutputTest::sent), Arbitraries.lazy(() -> values(depth - 1)))
                                .ofMaxSize(4)
                                .map(map -> map)));
    }

    /** Half a surrogate pair is no text; what is written in its place is one question mark. */
    private static String sent(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static @Nullable Object sent(@Nullable Object value) {
        return switch (value) {
            case String text -> sent(text);
            case List<?> list -> {
                var elements = new ArrayList<@Nullable Object>();
                list.forEach(element -> elements.add(sent(element)));
                yield elements;
            }
            case Map<?, ?> map -> {
                var members = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                map.forEach((name, member) -> members.put(name, sent(member)));
                yield members;
            }
            case null, default -> value;
        };
    }

    private static byte[] written(int expected, int limit, Consumer<JsonOutput> writes) {
        var out = new JsonOutput(expected, limit);
        writes.accept(out);
        var written = out.written();
        assertThat(written.remaining()).isEqualTo(out.size()).isLessThanOrEqualTo(limit);
        var bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    private static @Nullable Object read(byte[] json) {
        return STRICT.readValue(json, Object.class);
    }

    @Property(tries = 3000, seed = "1")
    void everyTextIsReadBackAsItWas(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int expected) {
        assertThat(read(written(expected, NO_LIMIT, out -> out.writeString(text))))
                .isEqualTo(sent(text));
    }

    @Example
    void everyCharacterIsReadBackAsItWas() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            var text = point < 0x10000 ? String.valueOf((char) point) : Character.toString(point);
            var json = written(8, NO_LIMIT, out -> out.writeString(text));
            assertThat(new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(
                            point < 0x20 || point == '"' || point == '\\'
                                    ? new String(json, StandardCharsets.US_ASCII)
                                    : '"' + sent(text) + '"');
            assertThat(read(json)).isEqualTo(sent(text));
        }
    }

    @Example
    void halfASurrogatePairIsAQuestionMark() {
        assertThat(read(written(0, NO_LIMIT, out -> out.writeString("a\ud83db\ude00\ud83d\ude00\ud83d"))))
                .isEqualTo("a?b?😀?");
    }

    @Property(tries = 3000, seed = "1")
    void everyValueIsReadBackAsItWas(@ForAll("values") Object value, @ForAll @IntRange(max = 40) int expected) {
        assertThat(read(written(expected, NO_LIMIT, out -> out.writeValue(value))))
                .isEqualTo(sent(value));
    }

    @Property(tries = 3000, seed = "1")
    void everyWholeNumberIsWrittenAsJavaWritesIt(@ForAll long whole) {
        assertThat(written(0, NO_LIMIT, out -> out.writeLong(whole))).asString().isEqualTo(Long.toString(whole));
        assertThat(written(0, NO_LIMIT, out -> out.writeInt((int) whole)))
                .asString()
                .isEqualTo(Integer.toString((int) whole));
    }

    @Example
    void theLargestAndSmallestNumbersToo() {
        for (long whole : new long[] {
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            Long.MAX_VALUE,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            0,
            -1,
            9,
            10,
            99,
            100,
            999_999_999_999_999_999L,
            1_000_000_000_000_000_000L
        }) {
            assertThat(written(0, NO_LIMIT, out -> out.writeLong(whole)))
                    .asString()
                    .isEqualTo(Long.toString(whole));
        }
        for (Number number :
                List.of(new BigInteger("9".repeat(60)), new BigDecimal("-0.000000000000001"), 1e300, -0.5f)) {
            assertThat(new BigDecimal(String.valueOf(read(written(0, NO_LIMIT, out -> out.writeValue(number))))))
                    .isEqualByComparingTo(new BigDecimal(number.toString()));
        }
    }

    @Example
    void whatIsNoJsonIsNotWritten() {
        assertThatThrownBy(() -> written(0, NO_LIMIT, out -> out.writeValue(new Object())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** An object whose member is taken back: nothing of it is left, and what follows is written as if it had not been. */
    @Property(seed = "1")
    void whatIsTakenBackLeavesNothing(
            @ForAll("values") Object kept, @ForAll("values") Object taken, @ForAll boolean first) {
        var json = written(2, NO_LIMIT, out -> {
            out.raw('{');
            if (!first) {
                out.write(new JsonOutput.Key("kept"));
                out.writeValue(kept);
            }
            int before = out.size();
            out.write(new JsonOutput.Key("taken"));
            out.writeValue(taken);
            out.truncate(before);
            out.write(new JsonOutput.Key("last"));
            out.writeNull();
            out.raw('}');
        });

        var read = new LinkedHashMap<String, @Nullable Object>();
        if (!first) {
            read.put("kept", sent(kept));
        }
        read.put("last", null);
        assertThat(read(json)).isEqualTo(read);
    }

    @Property(seed = "1")
    void whatFitsIsWrittenAndOneByteLessIsFull(
            @ForAll("values") Object value, @ForAll @IntRange(max = 40) int expected) {
        int size = written(0, NO_LIMIT, out -> out.writeValue(value)).length;

        assertThat(written(expected, size, out -> out.writeValue(value))).hasSize(size);
        assertThatThrownBy(() -> written(expected, size - 1, out -> out.writeValue(value)))
                .isInstanceOf(JsonOutput.Full.class);
    }

    @Example
    void aLongTextFillsItToTheLastByte() {
        for (var text : List.of(
                "a".repeat(10_000),
                "\0".repeat(10_000),
                "é".repeat(10_000),
                "😀".repeat(10_000),
                "\n\u2028".repeat(10_000))) {
            int size = written(0, NO_LIMIT, out -> out.writeString(text)).length;
            assertThat(written(16, size, out -> out.writeString(text))).hasSize(size);
            assertThatThrownBy(() -> written(16, size - 1, out -> out.writeString(text)))
                    .isInstanceOf(JsonOutput.Full.class);
        }
    }

    @Property(seed = "1")
    void numbersAreFilledUpWithZeros(@ForAll @IntRange(max = 999_999) int value) {
        assertThat(written(0, NO_LIMIT, out -> out.writePadded(value, 6)))
                .asString()
                .isEqualTo("%06d".formatted(value));
    }
}
