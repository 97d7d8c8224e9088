package dev.selvage.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:30:00Z, 2026-11-22T09:30:00Z",
        "2026-11-22t09:30:00z, 2026-11-22T09:30:00Z",
        "2026-11-22T09:30:00+02:00, 2026-11-22T07:30:00Z",
        "2026-11-22T00:30:00-11:30, 2026-11-22T12:00:00Z",
        "2026-11-22T09:30:00.5Z, 2026-11-22T09:30:00.500Z",
        "2026-11-22T09:30:00.123456Z, 2026-11-22T09:30:00.123456Z",
        "2026-11-22T09:30:00.123456789Z, 2026-11-22T09:30:00.123456Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void anInstantIsReadWithItsOffsetToTheMicrosecond(String text, String instant) {
        assertThat(read("DateTime", text)).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-22",
                "2026-11-22T09:30:00",
                "2026-11-22T09:30Z",
                "2026-11-22 09:30:00Z",
                "2026-02-30T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-22T24:00:01Z",
                "2026-11-22T09:30:00+25:00",
                "2026-11-22T09:30:00+0200",
                "12026-11-22T09:30:00Z",
                "-2026-11-22T09:30:00Z",
                "2026-11-22T09:30:00.Z",
                "2026-11-22T09:30:00.1234567890Z",
                " 2026-11-22T09:30:00Z",
                "٢٠٢٦-11-22T09:30:00Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        refused("DateTime", text);
    }

    @Test
    void aNumberIsNoInstant() {
        refused("DateTime", 1_795_000_000L);
    }

    @Test
    void everyInstantIsReadAsItIsWritten() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var instant = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L))
                    .plusNanos(1000L * random.nextInt(1_000_000));
            assertThat(read("DateTime", write("DateTime", instant))).isEqualTo(instant);
        }
    }

    @Test
    void everyDecimalOfThirtyDigitsIsReadAsItIsWritten() {
        var random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            var decimal = new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(30));
            var signed = random.nextBoolean() ? decimal : decimal.negate();
            assertThat(read("Decimal", write("Decimal", signed))).isEqualTo(signed);
        }
    }

    @ParameterizedTest
    @CsvSource({"12.50, 12.50", "-0.01, -0.01", "1e3, 1000", "1E-2, 0.01", "' 7 ', 7", "00012, 12", "+4, 4", ".5, 0.5"})
    void aDecimalIsReadExactly(String text, BigDecimal decimal) {
        assertThat((BigDecimal) read("Decimal", text)).isEqualByComparingTo(decimal);
    }

    @Test
    void numbersAreDecimalsToo() {
        assertThat(read("Decimal", 12)).isEqualTo(new BigDecimal("12"));
        assertThat(read("Decimal", Long.MAX_VALUE)).isEqualTo(BigDecimal.valueOf(Long.MAX_VALUE));
        assertThat(read("Decimal", 0.1)).isEqualTo(new BigDecimal("0.1"));
        assertThat(read("Decimal", BigInteger.TEN.pow(29))).isEqualTo(new BigDecimal(BigInteger.TEN.pow(29)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ten",
                "1,5",
                "1_000",
                "0x10",
                "NaN",
                "Infinity",
                "1e30",
                "1e-31",
                "1e999999999",
                "1e-999999999",
                "0e999999999",
                "1e2147483648",
                "--1",
                "1 2",
                "1234567890123456789012345678901"
            })
    void whatIsNoDecimalOrTooLongForOneIsRefused(String text) {
        refused("Decimal", text);
    }

    @Test
    void valuesWithoutANumberInThemAreNoDecimals() {
        refused("Decimal", Double.NaN);
        refused("Decimal", Double.POSITIVE_INFINITY);
        refused("Decimal", true);
        refused("Decimal", BigInteger.TEN.pow(30));
        refused("Decimal", "1".repeat(100_000));
    }

    @ParameterizedTest
    @CsvSource({
        "EmailAddress, nobody",
        "EmailAddress, a@b@c",
        "EmailAddress, a b@c",
        "PhoneNumber, 4155550132",
        "PhoneNumber, +0123",
        "PhoneNumber, +1234567890123456",
        "URL, example.com",
        "URL, javascript:alert(1)",
        "URL, ftp://example.com",
        "URL, http:///path",
        "CurrencyCode, usd",
        "CurrencyCode, USDX"
    })
    void textOfAnotherShapeIsRefused(String scalar, String text) {
        refused(scalar, text);
    }

    private static Object read(String scalar, Object value) {
        return Objects.requireNonNull(
                type(scalar).getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ROOT));
    }

    private static Object write(String scalar, Object value) {
        return Objects.requireNonNull(
                type(scalar).getCoercing().serialize(value, GraphQLContext.getDefault(), Locale.ROOT));
    }

    private static void refused(String scalar, Object value) {
        assertThatThrownBy(() -> read(scalar, value)).isInstanceOf(CoercingParseValueException.class);
    }

    private static graphql.schema.GraphQLScalarType type(String name) {
        return Scalars.ALL.stream()
                .filter(scalar -> scalar.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
