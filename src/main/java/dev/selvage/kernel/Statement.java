package dev.selvage.kernel;

import java.util.List;

/** A statement ready to run: constant text, and the values bound to its {@code $1 …} in order. */
public record Statement(String text, List<Object> values) {}
