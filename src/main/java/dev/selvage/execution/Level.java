package dev.selvage.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All records of which one selection of the document is answered, wherever they stand in the answer. */
final class Level {
    /** What one field is for each record of a level, and the records in it. */
    static final class Column {
        private final @Nullable Object[] values;
        private @Nullable Level below;
        private int[] firstBelow = {};

        Column(int records) {
            this.values = new Object[records];
        }

        /** What the field is for a record: null, a value, or a {@link Refused}. */
        @Nullable
        Object value(int record) {
            return values[record];
        }

        void put(int record, @Nullable Object value) {
            values[record] = value;
        }

        /** The level of the objects in this column; null if nothing has to be read for them. */
        @Nullable
        Level below() {
            return below;
        }

        /** Where in the level below the first of a record's objects stands. */
        int firstBelow(int record) {
            return firstBelow[record];
        }

        void put(Level objects, int[] first) {
            below = objects;
            firstBelow = first;
        }
    }

    /** Why a field is null for a record. */
    record Refused(Throwable why) {}

    private final Selection selection;
    private final @Nullable Object[] records;
    private final @Nullable Column[] columns;

    Level(Selection selection, @Nullable Object[] records) {
        this.selection = selection;
        this.records = records;
        this.columns = new Column[selection.columns()];
    }

    Selection selection() {
        return selection;
    }

    int size() {
        return records.length;
    }

    /** One of its records; null where a list has a null in it. */
    @Nullable
    Object record(int index) {
        return records[index];
    }

    Column column(SelectedField field) {
        return Objects.requireNonNull(columns[field.column()]);
    }

    /** Makes room for what a field is. */
    Column open(SelectedField field) {
        var column = new Column(records.length);
        columns[field.column()] = column;
        return column;
    }
}
