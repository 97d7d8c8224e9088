package dev.selvage.kernel;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Which Java answers which field. A domain states it in lines ({@link Wiring}); this class turns each line into what the
 * engine runs, so that a domain's code holds no future, no loader and no argument binding per row.
 *
 * <p>A field without a line of its own is the method of the same name of its type's record.
 */
public final class Fields {
    static final int MAX_NODES = 100;
    private static final int MAX_COUNT = 100_000;
    private static final int DEFAULT_COUNT = 10_000;

    /** What a field needs to be answered: itself, its parent's record, and on demand all the rest. */
    @FunctionalInterface
    interface Fetcher extends LightDataFetcher<Object> {
        @Override
        default @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            return get(environment.getFieldDefinition(), environment.getSource(), () -> environment);
        }

        @Override
        @Nullable
        Object get(GraphQLFieldDefinition field, @Nullable Object source, Supplier<DataFetchingEnvironment> environment)
                throws Exception;
    }

    /** A type with a global id. */
    record NodeType<K, V>(String name, Lookup<K, V> lookup) {
        @Nullable
        CompletableFuture<?> load(GlobalId id, Operation operation) {
            return lookup.in(operation).load(id.keyAs(lookup.keyType()));
        }
    }

    private final Database database;
    private final Cursors cursors;
    private final Map<String, Map<String, Fetcher>> fetchers = new HashMap<>();
    private final Map<String, Class<?>> records = new HashMap<>();
    private final Map<String, NodeType<?, ?>> nodeTypes = new HashMap<>();

    Fields(Database database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** The GraphQL type of the record's name; its fields are the record's methods where nothing else is said. */
    public <P> Of<P> type(Class<P> record) {
        return type(record.getSimpleName(), record);
    }

    /** A GraphQL type that has another name than its record. */
    public <P> Of<P> type(String name, Class<P> record) {
        records.put(name, record);
        return new Of<>(name);
    }

    /** Fields that one domain adds to another's type. */
    public <P> Of<P> extend(Class<P> record) {
        return new Of<>(record.getSimpleName());
    }

    /** The root of all queries. */
    public Root query() {
        return new Root();
    }

    @Nullable
    Fetcher fetcher(String type, String field) {
        var declared = fetchers.getOrDefault(type, Map.of()).get(field);
        if (declared != null) {
            return declared;
        }
        var method = method(type, field);
        if (method == null) {
            return null;
        }
        var accessor = Accessor.of(method);
        return (_, source, _) -> source == null ? null : accessor.apply(source);
    }

    /** The method that answers a field by its name, if one does. */
    @Nullable
    Method method(String type, String field) {
        var record = records.get(type);
        if (record == null || fetchers.getOrDefault(type, Map.of()).containsKey(field)) {
            return null;
        }
        try {
            return record.getDeclaredMethod(field);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    private void put(String type, String field, Fetcher fetcher) {
        var earlier = fetchers.computeIfAbsent(type, _ -> new HashMap<>()).put(field, fetcher);
        if (earlier != null) {
            throw new IllegalStateException(type + "." + field + " is answered twice");
        }
    }

    static Operation operation(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().get(Operation.class), "No operation");
    }

    /** Lines for the fields of one type; {@code P} is the record behind it. */
    public final class Of<P> {
        private final String type;

        private Of(String type) {
            this.type = type;
        }

        /** Gives the type its global id, and every domain its records by key. */
        public <K> Of<P> id(Lookup<K, P> lookup) {
            nodeTypes.put(type, new NodeType<>(type, lookup));
            return value("id", record -> GlobalId.of(type, lookup.keyOf().apply(record)));
        }

        /** A field worked out from the record itself. */
        public Of<P> value(String field, Function<P, ?> value) {
            put(type, field, (_, source, _) -> value.apply(cast(source)));
            return this;
        }

        /** A field that is another domain's record, found by its key; null where there is no key or no such record. */
        public Of<P> toOne(String field, Function<P, ? extends @Nullable Object> key, Class<?> record) {
            put(type, field, (_, source, environment) -> {
                var id = key.apply(cast(source));
                return id == null
                        ? null
                        : lookupOf(record).in(operation(environment.get())).load(id);
            });
            return this;
        }

        /** A field that is another domain's record, found by a lookup of its own. */
        public <K, V> Of<P> lookup(String field, Function<P, ? extends @Nullable K> key, Lookup<K, V> lookup) {
            return lookup(field, key, lookup, found -> found);
        }

        /** A field found by a lookup of its own; null where there is no key or nothing is found. */
        public <K, V> Of<P> lookup(
                String field, Function<P, ? extends @Nullable K> key, Lookup<K, V> lookup, Function<V, ?> value) {
            put(type, field, (_, source, environment) -> {
                var id = key.apply(cast(source));
                if (id == null) {
                    return null;
                }
                return lookup.in(operation(environment.get()))
                        .load(id)
                        .thenApply(found -> found == null ? null : value.apply(found));
            });
            return this;
        }

        /** A field that is a record of one of several types; null where there is none. */
        public Of<P> reference(String field, Function<P, @Nullable Reference> reference) {
            put(type, field, (_, source, environment) -> {
                var to = reference.apply(cast(source));
                return to == null
                        ? null
                        : lookupOf(to.record()).in(operation(environment.get())).load(to.key());
            });
            return this;
        }

        /** A field that is a page of the rows whose column holds the record's key. */
        public Of<P> page(String field, Listing<?> listing, String parentColumn, Function<P, ?> key) {
            return pageWhere(field, listing, parentColumn + " = parent_key", key);
        }

        /** A field that is a page of the rows for which the SQL condition holds of {@code parent_key}, the record's key. */
        public Of<P> pageWhere(String field, Listing<?> listing, String condition, Function<P, ?> key) {
            put(
                    type,
                    field,
                    (_, source, environment) ->
                            pages(listing, condition, environment.get()).load(key.apply(cast(source))));
            return this;
        }

        @SuppressWarnings("unchecked") // The engine hands a type's fields that type's records.
        private P cast(@Nullable Object source) {
            return (P) Objects.requireNonNull(source);
        }
    }

    /** Lines for {@code Query}. */
    public final class Root {
        /** A field that is the record of its argument {@code id}. */
        public Root byId(String field, Class<?> record) {
            put("Query", field, (_, _, environment) -> {
                var env = environment.get();
                return load(record, Objects.requireNonNull(env.getArgument("id")), operation(env));
            });
            return this;
        }

        /** A field that is one record, found by one of the keys of its {@code @oneOf} argument {@code by}. */
        public Root by(String field, Class<?> record, By... keys) {
            Map<String, BiFunction<Object, Operation, @Nullable Object>> ways = new HashMap<>();
            ways.put("id", (id, operation) -> load(record, (String) id, operation));
            for (var key : keys) {
                ways.put(key.argument, key.way);
            }
            put("Query", field, (_, _, environment) -> {
                var env = environment.get();
                Map<String, Object> by = Objects.requireNonNull(env.getArgument("by"));
                var given = by.entrySet().iterator().next();
                return Objects.requireNonNull(ways.get(given.getKey())).apply(given.getValue(), operation(env));
            });
            return this;
        }

        /** A field that is a page of a list. */
        public Root page(String field, Listing<?> listing) {
            put(
                    "Query",
                    field,
                    (_, _, environment) ->
                            pages(listing, null, environment.get()).load(Pages.ROOT));
            return this;
        }

        /** A field that is a page of a list in an order of its own. */
        public <T> Root ranking(String field, Function<Map<String, Object>, Ranking<T>> ranking) {
            put("Query", field, (_, _, environment) -> {
                var env = environment.get();
                var operation = operation(env);
                return Rankings.page(ranking.apply(env.getArguments()), env.getArguments(), operation, cursors)
                        .contextWrite(context -> Operations.enter(context, operation))
                        .toFuture();
            });
            return this;
        }

        /**
         * A field that is a whole list, worked out from its arguments.
         *
         * @param most rows; with more of them the answer is LIMIT_EXCEEDED
         */
        public <T> Root all(String field, int most, Function<Map<String, Object>, Flux<T>> answer) {
            put("Query", field, (_, _, environment) -> {
                var env = environment.get();
                var operation = operation(env);
                return answer.apply(env.getArguments())
                        .collectList()
                        .map(rows -> whole(rows, most, operation))
                        .contextWrite(context -> Operations.enter(context, operation))
                        .toFuture();
            });
            return this;
        }

        private static <T> List<T> whole(List<T> rows, int most, Operation operation) {
            if (rows.size() > most) {
                throw new Refusal(
                        Refusal.Code.LIMIT_EXCEEDED,
                        "This makes more than " + most + " groups. Ask for a shorter time, or for coarser groups.");
            }
            return operation.admits(rows.size()) ? rows : List.of();
        }

        /** A field worked out from who asks. */
        public Root value(String field, Function<Viewer, ?> value) {
            put(
                    "Query",
                    field,
                    (_, _, environment) ->
                            value.apply(operation(environment.get()).viewer()));
            return this;
        }
    }

    /** Another key of a record than its id: the argument's name, what it becomes, and how the record is found by it. */
    public static final class By {
        private final String argument;
        private final BiFunction<Object, Operation, @Nullable Object> way;

        public <K, V> By(String argument, Function<Object, ? extends @Nullable K> toKey, Lookup<K, V> lookup) {
            this(argument, toKey, lookup, found -> found);
        }

        /** @param record the record of what the lookup finds */
        public <K, V> By(
                String argument,
                Function<Object, ? extends @Nullable K> toKey,
                Lookup<K, V> lookup,
                Function<V, Object> record) {
            this.argument = argument;
            this.way = (value, operation) -> {
                var key = toKey.apply(value);
                return key == null
                        ? null
                        : lookup.in(operation).load(key).thenApply(found -> found == null ? null : record.apply(found));
            };
        }

        /** A key that is text in the table. */
        public static String text(Object value) {
            return Filter.checked((String) value);
        }
    }

    /** The records of this type by key. */
    @SuppressWarnings("unchecked") // A type's keys are of one Java type, checked where they come from outside.
    private Lookup<Object, Object> lookupOf(Class<?> record) {
        var name = record.getSimpleName();
        return (Lookup<Object, Object>) Objects.requireNonNull(nodeTypes.get(name), () -> name + " has no id")
                .lookup();
    }

    private @Nullable Object load(Class<?> record, String id, Operation operation) {
        var lookup = lookupOf(record);
        var key = GlobalId.keyOf(id, record.getSimpleName(), lookup.keyType());
        return key == null ? null : lookup.in(operation).load(key);
    }

    private @Nullable CompletableFuture<?> node(String text, Operation operation) {
        var id = GlobalId.parse(text);
        var type = nodeTypes.get(id.type());
        if (type == null) {
            throw GlobalId.malformed();
        }
        return type.load(id, operation);
    }

    private <T> DataLoader<Object, Connection<T>> pages(
            Listing<T> listing, @Nullable String ofParent, DataFetchingEnvironment environment) {
        var operation = operation(environment);
        // A field of the document has the same arguments for every row, so they are read once.
        return operation.loader(environment.getField(), () -> {
            var request = PageRequest.of(listing, environment.getArguments(), cursors);
            return new Pages<>(listing, ofParent, request, operation, database, cursors)::findAll;
        });
    }

    /** What the schema's foundations need: nodes, connections, money. */
    void foundations(String currency) {
        put("Query", "node", (_, _, environment) -> {
            var env = environment.get();
            return node(Objects.requireNonNull(env.getArgument("id")), operation(env));
        });
        put("Query", "nodes", (_, _, environment) -> {
            var env = environment.get();
            List<String> ids = Objects.requireNonNull(env.getArgument("ids"));
            return nodes(ids, operation(env));
        });
        type(Money.class).value("currency", _ -> currency);
        type(TimeWindow.class);
        type("PageInfo", Connection.PageInfo.class);
    }

    private CompletableFuture<List<@Nullable Object>> nodes(List<String> ids, Operation operation) {
        if (ids.size() > MAX_NODES) {
            throw new Refusal(
                    Refusal.Code.LIMIT_EXCEEDED,
                    "`ids` has " + ids.size() + " entries; at most " + MAX_NODES + " are answered at once.");
        }
        if (ids.stream().anyMatch(Objects::isNull)) {
            throw Refusal.badInput("A list must not contain null.");
        }
        var loading = new ArrayList<CompletableFuture<?>>(ids.size());
        for (var id : ids) {
            loading.add(Objects.requireNonNull(node(id, operation)));
        }
        return CompletableFuture.allOf(loading.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    var found = new ArrayList<@Nullable Object>(loading.size());
                    loading.forEach(record -> found.add(record.join()));
                    return found;
                });
    }

    /** A {@code …Connection} type of the schema. */
    void connection(String name) {
        if (records.containsKey(name)) {
            return;
        }
        records.put(name, Connection.class);
        put(name, "totalCount", (_, source, environment) -> {
            var connection = (Connection<?>) Objects.requireNonNull(source);
            // An explicit null is allowed by the schema, and then the argument's default does not come in by itself.
            int max = Objects.requireNonNullElse(environment.get().<Integer>getArgument("max"), DEFAULT_COUNT);
            if (max < 0 || max > MAX_COUNT) {
                throw Refusal.badInput("`max` must be from 0 to " + MAX_COUNT + ".");
            }
            return connection.count().apply(max);
        });
    }

    /** A {@code …Edge} type of the schema. */
    void edge(String name) {
        records.put(name, Connection.Edge.class);
    }
}
