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

    private final ByteBuf row;
    private final int columns;
    private int read;
    private int end;

    /** @param row PostgreSQL's message of a row, from the number of its columns on, with values in binary */
    Columns(ByteBuf row) {
        this.row = row;
        this.columns = row.readUnsignedShort();
        this.end = row.readerIndex();
    }

    /** Goes to the next column, and says how many bytes its value has; fewer than none if it is null. */
    private int next() {
        if (read++ == columns) {
            throw new IllegalStateException("There are only " + columns + " columns");
        }
        row.readerIndex(end);
        int length = row.readInt();
        end = row.readerIndex() + Math.max(length, 0);
        return length;
    }

    private int present() {
        int length = next();
        if (length < 0) {
            throw new IllegalStateException("Column " + read + " is null");
        }
        return length;
    }

    /** What lies behind this column is another's. */
    private void expect(int bytes, int length) {
        if (length != bytes) {
            throw new IllegalStateException("Column " + read + " has " + length + " bytes, not " + bytes);
        }
    }

    public long bigint() {
        return bigint(present());
    }

    private long bigint(int length) {
        if (length == Integer.BYTES) {
            return row.readInt();
        }
        expect(Long.BYTES, length);
        return row.readLong();
    }

    public int integer() {
        return Math.toIntExact(bigint());
    }

    public float real() {
        expect(Float.BYTES, present());
        return row.readFloat();
    }

    public boolean bool() {
        expect(1, present());
        return row.readBoolean();
    }

    public String text() {
        return text(present());
    }

    public @Nullable String textOrNull() {
        int length = next();
        return length < 0 ? null : text(length);
    }

    private String text(int length) {
        return row.toString(row.readerIndex(), length, StandardCharsets.UTF_8);
    }

    public UUID uuid() {
        return uuid(present());
    }

    public @Nullable UUID uuidOrNull() {
        int length = next();
        return length < 0 ? null : uuid(length);
    }

    private UUID uuid(int length) {
        expect(2 * Long.BYTES, length);
        return new UUID(row.readLong(), row.readLong());
    }

    public Instant instant() {
        return instant(present());
    }

    public @Nullable Instant instantOrNull() {
        int length = next();
        return length < 0 ? null : instant(length);
    }

    /** Microseconds since 2000; the two ends stand for infinity. */
    private Instant instant(int length) {
        expect(Long.BYTES, length);
        long micros = row.readLong();
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
        return decimal(present());
    }

    public @Nullable BigDecimal decimalOrNull() {
        int length = next();
        return length < 0 ? null : decimal(length);
    }

    private BigDecimal decimal(int length) {
        var decimal = Numeric.read(row);
        expect(row.readerIndex() - (end - length), length);
        return decimal;
    }

    public LocalDate date() {
        return date(present());
    }

    /** Days since 2000; the two ends stand for infinity. */
    private LocalDate date(int length) {
        expect(Integer.BYTES, length);
        int days = row.readInt();
        return switch (days) {
            case Integer.MAX_VALUE -> LocalDate.MAX;
            case Integer.MIN_VALUE -> LocalDate.MIN;
            default -> LocalDate.ofEpochDay(days + DAYS_TO_2000);
        };
    }

    /** An array of text, some of which may be null. */
    public List<@Nullable String> words() {
        present();
        boolean isEmpty = row.readInt() == 0;
        // Whether there are nulls, and the elements' type.
        row.skipBytes(2 * Integer.BYTES);
        if (isEmpty) {
            return List.of();
        }
        int length = row.readInt();
        row.skipBytes(Integer.BYTES);
        var words = new ArrayList<@Nullable String>(length);
        for (int i = 0; i < length; i++) {
            int bytes = row.readInt();
            words.add(bytes < 0 ? null : row.readString(bytes, StandardCharsets.UTF_8));
        }
        return words;
    }

    /** Any JSON as the engine writes it out: maps, lists, text, numbers. */
    public Object json() {
        return JSON.readValue(json(present()), Object.class);
    }

    /** Its text, behind the number of its version. */
    private InputStream json(int length) {
        row.skipBytes(1);
        return new ByteBufInputStream(row, length - 1);
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
        int length = next();
        return length < 0 ? null : object.apply(JSON.readTree(json(length)));
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
        int length = present();
        Object value = switch (type.getSimpleName()) {
            case "Long" -> bigint(length);
            case "Integer" -> Math.toIntExact(bigint(length));
            case "String" -> text(length);
            case "UUID" -> uuid(length);
            case "Instant" -> instant(length);
            case "LocalDate" -> date(length);
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
