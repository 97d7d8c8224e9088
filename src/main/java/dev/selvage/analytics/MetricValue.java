package dev.selvage.analytics;

import dev.selvage.kernel.Input;
import dev.selvage.kernel.UserError.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be recorded as a figure: what the database keeps as it is, and what can be read back. */
final class MetricValue {
    /** As far as the `path` of a rollup reaches. */
    static final int MAX_DEPTH = 10;

    /** Of a number as the database writes it: without an exponent. A JSON reader takes no more. */
    static final int MAX_DIGITS = 1_000;

    private MetricValue() {}

    /** Why it will not do. */
    record Fault(ErrorCode code, String sentence) {}

    /** @param value JSON as maps, lists, texts and numbers */
    static @Nullable Fault fault(Object value) {
        return value instanceof Map || value instanceof Number
                ? fault(value, 0)
                : new Fault(ErrorCode.INVALID, AnalyticsConstraints.SHAPE);
    }

    private static @Nullable Fault fault(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            return new Fault(ErrorCode.INVALID, "A value is nested at most " + MAX_DEPTH + " levels deep.");
        }
        return switch (value) {
            case Number number ->
                digits(number) <= MAX_DIGITS
                        ? null
                        : new Fault(
                                ErrorCode.OUT_OF_RANGE, "A number has at most 1,000 digits when it is written out.");
            case String text -> fault(text);
            case List<?> list -> {
                for (var element : list) {
                    var fault = fault(element, depth + 1);
                    if (fault != null) {
                        yield fault;
                    }
                }
                yield null;
            }
            case Map<?, ?> object -> {
                for (var member : object.entrySet()) {
                    var name = fault(member.getKey().toString());
                    var fault = name == null ? fault(member.getValue(), depth + 1) : name;
                    if (fault != null) {
                        yield fault;
                    }
                }
                yield null;
            }
            case null, default -> null;
        };
    }

    private static @Nullable Fault fault(String text) {
        return Input.isStorable(text)
                ? null
                : new Fault(ErrorCode.INVALID, "A text has a character that cannot be stored. Leave it out.");
    }

    private static long digits(Number number) {
        var exact = switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger whole -> new BigDecimal(whole);
            default -> new BigDecimal(number.toString());
        };
        return Math.max((long) exact.precision() - exact.scale(), 1) + Math.max(exact.scale(), 0);
    }
}
