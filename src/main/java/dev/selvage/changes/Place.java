package dev.selvage.changes;

/**
 * Where a change stands among all changes.
 *
 * @param xact PostgreSQL's number of the transaction that made it
 * @param id which of that transaction's changes it is; larger for later ones
 */
record Place(long xact, long id) {
    /** Before all changes. */
    static final Place FIRST = new Place(0, 0);

    /** Behind all changes. */
    static final Place LAST = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    /** What {@link #text} wrote: cursors are signed, so that it is one of ours. */
    static Place of(String text) {
        int space = text.indexOf(' ');
        return new Place(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
    }

    String text() {
        return xact + " " + id;
    }
}
