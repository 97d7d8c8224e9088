package dev.selvage.kernel;

import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The argument {@code input} of a mutation, or an object within it, as the schema has checked it. A field that was not sent
 * stays as it is in the record; one that was sent as null is cleared. What is wrong with a value is collected with its place.
 */
public final class Input {
    private final List<String> path;
    private final Map<?, ?> given;
    private final List<UserError> errors;

    private Input(List<String> path, Map<?, ?> given, List<UserError> errors) {
        this.path = path;
        this.given = given;
        this.errors = errors;
    }

    /** All arguments of a field. */
    static Input of(Map<String, Object> arguments) {
        return new Input(List.of(), arguments, new ArrayList<>());
    }

    /** What was sent, be it in part. */
    Map<?, ?> given() {
        return given;
    }

    /** The object in a field; null if none was sent. */
    public @Nullable Input in(String field) {
        return given.get(field) instanceof Map<?, ?> object ? new Input(at(field), object, errors) : null;
    }

    /** The objects in a field that is a list of them. What is wrong with one is collected with all others'. */
    public List<Input> each(String field) {
        var list = (List<?>) Objects.requireNonNull(given.get(field));
        var each = new ArrayList<Input>(list.size());
        for (int place = 0; place < list.size(); place++) {
            var within = new ArrayList<>(at(field));
            within.add(Integer.toString(place));
            each.add(new Input(List.copyOf(within), (Map<?, ?>) Objects.requireNonNull(list.get(place)), errors));
        }
        return each;
    }

    /** The same, with errors of its own: what is wrong with it is nobody else's. */
    public Input alone() {
        return new Input(path, given, new ArrayList<>());
    }

    /** Where a field of it stands in the arguments. */
    public List<String> at(String field) {
        var place = new ArrayList<>(path);
        place.add(field);
        return List.copyOf(place);
    }

    /** Whether it was sent, be it as null. */
    public boolean has(String field) {
        return given.containsKey(field);
    }

    /** What was sent; null also if nothing was. */
    public @Nullable Object value(String field) {
        return given.get(field);
    }

    /** The version that the client has seen. */
    public int expectedVersion() {
        return integer("expectedVersion");
    }

    /** The key in {@code id}; null if the id is of another type, so that there is no such record. */
    public <K> @Nullable K id(String type, Class<K> keyType) {
        return id("id", type, keyType);
    }

    /** The key in a field; null if the id is of another type, or if none was sent. */
    public <K> @Nullable K id(String field, String type, Class<K> keyType) {
        var id = (String) given.get(field);
        try {
            return id == null ? null : GlobalId.keyOf(id, type, keyType);
        } catch (Refusal malformed) {
            throw malformed.at(at(field));
        }
    }

    /** A whole number that the schema requires. */
    public int integer(String field) {
        return (Integer) Objects.requireNonNull(given.get(field));
    }

    /** A yes or no that the schema requires. */
    public boolean bool(String field) {
        return (Boolean) Objects.requireNonNull(given.get(field));
    }

    /** A time; null if none was sent. */
    public @Nullable Instant instant(String field) {
        return (Instant) given.get(field);
    }

    /** A value of one of the schema's enums, as tables have it; null if none was sent. */
    public @Nullable String word(String field) {
        var constant = given.get(field);
        return constant == null ? null : constant.toString().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with the values that have been read. */
    public List<UserError> errors() {
        return List.copyOf(errors);
    }

    /** Says what is wrong with a field's value. */
    public void refuse(String field, ErrorCode code, String sentence) {
        errors.add(new InputError(code, sentence, at(field)));
    }

    /** Says what is wrong. */
    public void refuse(UserError error) {
        errors.add(error);
    }

    /** A text that a column can hold; null where none was sent, or one that no column can. */
    public @Nullable String text(String field) {
        var text = (String) given.get(field);
        if (text == null || isStorable(text)) {
            return text;
        }
        refuse(field, ErrorCode.INVALID, "This text has a character that cannot be stored. Leave it out.");
        return null;
    }

    /** Without NUL, which no text column holds, and without half a character, which UTF-8 cannot write. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    /** A number that a column with so many digits can hold without rounding it. */
    @Nullable
    BigDecimal decimal(String field, int digits, int decimals) {
        var number = (BigDecimal) given.get(field);
        if (number == null) {
            return null;
        }
        var exact = number.stripTrailingZeros();
        if (exact.scale() > decimals) {
            refuse(field, ErrorCode.INVALID, "At most " + decimals + " decimals can be kept. Round it.");
            return null;
        }
        if (exact.precision() - exact.scale() > digits - decimals) {
            refuse(field, ErrorCode.OUT_OF_RANGE, "This number is too large.");
            return null;
        }
        return exact;
    }
}
