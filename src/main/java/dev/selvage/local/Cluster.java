package dev.selvage.local;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.selvage.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.util.FileSystemUtils;

/** A directory of PostgreSQL's data, and the server that may be running on it. */
record Cluster(Path directory) {
    private static final long STOP_SECONDS = 30;

    /** @throws StartRefused if the data are another major version's, or not PostgreSQL's at all */
    void refuseUnless(String version) {
        if (isMade()) {
            var made = read("PG_VERSION");
            if (!made.equals(version)) {
                throw new StartRefused(
                        ("The data in %s were made by PostgreSQL %s, and this is %s: name another directory"
                                        + " in %s, or delete them by `%s`.")
                                .formatted(directory, made, version, LocalData.VARIABLE, LocalEnvironment.FRESH));
            }
        } else if (Files.exists(directory) && !isEmpty()) {
            throw new StartRefused("What is in %s is not PostgreSQL's: move it away, or name another directory in %s."
                    .formatted(directory, LocalData.VARIABLE));
        }
    }

    /** Deletes the data. What is not PostgreSQL's is left alone. */
    void delete() {
        if (!isMade()) {
            return;
        }
        try {
            // Renamed first, because half of the data could neither be used nor be told from other things.
            var doomed = directory.resolveSibling(directory.getFileName() + ".deleted");
            FileSystemUtils.deleteRecursively(doomed);
            Files.move(directory, doomed);
            FileSystemUtils.deleteRecursively(doomed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server that runs on the data, such as one that a killed process left behind. */
    void stop() {
        running().ifPresent(server -> {
            try {
                // The fast shutdown. What ProcessHandle can send would wait until every client has left.
                new ProcessBuilder("sh", "-c", "kill -INT " + server.pid())
                        .start()
                        .waitFor();
                server.onExit().get(STOP_SECONDS, SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IOException | ExecutionException | TimeoutException e) {
                throw new StartRefused("PostgreSQL on %s does not stop: end its process %d, then start again."
                        .formatted(directory, server.pid()));
            }
        });
    }

    /** The file's number may belong to another process by now; that one's command line does not name our directory. */
    private Optional<ProcessHandle> running() {
        try (var lines = Files.lines(directory.resolve("postmaster.pid"))) {
            return lines.findFirst()
                    .flatMap(number -> ProcessHandle.of(Long.parseLong(number.strip())))
                    .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private boolean isMade() {
        return Files.exists(directory.resolve("PG_VERSION"));
    }

    private boolean isEmpty() {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
