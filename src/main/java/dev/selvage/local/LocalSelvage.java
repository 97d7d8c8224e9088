package dev.selvage.local;

import dev.selvage.Selvage;
import dev.selvage.StartRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.stream.Stream;

/** The gateway as {@code mvn spring-boot:run} starts it. */
public final class LocalSelvage {
    private LocalSelvage() {}

    public static void main(String[] args) {
        var local = new LocalEnvironment();
        var application = Selvage.application();
        application.addListeners(local);
        try {
            application.run(args);
        } catch (StartRefused refused) {
            fail(refused.getMessage());
        } catch (RuntimeException failure) {
            var data = local.data();
            if (data == null) {
                throw failure;
            }
            fail(explain(failure, data));
        }
    }

    /** Whether the process was told to end: what fails from then on fails for that reason. */
    static boolean isEnding() {
        try {
            // Removes nothing. The runtime refuses to be asked once it has begun to end.
            Runtime.getRuntime().removeShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    private static void fail(String sentence) {
        if (!isEnding()) {
            System.err.println(sentence);
        }
        System.exit(1);
    }

    /** One sentence for people; the whole story goes to a file. */
    private static String explain(RuntimeException failure, LocalData data) {
        var file = data.path("failed-start.txt");
        try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
            failure.printStackTrace(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "Selvage did not start (%s): read %s, or if its data are to blame start anew by `%s`."
                .formatted(reason(failure), file, LocalEnvironment.FRESH);
    }

    /** The innermost two say what failed, and why; those around them say which bean wanted it. */
    private static String reason(Throwable failure) {
        var causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> cause.toString().lines().findFirst().orElse(""))
                .toList();
        return String.join(": ", causes.subList(Math.max(0, causes.size() - 2), causes.size()));
    }
}
