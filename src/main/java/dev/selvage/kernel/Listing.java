package dev.selvage.kernel;

import java.time.Instant;
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
        search = new Search(
                function,
                "search_is_frequent('" + table + "', '" + configuration + "', ",
                "search @@ to_tsquery('" + configuration + "', ");
        return filter("search", Filter.search());
    }

    private record Search(String function, String isFrequent, String matches) {}

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

        private String sql() {
            var part = flag == null ? "true" : value ? flag : "NOT " + flag;
            return rest == null ? part : part + " AND " + rest;
        }

        private String argument() {
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
        var text = new Text();
        var wanted = new Wanted(text, viewer, request, null, request.sort());
        text.add("SELECT page_key, ").add(columns).add(" FROM (");
        rows(text, request, wanted);
        return text.add(") AS page").statement(wanted.dependsOnValues());
    }

    /** @param parent SQL that says which rows are those of {@code parent_key} */
    Statement pageBelow(Viewer viewer, PageRequest request, String parent, Object[] parents) {
        var text = new Text();
        var wanted = new Wanted(text, viewer, request, parent, request.sort());
        // The rows of one parent come in the order of the inner ORDER BY; between parents no order is needed.
        text.add("SELECT parent_key, page_key, ").add(columns).add(parentsOf(text.bind(parents), parents));
        rows(text, request, wanted);
        return text.add(") AS page").statement(wanted.dependsOnValues());
    }

    Statement count(Viewer viewer, PageRequest request, int max) {
        var text = new Text();
        var wanted = new Wanted(text, viewer, request, null, null);
        text.add("SELECT count(*) FROM (");
        counted(text, wanted, max);
        return text.add(") AS counted").statement(wanted.dependsOnValues());
    }

    Statement countBelow(Viewer viewer, PageRequest request, int max, String parent, Object[] parents) {
        var text = new Text();
        var wanted = new Wanted(text, viewer, request, parent, null);
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
        var text = new Text();
        values.forEach(text::bind);
        text.add("SELECT ").add(selected).add(" FROM ").add(table).add(" WHERE true");
        for (var condition : PageRequest.conditions(this, filter)) {
            text.add(" AND ").add(text.whole(condition));
        }
        // As dear as it is, it is worth a plan of its own.
        return text.add(" ").add(rest).statement(true);
    }

    private static String parentsOf(String parameter, Object[] parents) {
        var type = parents instanceof Long[] ? "bigint" : "uuid";
        return " FROM unnest(" + parameter + "::" + type + "[]) AS parent (parent_key) CROSS JOIN LATERAL (";
    }

    private void rows(Text text, PageRequest request, Wanted wanted) {
        var way = request.descending() != request.backward() ? " DESC" : " ASC";
        var limit = " LIMIT " + text.bind(request.size() + 1);
        var order = " ORDER BY page_key" + way + ", id" + way + limit;
        var key = request.sort().expression();
        wanted.within(bounds(text, request));
        var selected = "SELECT " + key + " AS page_key, " + columns + " FROM " + table + " WHERE ";
        var places = new ArrayList<String>();
        for (var walked : wanted.walked()) {
            places.add(selected + walked + order);
        }
        for (var fetched : wanted.fetched()) {
            // The OFFSET keeps the order out of it: these are fetched by their range, and then sorted.
            places.add(
                    "SELECT page_key, " + columns + " FROM (" + selected + fetched + " OFFSET 0) AS fetched" + order);
        }
        if (wanted.searches()) {
            var found = wanted.found("id") + " ORDER BY " + key + way + ", id" + way + limit;
            places.add(selected + "id = ANY (ARRAY(" + found + "))" + order);
        }
        if (places.size() == 1) {
            text.add(places.getFirst());
        } else {
            // Merged as they are read: of each no more rows than it gives to the page.
            text.add("SELECT page_key, ")
                    .add(columns)
                    .add(" FROM (")
                    .add(union(places))
                    .add(") AS places" + order);
        }
    }

    private void counted(Text text, Wanted wanted, int max) {
        var limit = " LIMIT " + text.bind(max);
        var places = new ArrayList<String>();
        for (var whole : wanted.whole()) {
            places.add("SELECT 1 FROM " + table + " WHERE " + whole + limit);
        }
        if (wanted.searches()) {
            places.add(wanted.found("1") + limit);
        }
        text.add(union(places)).add(places.size() == 1 ? "" : limit);
    }

    private static String union(List<String> places) {
        return "(" + String.join(") UNION ALL (", places) + ")";
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

    /**
     * The conditions of one statement as SQL.
     *
     * <p>Three kinds of them are better read in several places at once, each in the order of the list. One is a column with
     * one of some values: each value by itself. The others are a text search, and a range in the order of something else: few
     * rows are fetched and sorted, and where there are many, the list is walked in its order until the page is full. Which of
     * the two goes on is decided where the statement runs, by what the planner knows of the values; the other costs nothing
     * then.
     */
    private final class Wanted {
        /** Values that are read one by one; each is a walk of its own. */
        private static final int MAX_ALTERNATIVES = 6;

        private final List<Branch> reasons;
        private final List<String> conditions = new ArrayList<>();
        private final List<String> range = new ArrayList<>();
        private List<String> alternatives = List.of();
        private String anyAlternative = "true";
        private String words = "";
        private boolean dependsOnValues;

        /** @param sort the order that a page is wanted in; a count has none */
        Wanted(Text text, Viewer viewer, PageRequest request, @Nullable String parent, @Nullable SortKey sort) {
            reasons = branches.apply(viewer);
            if (parent != null) {
                conditions.add(parent);
            }
            var bounds = new ArrayList<Filter.Holds>();
            for (var condition : request.conditions()) {
                switch (condition) {
                    case Filter.Words(var tsquery) -> search(text, tsquery);
                    case Filter.AnyOf(var column, var values)
                    when alternatives.isEmpty() && !values.isEmpty() && values.size() <= MAX_ALTERNATIVES ->
                        alternatives(column, values.stream().map(text::bind).toList());
                    case Filter.Holds holds when isBoundOfAnother(holds, sort, bounds) -> bounds.add(holds);
                    case Filter.Holds holds -> {
                        conditions.add(text.whole(holds));
                        dependsOnValues |=
                                holds.ranged() != null && (sort == null || holds.bound() == Filter.Bound.NONE);
                    }
                    default -> conditions.add(text.whole(condition));
                }
            }
            if (searches()) {
                bounds.forEach(bound -> conditions.add(text.whole(bound)));
            } else if (!bounds.isEmpty()) {
                range(text, bounds, Objects.requireNonNull(sort));
            }
        }

        private void alternatives(String column, List<String> markers) {
            alternatives =
                    markers.stream().map(marker -> column + " = " + marker).toList();
            anyAlternative = column + " IN (" + String.join(", ", markers) + ")";
        }

        /** Whether it bounds what the page is not sorted by; of several such ranges the first is the one to fetch by. */
        private static boolean isBoundOfAnother(Filter.Holds holds, @Nullable SortKey sort, List<Filter.Holds> bounds) {
            return sort != null
                    && holds.bound() != Filter.Bound.NONE
                    && !holds.text().startsWith(sort.expression() + " ")
                    && (bounds.isEmpty() || Objects.equals(bounds.getFirst().ranged(), holds.ranged()));
        }

        private void search(Text text, String tsquery) {
            words = text.bind(tsquery);
            text.add("WITH searched AS MATERIALIZED (SELECT ")
                    .add(Objects.requireNonNull(search).isFrequent())
                    .add(words)
                    .add(") AS frequent) ");
        }

        private void range(Text text, List<Filter.Holds> bounds, SortKey sort) {
            var least = "NULL";
            var greatest = "NULL";
            for (var bound : bounds) {
                var marker = text.bind(Objects.requireNonNull(bound.value()));
                range.add(bound.text().replace("?", marker));
                if (bound.bound() == Filter.Bound.LEAST) {
                    least = marker + "::text";
                } else {
                    greatest = marker + "::text";
                }
            }
            boolean times = sort.type() == Instant.class && bounds.getFirst().value() instanceof Instant;
            var values =
                    "'" + table + "', '" + bounds.getFirst().ranged() + "', " + least + ", " + greatest + ", " + times;
            var narrow = new ArrayList<String>();
            for (int branch = 0; branch < reasons.size(); branch++) {
                var part = reasons.get(branch).argument();
                narrow.add("range_is_narrow(" + values + ", " + part + ") AS " + narrow(branch));
            }
            text.add("WITH ranged AS MATERIALIZED (SELECT " + String.join(", ", narrow) + ") ");
        }

        private static String narrow(int branch) {
            return "narrow_" + branch;
        }

        void within(List<String> bounds) {
            conditions.addAll(bounds);
        }

        boolean searches() {
            return !words.isEmpty();
        }

        /** The conditions of each place that is walked in the order of the list. */
        List<String> walked() {
            var places = new ArrayList<String>();
            for (int branch = 0; branch < reasons.size(); branch++) {
                if (alternatives.isEmpty()) {
                    places.add(walked(branch, null));
                }
                for (var alternative : alternatives) {
                    places.add(walked(branch, alternative));
                }
            }
            return places;
        }

        /** All conditions together, in each branch. */
        List<String> whole() {
            var places = new ArrayList<String>();
            for (int branch = 0; branch < reasons.size(); branch++) {
                places.add(walked(branch, alternatives.isEmpty() ? null : anyAlternative));
            }
            return places;
        }

        private String walked(int branch, @Nullable String alternative) {
            var all = new ArrayList<>(List.of(reasons.get(branch).sql()));
            all.addAll(conditions);
            if (alternative != null) {
                all.add(alternative);
            }
            // As a CASE it cannot be an index's condition, and no plan hopes that it keeps few rows.
            if (searches()) {
                all.add("(SELECT frequent FROM searched)");
                all.add("CASE WHEN " + Objects.requireNonNull(search).matches() + words + ") THEN true END");
            }
            if (!range.isEmpty()) {
                all.add("NOT (SELECT " + narrow(branch) + " FROM ranged)");
                range.forEach(bound -> all.add("CASE WHEN " + bound + " THEN true END"));
            }
            return String.join(" AND ", all);
        }

        /** The conditions of a narrow range's rows, in each branch; none without a range. */
        List<String> fetched() {
            var places = new ArrayList<String>();
            for (int branch = 0; branch < reasons.size() && !range.isEmpty(); branch++) {
                var all = new ArrayList<>(List.of(reasons.get(branch).sql()));
                all.addAll(conditions);
                all.add(anyAlternative);
                all.add("(SELECT " + narrow(branch) + " FROM ranged)");
                all.addAll(range);
                places.add(String.join(" AND ", all));
            }
            return places;
        }

        /** The rows with rare words. */
        String found(String selected) {
            var all = new ArrayList<>(conditions);
            all.add(anyAlternative);
            return "SELECT " + selected + " FROM "
                    + Objects.requireNonNull(search).function() + "(" + words + ") AS " + table
                    + " WHERE NOT (SELECT frequent FROM searched) AND " + String.join(" AND ", all);
        }

        boolean dependsOnValues() {
            return dependsOnValues;
        }
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

        /** A condition as one expression. */
        String whole(Filter.Condition condition) {
            return switch (condition) {
                case Filter.Holds holds ->
                    holds.value() == null ? holds.text() : holds.text().replace("?", bind(holds.value()));
                case Filter.AnyOf(var column, var among) ->
                    column + " = ANY (" + bind((Object) among.toArray(String[]::new)) + ")";
                case Filter.Words _ -> throw new IllegalStateException("Nothing searches here");
            };
        }

        Statement statement(boolean plannedForItsValues) {
            return new Statement(text.toString(), values, plannedForItsValues);
        }
    }
}
