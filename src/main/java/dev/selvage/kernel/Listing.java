package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of the schema as SQL: which rows, what can be filtered and sorted by, and how a row becomes a record. A repository
 * declares it once; it serves the list as a root field and below every parent.
 *
 * <p>Pages are keyset pages over (sort key, id) in both directions, so that every page costs the same. All parents of a
 * level are answered by one statement.
 *
 * <p>A list whose rows are visible for several reasons ("everybody's, or mine") is read in {@link #branches branches}, one
 * per reason, each of them served by an index in the order of the list. The branches only say where to look: what a viewer
 * may see is decided by row security alone.
 */
public final class Listing<T> {
    private final String table;
    private final String columns;
    private final Class<?> keyType;
    private final Function<Columns, T> mapper;
    private final Function<T, Object> id;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final Map<String, SortKey> sorts = new LinkedHashMap<>();
    private boolean descendingByDefault;
    private Function<Viewer, List<Branch>> branches = _ -> List.of(Branch.WHOLE);
    private @Nullable Search search;

    private Listing(
            String table, String columns, Function<Columns, T> mapper, Class<?> keyType, Function<T, Object> id) {
        this.table = table;
        this.columns = columns;
        this.mapper = mapper;
        this.keyType = keyType;
        this.id = id;
    }

    /**
     * Starts a list's declaration.
     *
     * @param columns of the table, in the mapper's order
     * @param keyType the id's: {@code Long} or {@code UUID}
     * @param id the key of a record, the table's {@code id}
     */
    public static <K, T> Listing<T> of(
            String table, String columns, Function<Columns, T> mapper, Class<K> keyType, Function<T, K> id) {
        return new Listing<>(table, columns, mapper, keyType, id::apply);
    }

    /** Adds the meaning of a field of the filter input. */
    public Listing<T> filter(String field, Filter filter) {
        filters.put(field, filter);
        return this;
    }

    /**
     * Adds a value of the sort enum; the first one added is the default.
     *
     * @param expression never null, and indexed together with {@code id}
     * @param type {@code Instant}, {@code Integer}, {@code Long} or {@code String}
     */
    public Listing<T> sort(String field, String expression, Class<?> type) {
        sorts.put(field, new SortKey(field, expression, type));
        return this;
    }

    /**
     * Adds the filter {@code search} over the table's column of that name.
     *
     * @param function of {@code to_tsquery} text, answers the rows that the viewer may see with all columns that the list
     *     filters and sorts by: an index cannot serve a text search behind a policy, because its operator might leak
     * @param configuration the text search configuration
     */
    public Listing<T> search(String function, String configuration) {
        search = new Search(table, function, configuration);
        return filter("search", Filter.search());
    }

    record Search(String table, String function, String configuration) {
        /** SQL that says whether a page is sooner full by walking the list. */
        String isFrequent(String words) {
            return "search_is_frequent('" + table + "', '" + configuration + "', " + words + ")";
        }
    }

    /** How it is searched; null if it is not. */
    @Nullable
    Search search() {
        return search;
    }

    /** Lists run downward where the caller does not say otherwise. */
    public Listing<T> descendingByDefault() {
        descendingByDefault = true;
        return this;
    }

    /** Where a viewer's rows are found: branches that exclude each other and together hold all of them. */
    public Listing<T> branches(Function<Viewer, List<Branch>> branches) {
        this.branches = branches;
        return this;
    }

    /**
     * Rows that are visible for one reason.
     *
     * @param flag the boolean column that the indexes of the table lead with; null where they lead with none
     * @param value what it is
     * @param rest SQL that holds for those of them that the viewer sees; null where that is all of them
     */
    public record Branch(
            @Nullable String flag, boolean value, @Nullable String rest) {
        private static final Branch WHOLE = new Branch(null, true, null);

        /** All rows with that flag. */
        public static Branch of(String flag, boolean value) {
            return new Branch(flag, value, null);
        }

        /** Those with that flag for which the condition holds too. */
        public static Branch of(String flag, boolean value, String rest) {
            return new Branch(flag, value, rest);
        }

        String sql() {
            var part = flag == null ? "true" : value ? flag : "NOT " + flag;
            return rest == null ? part : part + " AND " + rest;
        }

        String argument() {
            return flag == null ? "NULL, true" : "'" + flag + "', " + value;
        }
    }

    /** What its cursors are signed for. */
    String name() {
        return table;
    }

    Class<?> keyType() {
        return keyType;
    }

    Map<String, Filter> filters() {
        return filters;
    }

    Map<String, SortKey> sorts() {
        return sorts;
    }

    record Sort(SortKey key, boolean descending) {}

    Sort sort(@Nullable Map<?, ?> argument) {
        if (argument == null) {
            return new Sort(sorts.values().iterator().next(), descendingByDefault);
        }
        return new Sort(
                Objects.requireNonNull(sorts.get(argument.get("field"))), "DESC".equals(argument.get("direction")));
    }

    /** A row and what its cursor is made of. */
    record Row<T>(T node, Cursors.Position position) {}

    /** A row below a parent. */
    record ChildRow<T>(Object parent, Row<T> row) {}

    Row<T> row(Columns columns, SortKey sort) {
        var key = columns.value(sort.type());
        var node = mapper.apply(columns);
        return new Row<>(node, new Cursors.Position(key, id.apply(node)));
    }

    /** One row more than asked for, which says whether there are more. */
    Statement page(Viewer viewer, PageRequest request) {
        var text = new StatementText();
        var wanted = places(text, viewer, request, null, request.sort());
        rows(text, request, wanted);
        return text.statement(wanted.dependsOnValues());
    }

    /** @param parent SQL that says which rows are those of {@code parent_key} */
    Statement pageBelow(Viewer viewer, PageRequest request, String parent, Object[] parents) {
        var text = new StatementText();
        var wanted = places(text, viewer, request, parent, request.sort());
        // The rows of one parent come in the order of the inner ORDER BY; between parents no order is needed.
        text.add("SELECT *").add(parentsOf(text.bind(parents), parents));
        rows(text, request, wanted);
        return text.add(") AS page").statement(wanted.dependsOnValues());
    }

    Statement count(Viewer viewer, PageRequest request, int max) {
        var text = new StatementText();
        var wanted = places(text, viewer, request, null, null);
        text.add("SELECT count(*) FROM (");
        counted(text, wanted, max);
        return text.add(") AS counted").statement(wanted.dependsOnValues());
    }

    Statement countBelow(Viewer viewer, PageRequest request, int max, String parent, Object[] parents) {
        var text = new StatementText();
        var wanted = places(text, viewer, request, parent, null);
        text.add("SELECT parent_key, total")
                .add(parentsOf(text.bind(parents), parents))
                .add("SELECT count(*) AS total FROM (");
        counted(text, wanted, max);
        return text.add(") AS counted) AS totals").statement(wanted.dependsOnValues());
    }

    /**
     * What is worked out over all rows of a filter.
     *
     * @param selected SQL, with {@code values} as {@code $1 …}
     * @param filter the list's filter input
     * @param rest what follows the condition, with the same values
     */
    public Statement aggregate(String selected, List<Object> values, @Nullable Map<?, ?> filter, String rest) {
        var text = new StatementText();
        values.forEach(text::bind);
        text.add("SELECT ").add(selected).add(" FROM ").add(table).add(" WHERE true");
        for (var condition : PageRequest.conditions(this, filter)) {
            text.add(" AND ").add(text.whole(condition));
        }
        // As dear as it is, it is worth a plan of its own.
        return text.add(" ").add(rest).statement(true);
    }

    private Places places(
            StatementText text, Viewer viewer, PageRequest request, @Nullable String parent, @Nullable SortKey sort) {
        return new Places(text, table, branches.apply(viewer), search, request, parent, sort);
    }

    private static String parentsOf(String parameter, Object[] parents) {
        var type = parents instanceof Long[] ? "bigint" : "uuid";
        return " FROM unnest(" + parameter + "::" + type + "[]) AS parent (parent_key) CROSS JOIN LATERAL (";
    }

    private void rows(StatementText text, PageRequest request, Places wanted) {
        var way = request.descending() != request.backward() ? " DESC" : " ASC";
        int most = request.size() + 1;
        // Of a search in the text: for a number that it does not know the server expects a tenth of all rows, and plans
        // anew
        // each time. What else a list is asked for is better planned for its values.
        var limit = " LIMIT " + (request.words() == null ? text.bind(most) : most);
        var order = " ORDER BY page_key" + way + ", id" + way + limit;
        var key = request.sort().expression();
        wanted.within(bounds(text, request));
        var learned = wanted.learnsFrequency() ? ", (SELECT frequent FROM searched) AS frequent" : "";
        var selected = "SELECT " + key + " AS page_key, " + columns + learned + " FROM " + table + " WHERE ";
        var places = new ArrayList<String>();
        for (var walked : wanted.walked()) {
            places.add(selected + walked + order);
        }
        for (var fetched : wanted.fetched()) {
            // The OFFSET keeps the order out of it: these are fetched by their range, and then sorted.
            places.add("SELECT * FROM (" + selected + fetched + " OFFSET 0) AS fetched" + order);
        }
        if (wanted.isFetchedByWords()) {
            var found = wanted.found("id") + " ORDER BY " + key + way + ", id" + way + limit;
            places.add(selected + "id = ANY (ARRAY(" + found + "))" + order);
        }
        if (places.size() == 1) {
            text.add(places.getFirst());
        } else {
            // Merged as they are read: of each no more rows than it gives to the page.
            text.add("SELECT * FROM (").add(union(places)).add(") AS places" + order);
        }
    }

    private void counted(StatementText text, Places wanted, int max) {
        var limit = " LIMIT " + text.bind(max);
        var places = new ArrayList<String>();
        for (var whole : wanted.whole()) {
            places.add("SELECT 1 FROM " + table + " WHERE " + whole + limit);
        }
        if (wanted.isFetchedByWords()) {
            places.add(wanted.found("1") + limit);
        }
        text.add(union(places)).add(places.size() == 1 ? "" : limit);
    }

    private static String union(List<String> places) {
        return "(" + String.join(") UNION ALL (", places) + ")";
    }

    private static List<String> bounds(StatementText text, PageRequest request) {
        var bounds = new ArrayList<String>();
        var expression = "(" + request.sort().expression() + ", id)";
        if (request.after() != null) {
            bounds.add(expression + (request.descending() ? " < " : " > ") + text.bind(request.after()));
        }
        if (request.before() != null) {
            bounds.add(expression + (request.descending() ? " > " : " < ") + text.bind(request.before()));
        }
        return bounds;
    }
}
