package dev.selvage.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.stream.Stream;

/** A start that failed for a reason nobody foresaw: one sentence for people, the whole story in a file. */
record FailedStart(Throwable failure, LocalData data) {
    String explain() {
        var file = data.path("failed-start.txt");
        try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
            failure.printStackTrace(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "Selvage did not start (%s): read %s, or if its data are to blame start anew by `%s`."
                .formatted(reason(), file, LocalEnvironment.FRESH);
    }

    /** The innermost two say what failed, and why; those around them say which bean wanted it. */
    private String reason() {
        var lines = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(FailedStart::firstLine)
                .toList()
                .reversed();
        var why = lines.getFirst();
        var what = lines.size() == 1 ? why : lines.get(1);
        return what.contains(why) ? what : what + ": " + why;
    }

    private static String firstLine(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString())
                .lines()
                .findFirst()
                .orElse("");
    }
}
