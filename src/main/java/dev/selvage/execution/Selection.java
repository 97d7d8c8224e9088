package dev.selvage.execution;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is selected of objects, for each type that they may have. */
final class Selection {
    private final Map<String, SelectedType> types;
    private final @Nullable SelectedType only;
    private final int columns;
    private final Price price;

    /**
     * A selection.
     *
     * @param columns how many of its fields are read for all objects of a level together
     * @param price of one object, with all that is in it
     */
    Selection(Map<String, SelectedType> types, int columns, Price price) {
        this.types = types;
        this.only = types.size() == 1 ? types.values().iterator().next() : null;
        this.columns = columns;
        this.price = price;
    }

    Price price() {
        return price;
    }

    int columns() {
        return columns;
    }

    Collection<SelectedType> types() {
        return types.values();
    }

    /** The only type that its objects can have; null if there are several. */
    @Nullable
    SelectedType only() {
        return only;
    }

    /** What is selected of this record; records are named as their types. */
    SelectedType of(Object record) {
        return only != null
                ? only
                : Objects.requireNonNull(types.get(record.getClass().getSimpleName()));
    }
}
