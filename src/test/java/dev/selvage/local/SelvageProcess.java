package dev.selvage.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The product as a process of its own, in a working directory of its own. Every wait ends. */
final class SelvageProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern DATABASE = Pattern.compile("postgresql://localhost:\\d+/selvage");

    private final Path directory;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread reader;

    private SelvageProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        reader = Thread.ofVirtual().start(this::read);
    }

    /** @param variables of its environment, which has none of ours that the product would listen to */
    static SelvageProcess start(Class<?> main, Path directory, Map<String, String> variables, String... arguments) {
        // Only what the product is made of, and none of the tests' settings.
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(joining(File.pathSeparator));
        var command = Stream.concat(
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        main.getName()),
                Stream.of(arguments));
        var builder = new ProcessBuilder(command.toList())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(SPRING|SERVER|SELVAGE|GATEWAY|LOGGING)_.*"));
        builder.environment().putAll(variables);
        try {
            return new SelvageProcess(directory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it is ready. */
    SelvageProcess awaitReady() throws Exception {
        CompletableFuture.anyOf(ready, process.onExit()).get(PATIENCE_SECONDS, SECONDS);
        if (!ready.isDone()) {
            throw new AssertionError("It ended instead of being ready: " + output());
        }
        return this;
    }

    /** Waits until it has ended, and all its words are read; answers the exit code. */
    int awaitExit() throws Exception {
        process.onExit().get(PATIENCE_SECONDS, SECONDS);
        reader.join();
        return process.exitValue();
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Sends SIGTERM and waits. */
    int terminate() throws Exception {
        process.destroy();
        return awaitExit();
    }

    /** Sends SIGKILL and waits. */
    void kill() throws Exception {
        process.destroyForcibly();
        awaitExit();
    }

    /** PostgreSQL's processes in this directory, whoever started them. */
    List<ProcessHandle> postgres() {
        return ProcessHandle.allProcesses()
                .filter(other -> other.info().commandLine().orElse("").contains(directory + "/.data/postgres"))
                .toList();
    }

    /** Its database, as the owner of everything in it. */
    Connection database() throws SQLException, IOException {
        var password = Files.readString(directory.resolve(".data/postgres-password"));
        return DriverManager.getConnection(databaseUrl(), "selvage_owner", password);
    }

    String databaseUrl() {
        var address = DATABASE.matcher(output());
        if (!address.find()) {
            throw new AssertionError("It named no database: " + output());
        }
        return "jdbc:" + address.group();
    }

    /** No process is left behind, however a test ends. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, SECONDS).join();
        process.destroyForcibly();
        // One that was refused has none, and must not take another's.
        if (ready.isDone()) {
            postgres().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void read() {
        try (var output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                synchronized (lines) {
                    lines.add(line);
                }
                if (line.contains("Ctrl-C stops") || line.contains("Started Selvage in")) {
                    ready.complete(null);
                }
            }
        } catch (IOException killed) {
            // Whoever kills it closes what it says.
        }
    }
}
