package dev.selvage.kernel;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What one look-up has found in an operation so far: a record is read once, however many levels ask for it. */
final class Records<K, V> {
    private final Lookup<K, V> lookup;
    private final Map<K, @Nullable V> known = new HashMap<>();
    private Set<K> wanted = new LinkedHashSet<>();
    private @Nullable Round round;

    Records(Lookup<K, V> lookup) {
        this.lookup = lookup;
    }

    /** Whether this is the first time that it is asked for in this round. */
    boolean joins(Round asking) {
        boolean first = round != asking;
        round = asking;
        return first;
    }

    /** Asks for the record of this key, to be found when the round has been read. */
    void want(K key) {
        if (!known.containsKey(key)) {
            wanted.add(key);
        }
    }

    /** The record of this key; null if there is none, or none that the viewer may see. */
    @Nullable
    V get(K key) {
        return known.get(key);
    }

    /** Finds all that are wanted, in one statement; in none if all of them are known. */
    Mono<?> load() {
        if (wanted.isEmpty()) {
            return Mono.empty();
        }
        var keys = wanted;
        wanted = new LinkedHashSet<>();
        return lookup.findAll().apply(keys).doOnNext(found -> {
            keys.forEach(key -> known.put(key, null));
            found.forEach(record -> known.put(lookup.keyOf().apply(record), record));
        });
    }
}
