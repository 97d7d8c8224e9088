package dev.selvage;

import dev.selvage.documents.CheckDocuments;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.StandardEnvironment;

/** The gateway. */
@SpringBootApplication
public class Selvage {
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(CheckDocuments.NAME)) {
            var arguments = List.of(args).subList(1, args.length);
            System.exit(CheckDocuments.ofThisBuild(new StandardEnvironment(), System.out)
                    .run(arguments));
        }
        try {
            application().run(args);
        } catch (StartRefused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /** What every entry runs; it may throw {@link StartRefused}. */
    public static SpringApplication application() {
        var application = new SpringApplication(Selvage.class);
        application.addListeners(new RequiredSettings());
        return application;
    }
}
