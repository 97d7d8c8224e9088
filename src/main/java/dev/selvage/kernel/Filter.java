package dev.selvage.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a list's filter input: what it means as a condition. Columns and functions named here are constants; what a
 * caller sent is always bound.
 */
@FunctionalInterface
public interface Filter {
    /** The conditions for this argument value; none of them may be reordered, since each numbers its own values. */
    List<Condition> of(Object argument);

    /**
     * A condition with at most one value.
     *
     * @param text SQL with {@code ?} where the value goes
     */
    record Condition(String text, @Nullable Object value) {}

    /** What holds for no row. */
    Condition NEVER = new Condition("false", null);

    /** The column equals the text. */
    static Filter equal(String column) {
        return text -> List.of(new Condition(column + " = ?", checked((String) text)));
    }

    /** The column, an enum in lower case, is one of the words. */
    static Filter oneOf(String column) {
        return argument -> {
            if (((List<?>) argument).stream().anyMatch(Objects::isNull)) {
                throw Refusal.badInput("A list must not contain null.");
            }
            var words = ((List<?>) argument)
                    .stream()
                            .map(word -> word.toString().toLowerCase(Locale.ROOT))
                            .distinct()
                            .toArray(String[]::new);
            // One word is the usual case, and only equality lets an index deliver the rows in order.
            return List.of(
                    words.length == 1
                            ? new Condition(column + " = ?", words[0])
                            : new Condition(column + " = ANY (?)", words));
        };
    }

    /** The column, an enum in lower case, is the word. */
    static Filter word(String column) {
        return argument ->
                List.of(new Condition(column + " = ?", argument.toString().toLowerCase(Locale.ROOT)));
    }

    /**
     * The column holds the key of this record. An id of another type names no record, so nothing matches.
     *
     * @param condition SQL with {@code ?} for the key
     */
    static Filter id(String condition, String type, Class<?> keyType) {
        return argument -> {
            Object key = GlobalId.keyOf((String) argument, type, keyType);
            return List.of(key == null ? NEVER : new Condition(condition, key));
        };
    }

    /** A {@code DateTimeRange}: from {@code gte}, inclusive, to {@code lt}, exclusive. */
    static Filter during(String column) {
        return range(Map.of("gte", column + " >= ?", "lt", column + " < ?"), (_, instant) -> instant);
    }

    /** A {@code DecimalRange}, both ends inclusive, over a column of whole cents. */
    static Filter cents(String column) {
        return range(
                Map.of("gte", column + " >= ?", "lte", column + " <= ?"),
                (bound, amount) ->
                        cents((BigDecimal) amount, bound.equals("gte") ? RoundingMode.CEILING : RoundingMode.FLOOR));
    }

    /** Full text, as people type it. {@code condition} is SQL with {@code ?} for the words. */
    static Filter search(String condition) {
        return words -> List.of(
                new Condition(condition, DASHES.matcher(checked((String) words)).replaceAll(" ")));
    }

    /**
     * Dashes with nothing to search for between them. PostgreSQL takes each for a "not" and fails with more than 32 of them
     * ("tsquery stack too small").
     */
    Pattern DASHES = Pattern.compile("-[\\s!&|()-]*-", Pattern.UNICODE_CHARACTER_CLASS);

    /** Bounds beyond what a column can hold are moved to its edge, where they mean the same. */
    private static Long cents(BigDecimal amount, RoundingMode rounding) {
        var edge = BigDecimal.valueOf(Long.MAX_VALUE);
        return amount.movePointRight(2)
                .setScale(0, rounding)
                .min(edge)
                .max(edge.negate())
                .longValueExact();
    }

    private static Filter range(
            Map<String, String> conditions, java.util.function.BiFunction<String, Object, Object> toValue) {
        return argument -> {
            var given = new ArrayList<Condition>(2);
            ((Map<?, ?>) argument).forEach((bound, value) -> {
                if (value != null) {
                    given.add(new Condition(
                            Objects.requireNonNull(conditions.get(bound)), toValue.apply((String) bound, value)));
                }
            });
            return given;
        };
    }

    /** PostgreSQL's text cannot hold U+0000. */
    static String checked(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Refusal.badInput("Text must not contain the character U+0000.");
        }
        return text;
    }

    /** The same filter on what the caller's text becomes first. */
    static Filter equal(String column, Function<String, String> normal) {
        return text -> List.of(new Condition(column + " = ?", normal.apply(checked((String) text))));
    }
}
