package dev.selvage;

import dev.selvage.kernel.ListingShapes.Shape;
import dev.selvage.kernel.Role;
import java.util.List;
import java.util.regex.Pattern;

/** Statements that {@link SqlTest} lets pass although they are dear, each with its reason and its bound. */
final class KnownCosts {
    private record Dear(Pattern shape, long rows) {}

    private static final List<Dear> DEAR = List.of(
            // A word that stands in every seventh item: all of them are ranked by the sort, whatever it is.
            dear("inventory_items .*, search jacket", 50_000),
            // Two statuses at once, one of which is at the far end of the list.
            dear("inventory_items by .*, status \\[PENDING, APPROVED\\]", 100_000),
            // What is cheapest is seldom clothing, and what costs seven is rare.
            dear("inventory_items by PRICE .*, category clothing", 3_000),
            dear("inventory_items by .*, price .gte=7, lte=7.50.", 3_000),
            // Walked in the order of the list until enough are found; all three thousand users at most.
            dear("users by .*, search .*", 3_000));

    private KnownCosts() {}

    private static Dear dear(String shape, long rows) {
        return new Dear(Pattern.compile(shape), rows);
    }

    /** How many rows it may look at. */
    static long rowsRead(Shape shape) {
        return DEAR.stream()
                .filter(known -> known.shape().matcher(shape.name()).matches())
                .mapToLong(Dear::rows)
                .max()
                .orElse(0);
    }

    /** A count for all values of its limit is planned for a tenth of the table, where reading it from its start is cheaper. */
    static boolean scans(Shape shape) {
        return shape.viewer().role() == Role.USER && shape.name().startsWith("count of inventory_items,");
    }
}
