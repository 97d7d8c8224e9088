package dev.selvage.execution;

/**
 * How large a document may be. What stands in a fragment counts where it stands, unless it says that fragments are spread.
 *
 * @param characters of its text
 * @param tokens names, values, brackets and signs; comments are counted by themselves, to as many
 * @param depth fields below one another, fragments spread
 * @param aliases fields under another name
 * @param rootFields of one operation, fragments spread
 * @param directives anywhere
 * @param fragments that have names
 * @param fields of all operations, fragments spread
 * @param cost what one operation may come to, in units of {@code @cost}
 */
public record DocumentLimits(
        int characters,
        int tokens,
        int depth,
        int aliases,
        int rootFields,
        int directives,
        int fragments,
        int fields,
        int cost) {

    /** How many selections may stand within each other on the way to a field. */
    private static final int NESTING_OF_DEPTH = 4;

    /** @throws IllegalArgumentException if one of them lets nothing pass */
    public DocumentLimits {
        for (int limit :
                new int[] {characters, tokens, depth, aliases, rootFields, directives, fragments, fields, cost}) {
            if (limit < 1) {
                throw new IllegalArgumentException("A limit of documents is not given, or not above zero");
            }
        }
    }

    /** Selections within each other, those of fragments too. */
    int nesting() {
        return Counting.product(depth, NESTING_OF_DEPTH);
    }
}
