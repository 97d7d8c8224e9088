package dev.selvage.execution;

import java.util.List;

/** The fields selected of one object type, in the order of the answer. */
record SelectedType(String name, List<SelectedField> fields) {}
