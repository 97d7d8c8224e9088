package dev.selvage.kernel;

import dev.selvage.kernel.Refusal.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page field's arguments ask for, checked and converted once, whatever the number of rows it is answered for.
 *
 * @param size rows wanted, 0 to 100
 * @param backward whether the page is the last rows before a position and not the first after one
 * @param descending whether the list itself runs downward
 */
record PageRequest(
        List<Filter.Condition> conditions,
        SortKey sort,
        boolean descending,
        int size,
        boolean backward,
        Cursors.@Nullable Position after,
        Cursors.@Nullable Position before) {
    static final int DEFAULT_SIZE = 20;
    static final int MAX_SIZE = 100;

    /** @throws Refusal for a size out of bounds, a cursor of elsewhere, or a filter's value that nothing can be compared with */
    static PageRequest of(Listing<?> listing, Map<String, Object> arguments, Cursors cursors) {
        var first = (Integer) arguments.get("first");
        var last = (Integer) arguments.get("last");
        if (first != null && last != null) {
            throw Refusal.badInput("Send `first` or `last`, not both.");
        }
        var sort = listing.sort((Map<?, ?>) arguments.get("sort"));
        return new PageRequest(
                conditions(listing, (Map<?, ?>) arguments.get("filter")),
                sort.key(),
                sort.descending(),
                size(first, last),
                last != null,
                position(listing, sort.key(), (String) arguments.get("after"), cursors),
                position(listing, sort.key(), (String) arguments.get("before"), cursors));
    }

    static List<Filter.Condition> conditions(Listing<?> listing, @Nullable Map<?, ?> filter) {
        var conditions = new ArrayList<Filter.Condition>();
        // In the listing's order and not the caller's, so that the same filters make the same statement.
        listing.filters().forEach((name, condition) -> {
            var argument = filter == null ? null : filter.get(name);
            conditions.addAll(argument == null ? condition.unset() : condition.of(argument));
        });
        return conditions;
    }

    /** What the list is searched for; null if it is not. */
    Filter.@Nullable Words words() {
        for (var condition : conditions) {
            if (condition instanceof Filter.Words words) {
                return words;
            }
        }
        return null;
    }

    /** The same, knowing this of the words. */
    PageRequest knowing(@Nullable Boolean frequent) {
        var known = conditions.stream()
                .map(condition -> condition instanceof Filter.Words words
                        ? new Filter.Words(words.tsquery(), frequent)
                        : condition)
                .toList();
        return new PageRequest(known, sort, descending, size, backward, after, before);
    }

    static int size(@Nullable Integer first, @Nullable Integer last) {
        int size = first != null ? first : last != null ? last : DEFAULT_SIZE;
        var argument = last != null ? "last" : "first";
        if (size < 0) {
            throw Refusal.badInput("`" + argument + "` must not be negative.");
        }
        if (size > MAX_SIZE) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "`" + argument + "` is " + size + "; a page has at most " + MAX_SIZE
                            + " records. Ask for less and go on from `pageInfo.endCursor`.");
        }
        return size;
    }

    private static Cursors.@Nullable Position position(
            Listing<?> listing, SortKey sort, @Nullable String cursor, Cursors cursors) {
        return cursor == null ? null : cursors.read(listing.name(), sort, listing.keyType(), cursor);
    }
}
