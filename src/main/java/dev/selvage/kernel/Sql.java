package dev.selvage.kernel;

import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The text of a statement, with {@code $1 …} where values are bound. A constant of a repository; never made of anything that
 * a caller sent.
 */
public record Sql(String text) {
    public static Sql of(String text) {
        return new Sql(text.strip());
    }

    /** Binds values to {@code $1 …} in order. */
    public Statement with(Object... values) {
        return new Statement(text, List.of(values), false);
    }

    /**
     * Binds all keys of a level to {@code $1}, as one array: {@code = ANY ($1)}. With a marker for each key the statement would
     * be another one for every number of keys.
     */
    public <K> Statement withAll(Collection<K> keys, IntFunction<K[]> array) {
        Object one = keys.toArray(array);
        return new Statement(text, List.of(one), false);
    }
}
