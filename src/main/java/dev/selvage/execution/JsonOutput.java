package dev.selvage.execution;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as bytes, written from front to back. What was written last can be taken back: a null may rise through everything
 * around it that must not be null.
 */
final class JsonOutput {
    /** For each of the first 128 characters what follows the backslash; 0 if it stands for itself, 'u' if by its number. */
    private static final byte[] ESCAPES = escapes();

    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = bytes("null");
    private static final byte[] TRUE = bytes("true");
    private static final byte[] FALSE = bytes("false");

    private final int limit;
    private byte[] buffer;
    private int size;

    /** Thrown where an answer grows beyond its limit. */
    static final class Full extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private Full() {
            super("The answer is too long", null, false, false);
        }
    }

    /**
     * Starts empty.
     *
     * @param expected bytes that it will probably take
     * @param limit bytes that it may take
     */
    JsonOutput(int expected, int limit) {
        this.buffer = new byte[Math.min(expected, limit)];
        this.limit = limit;
    }

    private static byte[] escapes() {
        var escapes = new byte[128];
        Arrays.fill(escapes, 0, 0x20, (byte) 'u');
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The name of a member, made ready once. */
    static final class Key {
        private final byte[] json;

        Key(String name) {
            this.json = bytes('"' + name + "\":");
        }
    }

    /** Bytes written so far. */
    int size() {
        return size;
    }

    /** Takes back everything behind this size. */
    void truncate(int earlier) {
        size = earlier;
    }

    /**
     * What was written, without a copy; nothing more may be written then.
     *
     * @throws Full if it is beyond the limit
     */
    ByteBuffer written() {
        refuseBeyondLimit();
        return ByteBuffer.wrap(buffer, 0, size);
    }

    /** Room is asked for as the most that may be needed: whether it was too much is known of what has been written. */
    private void reserve(int more) {
        if (buffer.length - size < more) {
            refuseBeyondLimit();
            long wanted = Math.max(Math.min(limit, buffer.length * 2L), size + (long) more);
            buffer = Arrays.copyOf(buffer, Math.toIntExact(wanted));
        }
    }

    private void refuseBeyondLimit() {
        if (size > limit) {
            throw new Full();
        }
    }

    JsonOutput raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    JsonOutput raw(char ascii) {
        reserve(1);
        buffer[size++] = (byte) ascii;
        return this;
    }

    /** A comma, unless it would be the first thing behind the opening of an object or array. */
    void separate() {
        byte last = buffer[size - 1];
        if (last != '{' && last != '[') {
            raw(',');
        }
    }

    /** The name of an object's next member. */
    void write(Key key) {
        separate();
        raw(key.json);
    }

    void writeNull() {
        raw(NULL);
    }

    void writeBoolean(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    void writeInt(int value) {
        writeLong(value);
    }

    void writeLong(long value) {
        if (value == Long.MIN_VALUE) {
            writeAscii(Long.toString(value));
            return;
        }
        reserve(20);
        if (value < 0) {
            buffer[size++] = '-';
            value = -value;
        }
        int end = size + digits(value);
        size = end;
        do {
            buffer[--end] = (byte) ('0' + value % 10);
            value /= 10;
        } while (value > 0);
    }

    private static int digits(long value) {
        int digits = 1;
        while (value >= 10) {
            value /= 10;
            digits++;
        }
        return digits;
    }

    /** A number of exactly this many digits, with zeros in front. */
    void writePadded(int value, int digits) {
        reserve(digits);
        for (int at = size + digits - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + value % 10);
            value /= 10;
        }
        size += digits;
    }

    /** Text that is a number already, or another thing that needs neither quotes nor escapes. */
    @SuppressWarnings("deprecation") // Characters of one byte each, copied as they are; nothing does it faster.
    void writeAscii(String text) {
        int length = text.length();
        reserve(length);
        text.getBytes(0, length, buffer, size);
        size += length;
    }

    /** Text in quotes; half a surrogate pair is written as a question mark. */
    void writeString(String text) {
        int length = text.length();
        // Three bytes are the most that a character takes; six where it is escaped, which makes room for itself.
        reserve(3 * length + 2);
        buffer[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    buffer[size++] = (byte) c;
                } else {
                    writeEscaped(c, escape);
                    reserve(3 * (length - i) + 2);
                }
            } else if (c < 0x800) {
                buffer[size++] = (byte) (0xC0 | (c >> 6));
                buffer[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                buffer[size++] = (byte) (0xE0 | (c >> 12));
                buffer[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                buffer[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                buffer[size++] = (byte) (0xF0 | (point >> 18));
                buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                buffer[size++] = (byte) (0x80 | (point & 0x3F));
            } else {
                buffer[size++] = '?';
            }
        }
        buffer[size++] = '"';
    }

    private void writeEscaped(char c, byte escape) {
        reserve(6);
        buffer[size++] = '\\';
        buffer[size++] = escape;
        if (escape == 'u') {
            buffer[size++] = '0';
            buffer[size++] = '0';
            buffer[size++] = HEXADECIMAL[c >> 4];
            buffer[size++] = HEXADECIMAL[c & 0xF];
        }
    }

    /** Any value that JSON knows: maps, collections, text, numbers, booleans, null. */
    void writeValue(@Nullable Object value) {
        switch (value) {
            case null -> writeNull();
            case String text -> writeString(text);
            case Integer whole -> writeInt(whole);
            case Long whole -> writeLong(whole);
            case Number number -> writeAscii(number.toString());
            case Boolean bool -> writeBoolean(bool);
            case Map<?, ?> map -> writeMap(map);
            case Collection<?> elements -> writeCollection(elements);
            default -> throw new IllegalArgumentException("JSON knows no " + value.getClass());
        }
    }

    private void writeMap(Map<?, ?> map) {
        raw('{');
        map.forEach((key, value) -> {
            separate();
            writeString((String) key);
            raw(':');
            writeValue(value);
        });
        raw('}');
    }

    private void writeCollection(Collection<?> elements) {
        raw('[');
        for (var element : elements) {
            separate();
            writeValue(element);
        }
        raw(']');
    }
}
