package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes connections of {@link Ranking}s: forward only, without a count. */
final class Rankings {
    private static final SortKey RANK = new SortKey("RANK", "", String.class);

    private Rankings() {}

    static <T> Mono<Connection<T>> page(
            Ranking<T> ranking, Map<String, Object> arguments, Operation operation, Cursors cursors) {
        int size = PageRequest.size((Integer) arguments.get("first"), null);
        var cursor = (String) arguments.get("after");
        var scope = new Connection.Scope(ranking.name(), RANK, cursors);
        return ranking.after(cursor == null ? null : place(ranking, cursor, cursors), size + 1)
                .map(rows -> {
                    var edges = new ArrayList<Connection.Edge<T>>(rows.size());
                    for (var row : rows.subList(0, Math.min(rows.size(), size))) {
                        edges.add(new Connection.Edge<>(new Listing.Row<>(row, position(ranking.place(row))), scope));
                    }
                    return connection(edges, rows.size() > size, cursor, operation);
                });
    }

    private static <T> Connection<T> connection(
            List<Connection.Edge<T>> edges, boolean more, @Nullable String cursor, Operation operation) {
        return new Connection<>(
                edges, new Connection.PageInfo(more, cursor != null, edges), null, Pages.ROOT, operation::admits);
    }

    /** The cursor of a place in the ranking of this name, as its edges have it. */
    static String cursor(String name, String place, Cursors cursors) {
        return cursors.write(name, RANK, position(place));
    }

    private static Cursors.Position position(String place) {
        return new Cursors.Position(place, "");
    }

    private static String place(Ranking<?> ranking, String cursor, Cursors cursors) {
        return (String) cursors.read(ranking.name(), RANK, String.class, cursor).sortKey();
    }
}
