package dev.selvage.local;

import dev.selvage.StartRefused;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.StringUtils;

/**
 * Gives a start that names no database one of its own, with demo data and an issuer of tokens. A start that names one
 * gets none of it: that issuer makes anybody an administrator.
 */
final class LocalEnvironment implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    /** Starts anew. */
    static final String FRESH = "mvn spring-boot:run -Dspring-boot.run.arguments=--fresh";

    private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

    /** A handful of lines is all that a start says; {@code --debug} says everything. */
    private static final Map<String, Object> QUIET = Map.of(
            "spring.main.banner-mode", "off",
            "spring.main.log-startup-info", false,
            "logging.level.root", "warn",
            // A failed start is told by LocalSelvage.
            "logging.level.org.springframework.boot.SpringApplication", "off",
            "logging.level.org.springframework.boot.diagnostics", "off",
            "logging.level.org.springframework.boot.web", "error");

    private @Nullable LocalData data;

    /** After the configuration files are read; before the settings are judged and logging begins. */
    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        if (StringUtils.hasText(environment.getProperty("spring.r2dbc.url"))) {
            return;
        }
        var data = LocalData.open(Path.of(environment.getProperty("selvage.local.data", ".data")));
        this.data = data;
        try {
            bring(event, data);
        } catch (StartRefused refused) {
            throw refused;
        } catch (RuntimeException failure) {
            throw new StartRefused(new FailedStart(failure, data).explain());
        }
    }

    private static void bring(ApplicationEnvironmentPreparedEvent event, LocalData data) {
        var environment = event.getEnvironment();
        var address = "http://localhost:" + httpPort(environment);
        var postgres = startPostgres(data, environment, event.getArgs());
        var ownIssuer = !StringUtils.hasText(environment.getProperty(JWT + "issuer-uri"));

        var properties = new HashMap<>(gateway(postgres, data));
        if (ownIssuer) {
            properties.putAll(issuer(address, data));
        }
        if (!environment.containsProperty("debug")) {
            properties.putAll(QUIET);
        }
        add(properties, environment);

        var application = event.getSpringApplication();
        application.addPrimarySources(List.of(DemoData.class));
        application.addListeners(new Greeting(address, ownIssuer, postgres));
    }

    /** Where this start keeps its data; null if it brought nothing along. */
    @Nullable
    LocalData data() {
        return data;
    }

    private static int httpPort(ConfigurableEnvironment environment) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        if (port == 0) {
            // Tokens carry the address, so it is chosen before there is a server.
            port = Ports.anyFree();
            environment.getPropertySources().addFirst(new MapPropertySource("free port", Map.of("server.port", port)));
        } else if (!Ports.isFree(port)) {
            throw new StartRefused(("Port %d is in use: stop what listens there, or take another by"
                            + " `SERVER_PORT=%d mvn spring-boot:run`.")
                    .formatted(port, Ports.freeFrom(port + 1)));
        }
        return port;
    }

    private static LocalPostgres startPostgres(
            LocalData data, ConfigurableEnvironment environment, String[] arguments) {
        var postgres = new LocalPostgres(data);
        // Before it starts, because a start may be interrupted; these run when the application has let go of it.
        SpringApplication.getShutdownHandlers().add(() -> {
            postgres.stop();
            data.close();
        });
        postgres.start(
                environment.getProperty("selvage.local.postgres-port", Integer.class),
                List.of(arguments).contains("--fresh")
                        || environment.getProperty("selvage.fresh", Boolean.class, false));
        return postgres;
    }

    private static Map<String, Object> gateway(LocalPostgres postgres, LocalData data) {
        return Map.ofEntries(
                Map.entry("spring.r2dbc.url", "r2dbc:" + postgres.address()),
                Map.entry("spring.r2dbc.username", "selvage_login"),
                Map.entry("spring.r2dbc.password", postgres.password()),
                Map.entry("spring.flyway.url", "jdbc:" + postgres.address()),
                Map.entry("spring.flyway.user", "selvage_owner"),
                Map.entry("spring.flyway.password", postgres.password()),
                Map.entry("gateway.cursor-secret", data.secret("cursor-secret", Secrets::random)),
                Map.entry("gateway.graphiql.enabled", true),
                // Others on the network are not to become administrators here.
                Map.entry("server.address", "127.0.0.1"),
                // Ctrl-C waits neither for open subscriptions nor for requests to come.
                Map.entry("server.shutdown", "immediate"),
                Map.entry("spring.reactor.netty.shutdown-quiet-period", "0s"));
    }

    private static Map<String, Object> issuer(String address, LocalData data) {
        return Map.ofEntries(
                Map.entry("selvage.local.issuer", address),
                Map.entry("selvage.local.data", data.path("").toString()),
                Map.entry(JWT + "issuer-uri", address),
                Map.entry(JWT + "jwk-set-uri", address + TokenIssuer.KEYS_PATH),
                Map.entry(JWT + "audiences", Tokens.AUDIENCE),
                Map.entry("gateway.graphiql.personas", true));
    }

    /** Above the product's application.yml, below all that a developer says in arguments, variables and files. */
    private static void add(Map<String, Object> properties, ConfigurableEnvironment environment) {
        var sources = environment.getPropertySources();
        var local = new MapPropertySource("local", properties);
        sources.stream()
                .map(PropertySource::getName)
                .filter(name -> name.startsWith("Config resource 'class path resource"))
                .findFirst()
                .ifPresentOrElse(name -> sources.addBefore(name, local), () -> sources.addLast(local));
    }
}
