package dev.selvage.kernel;

import java.util.List;

/**
 * A statement ready to run: constant text, and the values bound to its {@code $1 …} in order.
 *
 * @param kind how PostgreSQL is to take it
 */
public record Statement(String text, List<Object> values, Kind kind) {
    /** How PostgreSQL is to take a statement. */
    public enum Kind {
        /** Looks up a few records by keys, of which an index has each: over in a moment, whatever the values are. */
        BRIEF,
        USUAL,
        /** The right plan depends on the values, so that none made for all values will do. */
        PLANNED_FOR_ITS_VALUES
    }

    /** Whether it is planned anew each time. */
    public boolean isPlannedForItsValues() {
        return kind == Kind.PLANNED_FOR_ITS_VALUES;
    }
}
