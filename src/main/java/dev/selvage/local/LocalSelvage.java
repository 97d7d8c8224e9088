package dev.selvage.local;

import dev.selvage.Selvage;
import dev.selvage.StartRefused;

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
            fail(new FailedStart(failure, data).explain());
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
}
