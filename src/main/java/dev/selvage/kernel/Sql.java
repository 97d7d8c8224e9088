package dev.selvage.kernel;

import dev.selvage.kernel.Statement.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The text of a statement, with {@code $1 …} where values are bound. A constant of a repository; never made of anything that
 * a caller sent.
 */
public record Sql(String text) {
    /**
     * How many keys the server expects in an array that it does not know. Of fewer it knows that they are cheaper, and so it
     * plans the statement anew each time, which takes longer than to run it. The last key is repeated until there are as many:
     * the server looks up equal ones once.
     */
    private static final int KEYS_PLANNED_FOR = 10;

    private static final int FEW_KEYS = 100;

    public static Sql of(String text) {
        return new Sql(text.strip());
    }

    /** Binds values to {@code $1 …} in order. */
    public Statement with(Object... values) {
        return new Statement(text, List.of(values), Kind.USUAL);
    }

    /**
     * Binds all keys of a level to {@code $1}, as one array: {@code = ANY ($1)}, where an index has each of them. With a marker for each key the statement would
     * be another one for every number of keys.
     */
    public <K> Statement withAll(Collection<K> keys, IntFunction<K[]> array) {
        var one = keys.toArray(array);
        int given = one.length;
        if (given > 0 && given < KEYS_PLANNED_FOR) {
            one = Arrays.copyOf(one, KEYS_PLANNED_FOR);
            Arrays.fill(one, given, KEYS_PLANNED_FOR, one[given - 1]);
        }
        return new Statement(text, List.of((Object) one), given <= FEW_KEYS ? Kind.BRIEF : Kind.USUAL);
    }
}
