package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The types with a global id, and how their records are found. */
final class NodeTypes {
    private static final int MAX_NODES = 100;

    private final Map<String, Lookup<?, ?>> lookups = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();

    void add(String type, Lookup<?, ?> lookup) {
        lookups.put(type, lookup);
    }

    /** Of these no id goes out, and none is taken. */
    void addHidden(String type, Lookup<?, ?> lookup) {
        add(type, lookup);
        hidden.add(type);
    }

    /** The records of this type by key. */
    Lookup<Object, Object> lookup(Class<?> record) {
        return lookup(record.getSimpleName());
    }

    /** The global id of a record. */
    String globalId(Object record) {
        var type = record.getClass().getSimpleName();
        return GlobalId.of(type, lookup(type).keyOf().apply(record));
    }

    /** The records of the type with this name by key. */
    @SuppressWarnings("unchecked") // A type's keys are of one Java type, checked where they come from outside.
    Lookup<Object, Object> lookup(String name) {
        return (Lookup<Object, Object>) Objects.requireNonNull(lookups.get(name), () -> name + " has no id");
    }

    /** Asks for the record of this type with this global id; there is none if it is another type's. */
    Supplier<@Nullable Object> find(Class<?> record, String id, Round round) {
        var lookup = lookup(record);
        var key = GlobalId.keyOf(id, record.getSimpleName(), lookup.keyType());
        return key == null ? () -> null : find(lookup, key, round);
    }

    /** Asks for the record with this global id, whatever its type. */
    Supplier<@Nullable Object> find(String text, Round round) {
        var id = GlobalId.parse(text);
        var lookup = lookups.get(id.type());
        if (lookup == null || hidden.contains(id.type())) {
            throw GlobalId.malformed();
        }
        return find(lookup, id, round);
    }

    private static <K> Supplier<@Nullable Object> find(Lookup<K, ?> lookup, GlobalId id, Round round) {
        return find(lookup, id.keyAs(lookup.keyType()), round);
    }

    private static <K> Supplier<@Nullable Object> find(Lookup<K, ?> lookup, K key, Round round) {
        var records = round.records(lookup);
        records.want(key);
        return () -> records.get(key);
    }

    /** Asks for the records with these global ids, in their order. */
    Supplier<@Nullable Object> findAll(List<@Nullable String> ids, Round round) {
        if (ids.size() > MAX_NODES) {
            throw new Refusal(
                    Refusal.Code.LIMIT_EXCEEDED,
                    "`ids` has " + ids.size() + " entries; at most " + MAX_NODES + " are answered at once.");
        }
        var asked = new ArrayList<Supplier<@Nullable Object>>(ids.size());
        for (var id : ids) {
            if (id == null) {
                throw Refusal.badInput("A list must not contain null.");
            }
            asked.add(find(id, round));
        }
        return () -> {
            var found = new ArrayList<@Nullable Object>(asked.size());
            asked.forEach(one -> found.add(one.get()));
            return found;
        };
    }
}
