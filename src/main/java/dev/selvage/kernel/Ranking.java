package dev.selvage.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A list in an order that is no table's: what was found, the best first. */
public interface Ranking<T> {
    /** What its cursors are signed for: everything that decides which rows come in which order. */
    String name();

    /**
     * Its rows.
     *
     * @param place where the last page ended, as {@link #place} said it
     * @param most rows wanted
     */
    Mono<List<T>> after(@Nullable String place, int most);

    /** Where a row stands in the order. */
    String place(T row);
}
