package dev.selvage.kernel;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What one page field of one operation answers: the pages of all its parents at once, and their counts. */
final class Pages<T> {
    /** The one parent of a root field's page. */
    static final Object ROOT = "root";

    private final Listing<T> listing;
    private final @Nullable String ofParent;
    private final PageRequest request;
    private final Operation operation;
    private final Database database;
    private final WordFrequencies frequencies;
    private final Connection.Scope scope;
    private boolean learns;

    /**
     * Answers one field.
     *
     * @param ofParent SQL that says which rows are those of {@code parent_key}; null for a root field, whose one parent is
     *     {@link #ROOT}
     */
    Pages(
            Listing<T> listing,
            @Nullable String ofParent,
            PageRequest request,
            Operation operation,
            Database database,
            WordFrequencies frequencies,
            Cursors cursors) {
        this.listing = listing;
        this.ofParent = ofParent;
        this.request = knowing(listing, request, frequencies);
        this.learns = this.request.words() != null && this.request.words().frequent() == null;
        this.operation = operation;
        this.database = database;
        this.frequencies = frequencies;
        this.scope = new Connection.Scope(listing.name(), request.sort(), cursors);
    }

    private static PageRequest knowing(Listing<?> listing, PageRequest request, WordFrequencies frequencies) {
        var words = request.words();
        return words == null
                ? request
                : request.knowing(frequencies.isFrequent(Objects.requireNonNull(listing.search()), words.tsquery()));
    }

    /** The page of each parent. */
    Mono<Map<Object, Connection<T>>> findAll(Collection<Object> parents) {
        return rows(parents).map(rows -> connections(parents, rows));
    }

    private Listing.Row<T> row(Columns columns) {
        var row = listing.row(columns, request.sort());
        if (learns) {
            learns = false;
            var words = Objects.requireNonNull(request.words());
            frequencies.learn(Objects.requireNonNull(listing.search()), words.tsquery(), columns.bool());
        }
        return row;
    }

    private Mono<Map<Object, List<Listing.Row<T>>>> rows(Collection<Object> parents) {
        var viewer = operation.viewer();
        if (ofParent == null) {
            return database.query(listing.page(viewer, request), this::row).map(rows -> Map.of(ROOT, rows));
        }
        var keys = keys(parents);
        var keyType = keys.getClass().getComponentType();
        return database.query(
                        listing.pageBelow(viewer, request, ofParent, keys),
                        columns -> new Listing.ChildRow<>(columns.value(keyType), row(columns)))
                .map(this::byParent);
    }

    private Map<Object, List<Listing.Row<T>>> byParent(List<Listing.ChildRow<T>> children) {
        Map<Object, List<Listing.Row<T>>> byParent = new HashMap<>();
        for (var child : children) {
            byParent.computeIfAbsent(child.parent(), _ -> new ArrayList<>(request.size() + 1))
                    .add(child.row());
        }
        return byParent;
    }

    private Map<Object, Connection<T>> connections(Collection<Object> parents, Map<Object, List<Listing.Row<T>>> rows) {
        Map<Object, Connection<T>> connections = new HashMap<>();
        for (var parent : parents) {
            var found = rows.getOrDefault(parent, List.of());
            var kept = found.subList(0, Math.min(found.size(), request.size()));
            var edges = new ArrayList<Connection.Edge<T>>(kept.size());
            for (var row : kept) {
                edges.add(new Connection.Edge<>(row, scope));
            }
            if (request.backward()) {
                // It was read from its end.
                Collections.reverse(edges);
            }
            boolean more = found.size() > request.size();
            connections.put(parent, Connection.of(edges, more, request, this, parent, operation::admits));
        }
        return connections;
    }

    /** The size of each parent's whole list, counted up to a maximum. */
    Mono<Map<Object, Long>> counts(Collection<Object> parents, int max) {
        var viewer = operation.viewer();
        if (ofParent == null) {
            return database.query(listing.count(viewer, request, max), Columns::bigint)
                    .map(count -> Map.of(ROOT, count.getFirst()));
        }
        var keys = keys(parents);
        var keyType = keys.getClass().getComponentType();
        return database.query(
                        listing.countBelow(viewer, request, max, ofParent, keys),
                        columns -> Map.entry((Object) columns.value(keyType), columns.bigint()))
                .map(counts -> counts.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** R2DBC binds an array of the elements' own type. */
    private static Object[] keys(Collection<Object> parents) {
        var type = parents.iterator().next().getClass();
        return parents.toArray(length -> (Object[]) Array.newInstance(type, length));
    }
}
