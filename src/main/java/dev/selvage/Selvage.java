package dev.selvage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway. */
@SpringBootApplication
public class Selvage {
    public static void main(String[] args) {
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
