package dev.selvage.kernel;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row, read from left to right: a mapper names the columns in the order in which the statement selects them. Reading
 * by position is what makes a row cheap, and reading in order is what keeps it legible.
 */
public final class Columns {
    private static final ClassValue<Map<String, Enum<?>>> WORDS = new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> (Enum<?>) constant)
                    .collect(Collectors.toMap(
                            constant -> constant.name().toLowerCase(Locale.ROOT), constant -> constant));
        }
    };

    /** Amounts stand in JSON too, and a binary float would change them. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Readable row;
    private int next;

    Columns(Readable row) {
        this.row = row;
    }

    public long bigint() {
        return value(Long.class);
    }

    public int integer() {
        return value(Integer.class);
    }

    public float real() {
        return value(Float.class);
    }

    public boolean bool() {
        return value(Boolean.class);
    }

    public String text() {
        return value(String.class);
    }

    public @Nullable String textOrNull() {
        return valueOrNull(String.class);
    }

    public UUID uuid() {
        return value(UUID.class);
    }

    public @Nullable UUID uuidOrNull() {
        return valueOrNull(UUID.class);
    }

    public Instant instant() {
        return value(Instant.class);
    }

    public @Nullable Instant instantOrNull() {
        return valueOrNull(Instant.class);
    }

    public BigDecimal decimal() {
        return value(BigDecimal.class);
    }

    public @Nullable BigDecimal decimalOrNull() {
        return valueOrNull(BigDecimal.class);
    }

    public LocalDate date() {
        return value(LocalDate.class);
    }

    /** An array of text, some of which may be null. */
    public List<@Nullable String> words() {
        return Arrays.asList(value(String[].class));
    }

    /** Any JSON as the engine writes it out: maps, lists, text, numbers. */
    public Object json() {
        return JSON.readValue(value(String.class), Object.class);
    }

    /** A JSON array of text. */
    public List<String> texts() {
        return list(JsonNode::asString);
    }

    /** A JSON array. */
    public <T> List<T> list(Function<JsonNode, T> element) {
        var array = JSON.readTree(value(String.class));
        var list = new ArrayList<T>(array.size());
        for (var node : array) {
            list.add(element.apply(node));
        }
        return List.copyOf(list);
    }

    /** A JSON object. */
    public <T> @Nullable T objectOrNull(Function<JsonNode, T> object) {
        var text = textOrNull();
        return text == null ? null : object.apply(JSON.readTree(text));
    }

    /** Two columns of an interval: its start, then its end. */
    public TimeWindow window() {
        return new TimeWindow(instant(), instant());
    }

    public Money money() {
        return new Money(decimal());
    }

    /** An enum that the database writes in lower case. */
    public <E extends Enum<E>> E word(Class<E> type) {
        return word(type, text());
    }

    public <E extends Enum<E>> @Nullable E wordOrNull(Class<E> type) {
        var text = textOrNull();
        return text == null ? null : word(type, text);
    }

    <T> T value(Class<T> type) {
        var value = valueOrNull(type);
        if (value == null) {
            throw new IllegalStateException("Column " + next + " is null");
        }
        return value;
    }

    private <T> @Nullable T valueOrNull(Class<T> type) {
        return row.get(next++, type);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        var word = WORDS.get(type).get(text);
        if (word == null) {
            throw new IllegalStateException(type.getSimpleName() + " knows no " + text);
        }
        return type.cast(word);
    }
}
