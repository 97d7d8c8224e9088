package dev.selvage;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of {@code graphql/breaking-changes.txt}: {@code 2026-12-01 InventoryItem.colour: why}. */
record DeclaredChanges(List<Declaration> declarations) {
    /** @param from the first day on which the change may be published */
    record Declaration(LocalDate from, String coordinate) {}

    /** @throws IllegalArgumentException if a line is not understood; nothing is allowed by a slip of the pen */
    static DeclaredChanges parse(String text) {
        return new DeclaredChanges(text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(DeclaredChanges::declaration)
                .toList());
    }

    private static Declaration declaration(String line) {
        var day = line.split(" ", 2);
        // An argument's coordinate has a colon too, but no space behind it.
        int end = day.length == 2 ? day[1].indexOf(": ") : -1;
        try {
            if (end > 0) {
                return new Declaration(LocalDate.parse(day[0]), day[1].substring(0, end));
            }
        } catch (DateTimeParseException _) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "Not a declaration: `%s`. It is written `2026-12-01 InventoryItem.colour: why`.".formatted(line));
    }

    /** The first day on which the change may be published, null if it was not declared. */
    @Nullable
    LocalDate firstDay(BreakingChange change) {
        return declarations.stream()
                .filter(declared -> declared.coordinate().equals(change.coordinate()))
                .map(Declaration::from)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
