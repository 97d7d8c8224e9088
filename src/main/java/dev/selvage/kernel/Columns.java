package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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

    private static final long MICROS = 1_000_000L;
    private static final long SECONDS_TO_2000 =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long DAYS_TO_2000 = LocalDate.of(2000, 1, 1).toEpochDay();

    private final @Nullable ByteBuf[] row;
    private int next;

    /** @param row values in PostgreSQL's binary form */
    Columns(@Nullable ByteBuf[] row) {
        this.row = row;
    }

    private @Nullable ByteBuf column() {
        return row[next++];
    }

    private ByteBuf present() {
        var column = column();
        if (column == null) {
            throw new IllegalStateException("Column " + next + " is null");
        }
        return column;
    }

    public long bigint() {
        return bigint(present());
    }

    private static long bigint(ByteBuf column) {
        return switch (column.readableBytes()) {
            case Long.BYTES -> column.readLong();
            case Integer.BYTES -> column.readInt();
            default -> throw new IllegalStateException("Not a whole number");
        };
    }

    public int integer() {
        return Math.toIntExact(bigint());
    }

    public float real() {
        return present().readFloat();
    }

    public boolean bool() {
        return present().readBoolean();
    }

    public String text() {
        return text(present());
    }

    public @Nullable String textOrNull() {
        var column = column();
        return column == null ? null : text(column);
    }

    private static String text(ByteBuf column) {
        return column.toString(StandardCharsets.UTF_8);
    }

    public UUID uuid() {
        return uuid(present());
    }

    public @Nullable UUID uuidOrNull() {
        var column = column();
        return column == null ? null : uuid(column);
    }

    private static UUID uuid(ByteBuf column) {
        return new UUID(column.readLong(), column.readLong());
    }

    public Instant instant() {
        return instant(present());
    }

    public @Nullable Instant instantOrNull() {
        var column = column();
        return column == null ? null : instant(column);
    }

    /** Microseconds since 2000; the two ends stand for infinity. */
    private static Instant instant(ByteBuf column) {
        long micros = column.readLong();
        if (micros == Long.MAX_VALUE) {
            return OffsetDateTime.MAX.toInstant();
        }
        if (micros == Long.MIN_VALUE) {
            return OffsetDateTime.MIN.toInstant();
        }
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS) + SECONDS_TO_2000, Math.floorMod(micros, MICROS) * 1_000);
    }

    public BigDecimal decimal() {
        return Numeric.read(present());
    }

    public @Nullable BigDecimal decimalOrNull() {
        var column = column();
        return column == null ? null : Numeric.read(column);
    }

    public LocalDate date() {
        return date(present());
    }

    /** Days since 2000; the two ends stand for infinity. */
    private static LocalDate date(ByteBuf column) {
        int days = column.readInt();
        return switch (days) {
            case Integer.MAX_VALUE -> LocalDate.MAX;
            case Integer.MIN_VALUE -> LocalDate.MIN;
            default -> LocalDate.ofEpochDay(days + DAYS_TO_2000);
        };
    }

    /** An array of text, some of which may be null. */
    public List<@Nullable String> words() {
        var column = present();
        boolean isEmpty = column.readInt() == 0;
        // Whether there are nulls, and the elements' type.
        column.skipBytes(2 * Integer.BYTES);
        if (isEmpty) {
            return List.of();
        }
        int length = column.readInt();
        column.skipBytes(Integer.BYTES);
        var words = new ArrayList<@Nullable String>(length);
        for (int i = 0; i < length; i++) {
            int bytes = column.readInt();
            words.add(bytes < 0 ? null : column.readString(bytes, StandardCharsets.UTF_8));
        }
        return words;
    }

    /** Any JSON as the engine writes it out: maps, lists, text, numbers. */
    public Object json() {
        return JSON.readValue(json(present()), Object.class);
    }

    /** Its text, behind the number of its version. */
    private static InputStream json(ByteBuf column) {
        column.skipBytes(1);
        return new ByteBufInputStream(column);
    }

    /** A JSON array of text. */
    public List<String> texts() {
        return list(JsonNode::asString);
    }

    /** A JSON array. */
    public <T> List<T> list(Function<JsonNode, T> element) {
        var array = JSON.readTree(json(present()));
        var list = new ArrayList<T>(array.size());
        for (var node : array) {
            list.add(element.apply(node));
        }
        return List.copyOf(list);
    }

    /** A JSON object. */
    public <T> @Nullable T objectOrNull(Function<JsonNode, T> object) {
        var column = column();
        return column == null ? null : object.apply(JSON.readTree(json(column)));
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

    /** A key: of a record, or of the order of a list. */
    <T> T value(Class<T> type) {
        var column = present();
        Object value = switch (type.getSimpleName()) {
            case "Long" -> bigint(column);
            case "Integer" -> Math.toIntExact(bigint(column));
            case "String" -> text(column);
            case "UUID" -> uuid(column);
            case "Instant" -> instant(column);
            case "LocalDate" -> date(column);
            default -> throw new IllegalStateException("No key is a " + type);
        };
        return type.cast(value);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        var word = WORDS.get(type).get(text);
        if (word == null) {
            throw new IllegalStateException(type.getSimpleName() + " knows no " + text);
        }
        return type.cast(word);
    }
}
