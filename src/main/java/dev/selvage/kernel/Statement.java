package dev.selvage.kernel;

import java.util.List;

/**
 * A statement ready to run: constant text, and the values bound to its {@code $1 …} in order.
 *
 * @param plannedForItsValues whether the right plan depends on the values, so that none made for all values will do
 */
public record Statement(String text, List<Object> values, boolean plannedForItsValues) {}
