package dev.selvage;

import static java.util.stream.Collectors.joining;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Refuses a start without the settings that nobody can guess, or with one that means nothing; names all at once. */
final class RequiredSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private record Setting(String name, String variable, String meaning) {
        boolean isMissing(Environment environment) {
            return !StringUtils.hasText(environment.getProperty(name));
        }

        String sentence() {
            return "Selvage needs %s (environment variable %s): %s.".formatted(name, variable, meaning);
        }
    }

    private static final Setting DATABASE = new Setting(
            "spring.r2dbc.url",
            "SPRING_R2DBC_URL",
            "the PostgreSQL database it serves, such as r2dbc:postgresql://db.example.com:5432/selvage");
    private static final Setting MIGRATION = new Setting(
            "spring.flyway.url",
            "SPRING_FLYWAY_URL",
            "the same database for migrations, such as jdbc:postgresql://db.example.com:5432/selvage");
    private static final Setting ISSUER = new Setting(
            "spring.security.oauth2.resourceserver.jwt.issuer-uri",
            "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
            "the issuer whose tokens it accepts, such as https://login.example.com/");
    private static final Setting CURSORS = new Setting(
            "gateway.cursor-secret",
            "GATEWAY_CURSORSECRET",
            "what page cursors are signed with, the same for every instance, the output of `openssl rand -base64 32`");

    /** After the configuration files are read, before logging has anything to say. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        var migrates = environment.getProperty("spring.flyway.enabled", Boolean.class, true);
        var needed = migrates ? List.of(DATABASE, MIGRATION, ISSUER, CURSORS) : List.of(DATABASE, ISSUER, CURSORS);
        var missing = needed.stream()
                .filter(setting -> setting.isMissing(environment))
                .map(Setting::sentence);
        var refused = Stream.concat(missing, unknownTimeZone(environment)).collect(joining(System.lineSeparator()));
        if (!refused.isEmpty()) {
            throw new StartRefused(refused);
        }
    }

    /**
     * PostgreSQL takes more than names for a time zone, and reads an offset such as {@code UTC+2} the other way round;
     * Java's names that begin with {@code SystemV} it does not know.
     */
    private static Stream<String> unknownTimeZone(Environment environment) {
        var zone = environment.getProperty("gateway.time-zone", "");
        return ZoneId.getAvailableZoneIds().contains(zone) && !zone.startsWith("SystemV/")
                ? Stream.empty()
                : Stream.of(
                        ("Selvage needs gateway.time-zone (environment variable GATEWAY_TIMEZONE) to be the IANA name of a "
                                        + "time zone, such as Europe/Berlin or UTC; \"%s\" is none.")
                                .formatted(zone));
    }
}
