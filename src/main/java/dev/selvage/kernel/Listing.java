package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private Function<Viewer, List<String>> branches = _ -> List.of("true");

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

    /** Lists run downward where the caller does not say otherwise. */
    public Listing<T> descendingByDefault() {
        descendingByDefault = true;
        return this;
    }

    /** Where a viewer's rows are found: conditions that exclude each other and together hold for all of them. */
    public Listing<T> branches(Function<Viewer, List<String>> branches) {
        this.branches = branches;
        return this;
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
        var text = new Text();
        text.add("SELECT page_key, ").add(columns).add(" FROM (");
        branches(text, viewer, request, null);
        return text.add(") AS page").statement();
    }

    Statement pageBelow(Viewer viewer, PageRequest request, String parentColumn, Object[] parents) {
        var text = new Text();
        // The rows of one parent come in the order of the inner ORDER BY; between parents no order is needed.
        text.add("SELECT parent_key, page_key, ").add(columns).add(parentsOf(text.bind(parents), parents));
        branches(text, viewer, request, parentColumn);
        return text.add(") AS page").statement();
    }

    Statement count(Viewer viewer, PageRequest request, int max) {
        var text = new Text();
        text.add("SELECT count(*) FROM (");
        counted(text, viewer, request, null, max);
        return text.add(") AS counted").statement();
    }

    Statement countBelow(Viewer viewer, PageRequest request, int max, String parentColumn, Object[] parents) {
        var text = new Text();
        text.add("SELECT parent_key, total")
                .add(parentsOf(text.bind(parents), parents))
                .add("SELECT count(*) AS total FROM (");
        counted(text, viewer, request, parentColumn, max);
        return text.add(") AS counted) AS totals").statement();
    }

    private static String parentsOf(String parameter, Object[] parents) {
        var type = parents instanceof Long[] ? "bigint" : "uuid";
        return " FROM unnest(" + parameter + "::" + type + "[]) AS parent (parent_key) CROSS JOIN LATERAL (";
    }

    private void branches(Text text, Viewer viewer, PageRequest request, @Nullable String parentColumn) {
        var direction = request.descending() != request.backward() ? " DESC" : " ASC";
        var order = " ORDER BY page_key" + direction + ", id" + direction + " LIMIT " + text.bind(request.size() + 1);
        var conditions = conditions(text, request, parentColumn);
        conditions.addAll(bounds(text, request));
        union(text, viewer, request.sort().expression() + " AS page_key, " + columns, conditions, order);
    }

    private void counted(Text text, Viewer viewer, PageRequest request, @Nullable String parentColumn, int max) {
        var limit = " LIMIT " + text.bind(max);
        union(text, viewer, "1", conditions(text, request, parentColumn), limit);
    }

    /** Each branch by itself and then all of them together, in the same order and up to the same limit. */
    private void union(Text text, Viewer viewer, String selected, List<String> conditions, String orderAndLimit) {
        var all = branches.apply(viewer);
        text.add(all.stream()
                .map(branch ->
                        "SELECT " + selected + " FROM " + table + " WHERE " + and(branch, conditions) + orderAndLimit)
                .collect(Collectors.joining(") UNION ALL (", "(", ")")));
        if (all.size() > 1) {
            text.add(orderAndLimit);
        }
    }

    private List<String> conditions(Text text, PageRequest request, @Nullable String parentColumn) {
        var conditions = new ArrayList<String>();
        if (parentColumn != null) {
            conditions.add(parentColumn + " = parent_key");
        }
        for (var condition : request.conditions()) {
            var value = condition.value();
            conditions.add(value == null ? condition.text() : condition.text().replace("?", text.bind(value)));
        }
        return conditions;
    }

    private static List<String> bounds(Text text, PageRequest request) {
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

    private static String and(String branch, List<String> conditions) {
        return conditions.isEmpty() ? branch : branch + " AND " + String.join(" AND ", conditions);
    }

    /** Statement text that numbers its values as they come. */
    private static final class Text {
        private final StringBuilder text = new StringBuilder(512);
        private final List<Object> values = new ArrayList<>();

        Text add(String part) {
            text.append(part);
            return this;
        }

        String bind(Object value) {
            values.add(value);
            return "$" + values.size();
        }

        String bind(Cursors.Position position) {
            return "(" + bind(position.sortKey()) + ", " + bind(position.id()) + ")";
        }

        Statement statement() {
            return new Statement(text.toString(), values);
        }
    }
}
