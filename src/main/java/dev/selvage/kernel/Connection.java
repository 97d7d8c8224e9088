package dev.selvage.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as the schema's {@code …Connection} types have it. Cursors are made when they are asked for.
 *
 * @param pages what it is one of, and what counts the whole list; null for a list that is not counted
 * @param parent whose list it is
 * @param admits whether the answer has room for so many records more
 */
record Connection<T>(
        List<Edge<T>> edges, PageInfo pageInfo, @Nullable Pages<T> pages, Object parent, IntPredicate admits) {

    /** @param more whether the list goes on where the page ends, in the direction it was read */
    static <T> Connection<T> of(
            List<Edge<T>> edges,
            boolean more,
            PageRequest request,
            Pages<T> pages,
            Object parent,
            IntPredicate admits) {
        boolean next = request.backward() ? request.before() != null : more;
        boolean previous = request.backward() ? more : request.after() != null;
        return new Connection<>(edges, new PageInfo(next, previous, edges), pages, parent, admits);
    }

    /** Counted each time they are put into the answer: the same page may stand in it below many parents. */
    @Override
    public List<Edge<T>> edges() {
        return admits.test(edges.size()) ? edges : List.of();
    }

    List<T> nodes() {
        var nodes = new ArrayList<T>(edges.size());
        for (var edge : edges()) {
            nodes.add(edge.node());
        }
        return nodes;
    }

    record Edge<T>(Listing.Row<T> row, Scope scope) {
        T node() {
            return row.node();
        }

        String cursor() {
            return scope.cursor(row.position());
        }
    }

    /** What turns a position into a cursor: one for all rows of a page field. */
    record Scope(String list, SortKey sort, Cursors cursors) {
        String cursor(Cursors.Position position) {
            return cursors.write(list, sort, position);
        }
    }

    record PageInfo(boolean hasNextPage, boolean hasPreviousPage, List<? extends Edge<?>> edges) {
        @Nullable
        String startCursor() {
            return edges.isEmpty() ? null : edges.getFirst().cursor();
        }

        @Nullable
        String endCursor() {
            return edges.isEmpty() ? null : edges.getLast().cursor();
        }
    }
}
