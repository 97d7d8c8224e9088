package dev.selvage.kernel;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Another key of a record than its id: the argument's name, what it becomes, and how the record is found by it. */
public final class By {
    /** Asks for the record of a value, to be taken when the round has been read. */
    @FunctionalInterface
    interface Way {
        Supplier<@Nullable Object> find(Object value, Round round);
    }

    private final String argument;
    private final Way way;

    public <K, V> By(String argument, Function<Object, ? extends @Nullable K> toKey, Lookup<K, V> lookup) {
        this(argument, toKey, lookup, found -> found);
    }

    /** @param record the record of what the look-up finds */
    public <K, V> By(
            String argument,
            Function<Object, ? extends @Nullable K> toKey,
            Lookup<K, V> lookup,
            Function<V, Object> record) {
        this.argument = argument;
        this.way = (value, round) -> {
            var key = toKey.apply(value);
            if (key == null) {
                return () -> null;
            }
            var records = round.records(lookup);
            records.want(key);
            return () -> {
                var found = records.get(key);
                return found == null ? null : record.apply(found);
            };
        };
    }

    /** A key that is text in the table. */
    public static String text(Object value) {
        return Filter.checked((String) value);
    }

    String argument() {
        return argument;
    }

    Way way() {
        return way;
    }
}
