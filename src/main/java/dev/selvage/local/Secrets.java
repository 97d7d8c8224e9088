package dev.selvage.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Texts that are made at the first start and kept in files that only their owner may read. */
final class Secrets {
    private static final int RANDOM_BYTES = 32;

    private Secrets() {}

    /** What the file in the directory says; one that is not there is written first. */
    static String keep(Path directory, String name, Supplier<String> make) {
        var file = directory.resolve(name);
        try {
            if (Files.notExists(file)) {
                createDirectory(directory);
                var draft = directory.resolve(name + ".draft");
                Files.deleteIfExists(draft);
                Files.createFile(draft, onlyOwner("rw-------"));
                Files.writeString(draft, make.get());
                // A start that was interrupted before this line leaves no half of a secret.
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 32 random bytes in base64. */
    static String random() {
        return Base64.getEncoder().encodeToString(randomBytes());
    }

    /** 32 random bytes in letters that mean nothing to SQL, to a shell or in an address. */
    static String randomWord() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    }

    static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, onlyOwner("rwx------"));
    }

    private static byte[] randomBytes() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Given at creation, so that there is no moment in which others may read; Windows has its own inherited rights. */
    private static FileAttribute<?>[] onlyOwner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
