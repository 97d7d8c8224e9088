package dev.selvage;

import dev.selvage.support.Schema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What callers were promised, and what of it may be taken back.
 *
 * @param sdl the whole schema as printed
 * @param declarations see {@link DeclaredChanges}
 */
record PublishedSchema(Path sdl, Path declarations) {
    private static final String PUBLISH = "`mvn test -Dtest=SchemaTest -Dselvage.publish=true`";

    /** @param until the day for which it was declared, null if it was not */
    record Refused(BreakingChange change, @Nullable LocalDate until) {
        @Override
        public String toString() {
            return until == null ? change.toString() : "%s, which may not be before %s".formatted(change, until);
        }
    }

    TypeDefinitionRegistry definitions() throws IOException {
        return new SchemaParser().parse(Files.readString(sdl));
    }

    /** What that schema breaks for callers of this one without having been declared for that day or an earlier one. */
    List<Refused> refused(TypeDefinitionRegistry next, LocalDate day) throws IOException {
        var declared = DeclaredChanges.parse(Files.readString(declarations));
        return BreakingChanges.between(Schema.of(definitions()), Schema.of(next)).stream()
                .map(change -> new Refused(change, declared.firstDay(change)))
                .filter(change -> change.until() == null || change.until().isAfter(day))
                .toList();
    }

    /**
     * Promises that schema from now on.
     *
     * @throws IllegalStateException if it breaks callers before that was declared for; then nothing is written
     */
    void replace(TypeDefinitionRegistry next, LocalDate day) throws IOException {
        var refused = refused(next, day);
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Nothing was published. " + explain(refused));
        }
        Files.writeString(sdl, Schema.print(next));
    }

    /** What to do about changes that break callers. */
    String explain(List<Refused> refused) {
        return """
                The schema breaks callers of %s:

                %s
                Take back what is not meant. What is meant is deprecated first where that can be, and declared in %s
                with the first day on which it may be:

                %s
                From that day on, %s publishes it.
                """.formatted(
                        sdl,
                        indented(refused, Refused::toString),
                        declarations,
                        indented(refused, PublishedSchema::declaration),
                        PUBLISH);
    }

    /** What to do about any other difference. */
    String difference() {
        return """
                The schema files say something else than %s, which callers rely on. If that is meant, %s
                writes it anew, and its difference is for review. What breaks callers has to be declared in %s first.""".formatted(sdl, PUBLISH, declarations);
    }

    private static String declaration(Refused refused) {
        return "%s %s: why"
                .formatted(
                        Objects.requireNonNullElse(refused.until(), "YYYY-MM-DD"),
                        refused.change().coordinate());
    }

    private static String indented(List<Refused> changes, Function<Refused, String> words) {
        return changes.stream().map(words).map("    %s\n"::formatted).distinct().collect(Collectors.joining());
    }
}
