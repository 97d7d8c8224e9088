package dev.selvage.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a list's filter input: what it means as a condition. Columns and functions named here are constants; what a
 * caller sent is always bound.
 */
@FunctionalInterface
public interface Filter {
    /** The conditions for this argument value; none of them may be reordered, since each numbers its own values. */
    List<Condition> of(Object argument);

    /** The conditions where the caller says nothing of this field. */
    default List<Condition> unset() {
        return List.of();
    }

    /** What must hold for a row. */
    sealed interface Condition {}

    /**
     * A condition with at most one value.
     *
     * @param text SQL with {@code ?} where the value goes
     * @param ranged the column, where the value itself decides how many rows it keeps
     * @param bound whether the value is the least, the greatest, or no bound of a range
     */
    record Holds(
            String text, @Nullable Object value, @Nullable String ranged, Bound bound) implements Condition {
        Holds(String text, @Nullable Object value) {
            this(text, value, null, Bound.NONE);
        }
    }

    /** What a value is to the range of its column. */
    enum Bound {
        LEAST,
        GREATEST,
        NONE
    }

    /** The column equals one of the values. */
    record AnyOf(String column, List<String> values) implements Condition {}

    /**
     * The row is found by these words, see {@link SearchTerms}.
     *
     * @param frequent whether a page is sooner full by walking the list; null where that is not known yet
     */
    record Words(String tsquery, @Nullable Boolean frequent) implements Condition {}

    /** What holds for no row. */
    Condition NEVER = new Holds("false", null);

    /** The column equals the text. */
    static Filter equal(String column) {
        return text -> List.of(new Holds(column + " = ?", checked((String) text)));
    }

    /** The condition holds, which is SQL with {@code ?} for the text. */
    static Filter text(String condition) {
        return text -> List.of(new Holds(condition, checked((String) text)));
    }

    /** The column, an enum in lower case, is one of the words. */
    static Filter oneOf(String column) {
        return words -> anyOf(column, words, word -> word.toString().toLowerCase(Locale.ROOT));
    }

    /** The column is one of the texts. */
    static Filter anyOf(String column) {
        return texts -> anyOf(column, texts, text -> checked((String) text));
    }

    private static List<Condition> anyOf(String column, Object argument, Function<Object, String> toValue) {
        var given = elements(argument);
        var values = given.stream().map(toValue).distinct().toList();
        // One value is the usual case, and then it is like any other condition.
        return List.of(values.size() == 1 ? new Holds(column + " = ?", values.getFirst()) : new AnyOf(column, values));
    }

    /** The elements of a list argument, of which the schema allows any number and some to be null. */
    private static List<?> elements(Object argument) {
        var given = (List<?>) argument;
        if (given.size() > MAX_ELEMENTS) {
            throw new Refusal(
                    Refusal.Code.LIMIT_EXCEEDED,
                    "A list has " + given.size() + " entries; at most " + MAX_ELEMENTS + " are looked for at once.");
        }
        if (given.stream().anyMatch(Objects::isNull)) {
            throw Refusal.badInput("A list must not contain null.");
        }
        return given;
    }

    /** Entries of a list argument. */
    int MAX_ELEMENTS = 100;

    /** The column is as the argument says. */
    static Filter flag(String column) {
        return flag -> List.of(new Holds(column + " = ?", flag));
    }

    /** The column, a JSON array of text, contains all of the texts. */
    static Filter containing(String column) {
        return argument -> elements(argument).stream()
                // How rare the text is, the planner knows only if it is told which.
                .map(text -> (Condition) new Holds(
                        column + " @> jsonb_build_array(?::text)", checked((String) text), column, Bound.NONE))
                .toList();
    }

    /** The condition holds for every row, unless the argument is true. */
    static Filter unlessTrue(String condition) {
        var otherwise = List.<Condition>of(new Holds(condition, null));
        return new Filter() {
            @Override
            public List<Condition> of(Object argument) {
                return argument.equals(true) ? List.of() : otherwise;
            }

            @Override
            public List<Condition> unset() {
                return otherwise;
            }
        };
    }

    /** The column, an enum in lower case, is the word. */
    static Filter word(String column) {
        return argument ->
                List.of(new Holds(column + " = ?", argument.toString().toLowerCase(Locale.ROOT)));
    }

    /**
     * The column holds the key of this record. An id of another type names no record, so nothing matches.
     *
     * @param condition SQL with {@code ?} for the key
     */
    static Filter id(String condition, String type, Class<?> keyType) {
        return argument -> {
            Object key = GlobalId.keyOf((String) argument, type, keyType);
            return List.of(key == null ? NEVER : new Holds(condition, key));
        };
    }

    /** A {@code DateTimeRange}: from {@code gte}, inclusive, to {@code lt}, exclusive. */
    static Filter during(String column) {
        return range(column, Map.of("gte", " >= ?", "lt", " < ?"), (_, instant) -> instant);
    }

    /** The same over a column that holds {@code infinity} where there is no time; that is in no range. */
    static Filter duringIfSet(String column) {
        var range = during(column);
        return argument -> {
            var conditions = new ArrayList<>(range.of(argument));
            if (conditions.stream().noneMatch(condition -> ((Holds) condition).bound() == Bound.GREATEST)
                    && !conditions.isEmpty()) {
                conditions.add(new Holds(column + " <= ?", LAST_INSTANT, column, Bound.GREATEST));
            }
            return conditions;
        };
    }

    /** The last one that a {@code DateTime} can say. */
    Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** A {@code DateRange}, both ends inclusive. */
    static Filter days(String column) {
        return range(column, Map.of("gte", " >= ?", "lte", " <= ?"), (_, day) -> day);
    }

    /** A {@code DecimalRange}, both ends inclusive, over a column of whole cents. */
    static Filter cents(String column) {
        return range(
                column,
                Map.of("gte", " >= ?", "lte", " <= ?"),
                (bound, amount) ->
                        cents((BigDecimal) amount, bound.equals("gte") ? RoundingMode.CEILING : RoundingMode.FLOOR));
    }

    /** Full text, as people type it; words that name nothing find nothing. */
    static Filter search() {
        return typed -> {
            var terms = SearchTerms.of((String) typed);
            return List.of(terms.isEmpty() ? NEVER : new Words(terms.tsquery(), null));
        };
    }

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
            String column, Map<String, String> comparisons, BiFunction<String, Object, Object> toValue) {
        return argument -> {
            var given = new ArrayList<Condition>(2);
            ((Map<?, ?>) argument).forEach((bound, value) -> {
                if (value != null) {
                    given.add(new Holds(
                            column + Objects.requireNonNull(comparisons.get(bound)),
                            toValue.apply((String) bound, value),
                            column,
                            bound.equals("gte") ? Bound.LEAST : Bound.GREATEST));
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
}
