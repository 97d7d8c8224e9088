package dev.selvage.kernel;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which Java answers which field. A domain states it in lines ({@link Wiring}); each line becomes a {@link Resolver}, so that
 * a domain's code holds no batching, no waiting and no argument binding per row.
 *
 * <p>A field without a line of its own is the method of the same name of its type's record.
 */
public final class Fields {
    private static final int MAX_COUNT = 100_000;
    private static final int DEFAULT_COUNT = 10_000;

    private final Database database;
    private final WordFrequencies frequencies;
    private final Cursors cursors;
    private final NodeTypes nodeTypes = new NodeTypes();
    private final Constraints constraints = new Constraints();
    private final Map<String, AccessRule> access = new HashMap<>();
    private final Map<String, Map<String, Resolver>> resolvers = new HashMap<>();
    private final Map<String, Class<?>> records = new HashMap<>();

    Fields(Database database, WordFrequencies frequencies, Cursors cursors) {
        this.database = database;
        this.frequencies = frequencies;
        this.cursors = cursors;
    }

    /** The GraphQL type of the record's name; its fields are the record's methods where nothing else is said. */
    public <P> TypeFields<P> type(Class<P> record) {
        return type(record.getSimpleName(), record);
    }

    /** A GraphQL type that has another name than its record. */
    public <P> TypeFields<P> type(String name, Class<P> record) {
        records.put(name, record);
        return new TypeFields<>(this, name);
    }

    /** Fields that one domain adds to another's type. */
    public <P> TypeFields<P> extend(Class<P> record) {
        return new TypeFields<>(this, record.getSimpleName());
    }

    /** The root of all queries. */
    public RootFields query() {
        return new RootFields(this);
    }

    /** What the constraints of the tables are to callers. */
    public Constraints constraints() {
        return constraints;
    }

    /** A field of the root of all changes, named as its class. */
    void mutation(Mutation<?> mutation, IdempotencyRepository keys) {
        var name = nameOf(mutation);
        put("Mutation", name, new MutationField<>(name, mutation, constraints, keys, nodeTypes));
    }

    /** A field of the root of all changes that makes many at once, named as its class. */
    void batch(BatchMutation<?> mutation, IdempotencyRepository keys) {
        var name = nameOf(mutation);
        put("Mutation", name, new BatchField<>(name, mutation, keys, nodeTypes));
    }

    private static String nameOf(Object mutation) {
        var type = mutation.getClass().getSimpleName();
        return Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    /** Who may call a mutation. */
    AccessRule accessTo(String mutation) {
        return Objects.requireNonNull(access.get(mutation), () -> "The schema has no mutation " + mutation);
    }

    /** The schema says who may call a mutation. */
    void allow(String mutation, AccessRule rule) {
        access.put(mutation, rule);
    }

    /** A {@code …Payload} type of the schema: its errors, and the record under a name of its own, unless a domain answers it. */
    void payload(String name, String field) {
        Resolver.OfRecord resolver = field.equals("userErrors")
                ? payload -> ((Payload<?>) payload).userErrors()
                : payload -> ((Payload<?>) payload).record();
        resolvers.computeIfAbsent(name, _ -> new HashMap<>()).putIfAbsent(field, resolver);
    }

    Database database() {
        return database;
    }

    NodeTypes nodeTypes() {
        return nodeTypes;
    }

    Cursors cursors() {
        return cursors;
    }

    void put(String type, String field, Resolver resolver) {
        var earlier = resolvers.computeIfAbsent(type, _ -> new HashMap<>()).put(field, resolver);
        if (earlier != null) {
            throw new IllegalStateException(type + "." + field + " is answered twice");
        }
    }

    @Nullable
    Resolver resolver(String type, String field) {
        var declared = resolvers.getOrDefault(type, Map.of()).get(field);
        if (declared != null) {
            return declared;
        }
        var method = method(type, field);
        return method == null ? null : Accessor.of(method);
    }

    /** The method that answers a field by its name, if one does. */
    @Nullable
    Method method(String type, String field) {
        var record = records.get(type);
        if (record == null || resolvers.getOrDefault(type, Map.of()).containsKey(field)) {
            return null;
        }
        try {
            return record.getDeclaredMethod(field);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    /** What a page field answers: its arguments are read once, whatever the number of rows it is answered for. */
    <T> Pages<T> pages(Listing<T> listing, @Nullable String ofParent, Map<String, Object> arguments, Round round) {
        var request = PageRequest.of(listing, arguments, cursors);
        return new Pages<>(listing, ofParent, request, round.operation(), database, frequencies, cursors);
    }

    /** What the schema's foundations need: nodes, connections, money. */
    void foundations(String currency) {
        query().node("node").nodes("nodes");
        type(Money.class).value("currency", _ -> currency);
        type(TimeWindow.class);
        type("PageInfo", Connection.PageInfo.class);
        type(UserError.InputError.class);
        type(UserError.VersionConflict.class);
        type(UserError.OutOfStock.class);
        type(UserError.TransitionBlocked.class);
        type(UserError.CapacityReached.class);
        type(UserError.Blocker.class);
        type(Transitions.Transition.class);
    }

    /** A {@code …Connection} type of the schema. */
    void connection(String name) {
        if (records.containsKey(name)) {
            return;
        }
        records.put(name, Connection.class);
        Resolver.OfLevel totalCount = (connections, arguments, round) -> {
            // An explicit null is allowed by the schema, and then the argument's default does not come in by itself.
            int max = Objects.requireNonNullElse((Integer) arguments.get("max"), DEFAULT_COUNT);
            if (max < 0 || max > MAX_COUNT) {
                throw Refusal.badInput("`max` must be from 0 to " + MAX_COUNT + ".");
            }
            return counts(connections, max, round);
        };
        put(name, "totalCount", totalCount);
    }

    /** The connections of a level are the pages of one field, and are counted together. */
    private static Resolver.Values counts(List<?> connections, int max, Round round) {
        var pages = Objects.requireNonNull(((Connection<?>) connections.getFirst()).pages());
        var parents = new LinkedHashSet<>();
        connections.forEach(connection -> parents.add(((Connection<?>) connection).parent()));
        var counts = round.read(new CountKey(pages, max), () -> pages.counts(parents, max));
        return index -> counts.value().get(((Connection<?>) connections.get(index)).parent());
    }

    /** The same count under another name is the same count. */
    private record CountKey(Pages<?> pages, int max) {}

    /** An {@code …Edge} type of the schema. */
    void edge(String name) {
        records.put(name, Connection.Edge.class);
    }
}
