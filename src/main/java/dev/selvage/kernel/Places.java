package dev.selvage.kernel;

import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Listing.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one statement as SQL.
 *
 * <p>Three kinds of them are better read in several places at once, each in the order of the list. One is a column with
 * one of some values: each value by itself. The others are a text search, and a range in the order of something else: few
 * rows are fetched and sorted, and where there are many, the list is walked in its order until the page is full. Which of
 * the two goes on is decided where the statement runs, by what the planner knows of the values; the other costs nothing
 * then. Of words that were searched for a while ago it is known before.
 */
final class Places {
    /** Values that are read one by one; each is a walk of its own. */
    private static final int MAX_ALTERNATIVES = 6;

    private final String table;
    private final List<Branch> reasons;
    private final @Nullable Search search;
    private final List<String> conditions = new ArrayList<>();
    private final List<String> range = new ArrayList<>();
    private List<String> alternatives = List.of();
    private String anyAlternative = "true";
    private String words = "";
    private @Nullable Boolean frequent;
    private boolean dependsOnValues;

    /**
     * Works out where to look.
     *
     * @param reasons branches of the list that together hold all rows of the viewer
     * @param search how the list is searched; null if it is not
     * @param parent SQL that says which rows are those of a parent; null without one
     * @param sort the order that a page is wanted in; a count has none
     */
    Places(
            StatementText text,
            String table,
            List<Branch> reasons,
            @Nullable Search search,
            PageRequest request,
            @Nullable String parent,
            @Nullable SortKey sort) {
        this.table = table;
        this.reasons = reasons;
        this.search = search;
        if (parent != null) {
            conditions.add(parent);
        }
        var bounds = new ArrayList<Filter.Holds>();
        for (var condition : request.conditions()) {
            switch (condition) {
                case Filter.Words searched -> search(text, searched);
                case Filter.AnyOf(var column, var values)
                when alternatives.isEmpty() && !values.isEmpty() && values.size() <= MAX_ALTERNATIVES ->
                    alternatives(column, values.stream().map(text::bind).toList());
                case Filter.Holds holds when isBoundOfAnother(holds, sort, bounds) -> bounds.add(holds);
                case Filter.Holds holds -> {
                    conditions.add(text.whole(holds));
                    dependsOnValues |= holds.ranged() != null && (sort == null || holds.bound() == Filter.Bound.NONE);
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
        alternatives = markers.stream().map(marker -> column + " = " + marker).toList();
        anyAlternative = column + " IN (" + String.join(", ", markers) + ")";
    }

    /** Whether it bounds what the page is not sorted by; of several such ranges the first is the one to fetch by. */
    private static boolean isBoundOfAnother(Filter.Holds holds, @Nullable SortKey sort, List<Filter.Holds> bounds) {
        return sort != null
                && holds.bound() != Filter.Bound.NONE
                && !holds.text().startsWith(sort.expression() + " ")
                && (bounds.isEmpty() || Objects.equals(bounds.getFirst().ranged(), holds.ranged()));
    }

    private void search(StatementText text, Filter.Words searched) {
        words = text.bind(searched.tsquery());
        frequent = searched.frequent();
        var asked = Objects.requireNonNull(search);
        var first = new ArrayList<String>();
        if (frequent == null) {
            first.add(asked.isFrequent(words) + " AS frequent");
        }
        if (isWalked()) {
            // Read here once, and not of its words again for every row that is walked past.
            first.add("to_tsquery('" + asked.configuration() + "', " + words + ") AS query");
        }
        if (!first.isEmpty()) {
            text.add("WITH searched AS MATERIALIZED (SELECT " + String.join(", ", first) + ") ");
        }
    }

    private void range(StatementText text, List<Filter.Holds> bounds, SortKey sort) {
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
        var values = "'" + table + "', '" + bounds.getFirst().ranged() + "', " + least + ", " + greatest + ", " + times;
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

    private boolean searches() {
        return !words.isEmpty();
    }

    /** Whether the list may have to be walked: it is not searched, or perhaps for frequent words. */
    private boolean isWalked() {
        return !searches() || !Boolean.FALSE.equals(frequent);
    }

    /** Whether it is found out how frequent the words are. */
    boolean learnsFrequency() {
        return searches() && frequent == null;
    }

    /** Whether the words may be so rare that their rows are fetched. */
    boolean isFetchedByWords() {
        return searches() && !Boolean.TRUE.equals(frequent);
    }

    /** The conditions of each place that is walked in the order of the list. */
    List<String> walked() {
        var places = new ArrayList<String>();
        for (int branch = 0; branch < reasons.size() && isWalked(); branch++) {
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
        for (int branch = 0; branch < reasons.size() && isWalked(); branch++) {
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
            if (frequent == null) {
                all.add("(SELECT frequent FROM searched)");
            }
            all.add("CASE WHEN search @@ (SELECT query FROM searched) THEN true END");
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
        if (frequent == null) {
            all.add("NOT (SELECT frequent FROM searched)");
        }
        return "SELECT " + selected + " FROM "
                + Objects.requireNonNull(search).function() + "(" + words + ") AS " + table
                + " WHERE " + String.join(" AND ", all);
    }

    boolean dependsOnValues() {
        return dependsOnValues;
    }
}
