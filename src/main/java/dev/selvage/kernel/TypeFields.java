package dev.selvage.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lines for the fields of one type; {@code P} is the record behind it. */
public final class TypeFields<P> {
    private final Fields fields;
    private final String type;

    TypeFields(Fields fields, String type) {
        this.fields = fields;
        this.type = type;
    }

    private TypeFields<P> put(String field, Resolver resolver) {
        fields.put(type, field, resolver);
        return this;
    }

    /** Gives the type its global id, and every domain its records by key. */
    public <K> TypeFields<P> id(Lookup<K, P> lookup) {
        fields.nodeTypes().add(type, lookup);
        return value("id", record -> GlobalId.of(type, lookup.keyOf().apply(record)));
    }

    /** Lets its records be found again by a key that only the gateway knows, where a change that has made them is repeated. */
    public <K> TypeFields<P> kept(Lookup<K, P> lookup) {
        fields.nodeTypes().addHidden(type, lookup);
        return this;
    }

    /** A field worked out from the record itself. */
    public TypeFields<P> value(String field, Function<P, ?> value) {
        Resolver.OfRecord resolver = record -> value.apply(cast(record));
        return put(field, resolver);
    }

    /** A field that is told of the operation that asks, and not of the record. */
    public TypeFields<P> ofOperation(String field, Function<Operation, ?> value) {
        Resolver.OfLevel resolver = (_, _, round) -> _ -> value.apply(round.operation());
        return put(field, resolver);
    }

    /**
     * A field that is the cursor of the record itself.
     *
     * @param ranking whose {@link Ranking#name} it is signed for
     * @param place as that ranking's {@link Ranking#place} says it
     */
    public TypeFields<P> cursor(String field, String ranking, Function<P, String> place) {
        return value(field, record -> Rankings.cursor(ranking, place.apply(record), fields.cursors()));
    }

    /** A field that is another domain's record, found by its key; null where there is no key or no such record. */
    public TypeFields<P> toOne(String field, Function<P, ? extends @Nullable Object> key, Class<?> record) {
        // Its domain may say later how it is found.
        Resolver.OfLevel resolver =
                (records, _, round) -> found(records, key, fields.nodeTypes().lookup(record), one -> one, round);
        return put(field, resolver);
    }

    /** A field that is another domain's record, found by a look-up of its own. */
    public <K, V> TypeFields<P> lookup(String field, Function<P, ? extends @Nullable K> key, Lookup<K, V> lookup) {
        return lookup(field, key, lookup, found -> found);
    }

    /** A field found by a look-up of its own; null where there is no key or nothing is found. */
    public <K, V> TypeFields<P> lookup(
            String field, Function<P, ? extends @Nullable K> key, Lookup<K, V> lookup, Function<V, ?> value) {
        Resolver.OfLevel resolver = (records, _, round) -> found(records, key, lookup, value, round);
        return put(field, resolver);
    }

    private <K, V> Resolver.Values found(
            List<?> records,
            Function<P, ? extends @Nullable K> key,
            Lookup<K, V> lookup,
            Function<V, ?> value,
            Round round) {
        var found = round.records(lookup);
        for (var record : records) {
            var wanted = key.apply(cast(record));
            if (wanted != null) {
                found.want(wanted);
            }
        }
        return index -> {
            var wanted = key.apply(cast(records.get(index)));
            var one = wanted == null ? null : found.get(wanted);
            return one == null ? null : value.apply(one);
        };
    }

    /** A field that is a record of one of several types; null where there is none. */
    public TypeFields<P> reference(String field, Function<P, @Nullable Reference> reference) {
        Resolver.OfLevel resolver = (records, _, round) -> {
            for (var record : records) {
                var to = reference.apply(cast(record));
                if (to != null) {
                    round.records(fields.nodeTypes().lookup(to.record())).want(to.key());
                }
            }
            return index -> {
                var to = reference.apply(cast(records.get(index)));
                return to == null
                        ? null
                        : round.operation()
                                .records(fields.nodeTypes().lookup(to.record()))
                                .get(to.key());
            };
        };
        return put(field, resolver);
    }

    /**
     * The field {@code transitions}: where a record can go next.
     *
     * @param rules of all mutations that change its state
     */
    public <K> TypeFields<P> transitions(
            Table<K, P> table, Function<P, K> key, Function<P, ? extends Enum<?>> status, List<Rule> rules) {
        var transitions = new Transitions<>(fields, table, key, status, rules);
        Resolver.OfLevel resolver = (records, _, round) ->
                transitions.of(records.stream().map(this::cast).toList(), round);
        return put("transitions", resolver);
    }

    /** A field that is a page of the rows whose column holds the record's key. */
    public TypeFields<P> page(String field, Listing<?> listing, String parentColumn, Function<P, ?> key) {
        return pageWhere(field, listing, parentColumn + " = parent_key", key);
    }

    /** A field that is a page of the rows for which the SQL condition holds of {@code parent_key}, the record's key. */
    public TypeFields<P> pageWhere(String field, Listing<?> listing, String condition, Function<P, ?> key) {
        Resolver.OfLevel resolver = (records, arguments, round) -> {
            var parents = LinkedHashSet.newLinkedHashSet(records.size());
            for (var record : records) {
                parents.add(key.apply(cast(record)));
            }
            var pages = fields.pages(listing, condition, arguments, round);
            var read = round.read(pages.findAll(parents));
            return index -> read.value().get(key.apply(cast(records.get(index))));
        };
        return put(field, resolver);
    }

    @SuppressWarnings("unchecked") // The engine hands a type's fields that type's records.
    private P cast(@Nullable Object record) {
        return (P) Objects.requireNonNull(record);
    }
}
