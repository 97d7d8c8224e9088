package dev.selvage.kernel;

/**
 * What a list can be sorted by: a column or expression that is never null and has an index together with the id.
 *
 * @param name the word of the schema's sort enum
 * @param type {@code Instant}, {@code LocalDate}, {@code Integer}, {@code Long} or {@code String}
 */
record SortKey(String name, String expression, Class<?> type) {}
