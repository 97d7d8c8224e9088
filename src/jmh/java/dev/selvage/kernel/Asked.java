package dev.selvage.kernel;

import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** What is asked and answered without a database. */
public final class Asked {
    private Asked() {}

    /** An operation that will never have a connection. */
    public static Operation operation(Viewer viewer) {
        return new Operation(
                viewer,
                Origin.ITSELF,
                Budget.NONE,
                Transaction.Kind.READ,
                new Sessions(Mono.never(), new WaitingLine(1, Long.MAX_VALUE), List.of()),
                _ -> {});
    }

    static Cursors cursors() {
        return new Cursors("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    }

    /** A page of a list that holds these records. */
    public static <T> Object page(
            Listing<T> list, String sort, List<T> records, Function<T, Object> sortKey, Function<T, Object> id) {
        var scope = new Connection.Scope(list.name(), list.sorts().get(sort), cursors());
        var edges = records.stream()
                .map(record -> new Connection.Edge<>(
                        new Listing.Row<>(record, new Cursors.Position(sortKey.apply(record), id.apply(record))),
                        scope))
                .toList();
        return new Connection<>(edges, new Connection.PageInfo(true, false, edges), null, Pages.ROOT, _ -> true);
    }
}
