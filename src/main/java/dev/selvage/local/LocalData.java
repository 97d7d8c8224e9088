package dev.selvage.local;

import dev.selvage.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** The directory in which local mode keeps everything. One process has it at a time. */
final class LocalData implements AutoCloseable {
    static final String VARIABLE = "SELVAGE_LOCAL_DATA";

    private final Path directory;
    // Kept, because a channel that nobody can reach any more is closed, and its lock is gone.
    private final FileChannel lock;

    private LocalData(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** @throws StartRefused if another process has the directory, or it cannot be written */
    static LocalData open(Path directory) {
        try {
            Secrets.createDirectory(directory);
            var lock = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new StartRefused(("Selvage already runs on the data in %s: stop it, or start another beside it by"
                                + " `%s=%s SERVER_PORT=%d mvn spring-boot:run`.")
                        .formatted(directory, VARIABLE, directory.resolve("second"), Ports.freeFrom(8081)));
            }
            return new LocalData(directory, lock);
        } catch (IOException e) {
            throw new StartRefused("Selvage cannot write to %s (%s): allow it, or name another directory in %s."
                    .formatted(directory, e, VARIABLE));
        }
    }

    /** A text that is made at the first start. */
    String secret(String name, Supplier<String> make) {
        return Secrets.keep(directory, name, make);
    }

    /** Absolute, so that it means the same to other processes. */
    Path path(String name) {
        return directory.resolve(name).toAbsolutePath().normalize();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
