package dev.selvage.execution;

import org.jspecify.annotations.Nullable;

/** What kind of value a field answers with, and whether it may be null. */
sealed interface Output {
    boolean required();

    /** What is selected of the objects in it; null for scalars and enums. */
    @Nullable
    Selection selection();

    /** A scalar or an enum. */
    record Leaf(LeafFormat format, boolean required) implements Output {
        @Override
        public @Nullable Selection selection() {
            return null;
        }
    }

    /** An object, of one type or of one of several. */
    record Composite(Selection selection, boolean required) implements Output {}

    /**
     * A list; lists of lists hold no objects.
     *
     * @param most elements that it may have
     */
    record Many(Output element, int most, boolean required) implements Output {
        @Override
        public @Nullable Selection selection() {
            return element.selection();
        }
    }
}
