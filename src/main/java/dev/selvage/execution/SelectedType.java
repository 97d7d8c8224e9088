package dev.selvage.execution;

import java.util.List;

/**
 * The fields selected of one object type, in the order of the answer.
 *
 * @param cost of one such object, and of its fields without the objects in them
 */
record SelectedType(String name, List<SelectedField> fields, int cost) {}
