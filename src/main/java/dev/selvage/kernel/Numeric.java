package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;

/** PostgreSQL's {@code numeric} in binary: digits of ten thousands, as many as it takes. */
final class Numeric {
    private static final int BASE = 10_000;
    private static final int DIGITS = 4;
    private static final int NEGATIVE = 0x4000;
    private static final int POSITIVE = 0;

    /** Ten thousands that fit into a long whatever they are. */
    private static final int SHORT = 4;

    private Numeric() {}

    /** @throws NumberFormatException for NaN and infinity */
    static BigDecimal read(ByteBuf value) {
        // Four short numbers, read as one: each reading is checked by the buffer.
        long header = value.readLong();
        int count = (short) (header >>> 48);
        int weight = (short) (header >>> 32);
        int sign = (int) (header >>> 16) & 0xFFFF;
        int scale = (short) header;
        if (sign != POSITIVE && sign != NEGATIVE) {
            throw new NumberFormatException("Neither NaN nor infinity is a decimal number");
        }
        var digits = count <= SHORT ? BigDecimal.valueOf(read(value, count)) : readLonger(value, count);
        // Behind the last of them stand as many zeros, or before it the point.
        var number = digits.scaleByPowerOfTen(DIGITS * (weight - count + 1)).setScale(scale);
        return sign == NEGATIVE ? number.negate() : number;
    }

    private static long read(ByteBuf value, int count) {
        long digits = 0;
        for (int i = 0; i < count; i++) {
            digits = digits * BASE + value.readShort();
        }
        return digits;
    }

    private static BigDecimal readLonger(ByteBuf value, int count) {
        var digits = BigDecimal.ZERO;
        for (int read = 0; read < count; read += SHORT) {
            int some = Math.min(SHORT, count - read);
            digits = digits.scaleByPowerOfTen(DIGITS * some).add(BigDecimal.valueOf(read(value, some)));
        }
        return digits;
    }
}
