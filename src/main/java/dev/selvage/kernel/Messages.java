package dev.selvage.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Messages to PostgreSQL, of the extended query protocol (protocol 3.0), one behind the other in one buffer. */
final class Messages {
    /** Object ids of types, from the server's catalogue, where they are fixed. */
    private static final int BOOL = 16;

    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int FLOAT4 = 700;
    private static final int INT4_ARRAY = 1007;
    private static final int VARCHAR_ARRAY = 1015;
    private static final int INT8_ARRAY = 1016;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int TIMESTAMPTZ = 1184;
    private static final int NUMERIC = 1700;
    private static final int UUID_TYPE = 2950;
    private static final int UUID_ARRAY = 2951;

    private static final short TEXT = 0;
    private static final short BINARY = 1;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant INFINITY = OffsetDateTime.MAX.toInstant();
    private static final long DAYS_TO_2000 = LocalDate.of(2000, 1, 1).toEpochDay();

    private final ByteBuf out;

    Messages(ByteBuf out) {
        this.out = out;
    }

    ByteBuf written() {
        return out;
    }

    /** Prepares a statement under a name; the empty name stands for the next one only. */
    void parse(String name, String text, List<Object> values) {
        int start = begin('P');
        string(name);
        string(text);
        out.writeShort(values.size());
        for (var value : values) {
            out.writeInt(type(value));
        }
        end(start);
    }

    /** Binds values to a prepared statement and asks for all rows, in binary. */
    void execute(String name, List<Object> values) {
        int bind = begin('B');
        string("");
        string(name);
        out.writeShort(values.size());
        for (var value : values) {
            out.writeShort(value instanceof String || value instanceof BigDecimal ? TEXT : BINARY);
        }
        out.writeShort(values.size());
        for (var value : values) {
            value(value);
        }
        out.writeShort(1).writeShort(BINARY);
        end(bind);
        int execute = begin('E');
        string("");
        out.writeInt(0);
        end(execute);
    }

    /** Gives a prepared statement up. */
    void close(String name) {
        int start = begin('C');
        out.writeByte('S');
        string(name);
        end(start);
    }

    /** Asks for the answer to everything before. */
    void sync() {
        end(begin('S'));
    }

    private int begin(char type) {
        out.writeByte(type);
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private void end(int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    private void string(String text) {
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte(0);
    }

    private static int type(Object value) {
        return switch (value) {
            case String _ -> VARCHAR;
            case Long _ -> INT8;
            case Integer _ -> INT4;
            case Boolean _ -> BOOL;
            case Float _ -> FLOAT4;
            case UUID _ -> UUID_TYPE;
            case Instant _ -> TIMESTAMPTZ;
            case LocalDate _ -> DATE;
            case BigDecimal _ -> NUMERIC;
            case String[] _ -> VARCHAR_ARRAY;
            case Long[] _ -> INT8_ARRAY;
            case Integer[] _ -> INT4_ARRAY;
            case UUID[] _ -> UUID_ARRAY;
            default -> throw new IllegalStateException("No type for a " + value.getClass());
        };
    }

    private void value(Object value) {
        int start = out.writerIndex();
        out.writeInt(0);
        switch (value) {
            case String text -> ByteBufUtil.writeUtf8(out, text);
            case Long number -> out.writeLong(number);
            case Integer number -> out.writeInt(number);
            case Boolean flag -> out.writeBoolean(flag);
            case Float number -> out.writeFloat(number);
            case UUID uuid -> uuid(out, uuid);
            case Instant instant -> out.writeLong(micros(instant));
            case LocalDate day -> out.writeInt(Math.toIntExact(day.toEpochDay() - DAYS_TO_2000));
            case BigDecimal number -> out.writeCharSequence(number.toString(), StandardCharsets.US_ASCII);
            case String[] texts -> array(texts, VARCHAR, ByteBufUtil::writeUtf8);
            case Long[] numbers -> array(numbers, INT8, ByteBuf::writeLong);
            case Integer[] numbers -> array(numbers, INT4, ByteBuf::writeInt);
            case UUID[] uuids -> array(uuids, UUID_TYPE, Messages::uuid);
            default -> throw new IllegalStateException("No type for a " + value.getClass());
        }
        out.setInt(start, out.writerIndex() - start - Integer.BYTES);
    }

    private <T> void array(T[] elements, int type, BiConsumer<ByteBuf, T> write) {
        // Dimensions, whether there are nulls, the elements' type; then of the one dimension its length and first
        // index.
        out.writeInt(elements.length == 0 ? 0 : 1).writeInt(0).writeInt(type);
        if (elements.length > 0) {
            out.writeInt(elements.length).writeInt(1);
        }
        for (var element : elements) {
            int start = out.writerIndex();
            out.writeInt(0);
            write.accept(out, element);
            out.setInt(start, out.writerIndex() - start - Integer.BYTES);
        }
    }

    private static void uuid(ByteBuf out, UUID uuid) {
        out.writeLong(uuid.getMostSignificantBits()).writeLong(uuid.getLeastSignificantBits());
    }

    private static long micros(Instant instant) {
        return instant.equals(INFINITY) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(EPOCH, instant);
    }
}
