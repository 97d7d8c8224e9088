package dev.selvage.support;

import dev.selvage.Selvage;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway as shipped, running on a port of its own, with the token issuer of the local mode and a database of its own. */
public final class Gateway {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private static final class Shared {
        static final Gateway RUNNING = new Gateway(TestPostgres.embedded18().database("gateway"));
    }

    /** Apart, so that it is only started by those who want it. */
    private static final class Lenient {
        static final Gateway RUNNING = startLenient(Shared.RUNNING.database);
    }

    private final TestDatabase database;
    private final int port = TestPostgres.freePort();
    private final ConfigurableApplicationContext context;

    private Gateway(TestDatabase database, String... settings) {
        this.database = database;
        var all = new LinkedHashMap<String, String>();
        all.put("server.port", String.valueOf(port));
        all.put("spring.r2dbc.url", database.r2dbcUrl());
        all.put("spring.flyway.url", database.jdbcUrl());
        all.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", address());
        all.put("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", address() + "/.well-known/jwks.json");
        all.put("gateway.cursor-secret", "dGhlc2UgdGVzdHMgc2lnbiB0aGVpciBjdXJzb3Jz");
        all.put("gateway.graphiql.enabled", "true");
        all.put("gateway.graphiql.personas", "true");
        all.put("selvage.local.issuer", address());
        all.put("selvage.local.data", temporaryDirectory().toString());
        // What is done on the clock is done when a test says so.
        all.put("gateway.work-interval", "0");
        // All tests are one caller or two. What they may spend is looked at where it is less.
        for (var tier : new String[] {"free-text", "published"}) {
            all.put("gateway.budget." + tier + ".limit", "2000000000");
            all.put("gateway.budget." + tier + ".restored-per-second", "1000000000");
        }
        all.put("logging.level.root", "warn");
        for (var setting : settings) {
            var parts = setting.replaceFirst("^--", "").split("=", 2);
            all.put(parts[0], parts[1]);
        }
        var application = Selvage.application();
        context = application.run(all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
    }

    /** The one that all tests share. Rows made in one test are seen by the others. */
    public static Gateway running() {
        return Shared.RUNNING;
    }

    /**
     * Another one on the same rows, of which more may be asked at once than a text may ask for otherwise. It is an issuer of
     * its own, so that it knows the users of a {@link Given} of its own only.
     */
    public static Gateway lenient() {
        return Lenient.RUNNING;
    }

    /** As {@link #lenient}, on a database of the caller's, who stops it. */
    public static Gateway startLenient(TestDatabase database) {
        return start(
                database,
                Stream.of("tokens", "depth", "aliases", "root-fields", "directives", "fragments", "fields", "cost")
                        .map(limit -> "--gateway.limits.free-text." + limit + "=" + Integer.MAX_VALUE)
                        .toArray(String[]::new));
    }

    /**
     * One with settings or a database of its own; the caller stops it.
     *
     * @param settings each as {@code --name=value}
     */
    public static Gateway start(TestDatabase database, String... settings) {
        return new Gateway(database, settings);
    }

    public void stop() {
        context.close();
    }

    public TestDatabase database() {
        return database;
    }

    public String address() {
        return "http://localhost:" + port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** SQL statements of all operations so far, without those that open and end a transaction. */
    double statements() {
        return bean(MeterRegistry.class)
                .get("selvage.operation.statements")
                .summary()
                .totalAmount();
    }

    /** A caller without a token. */
    public Caller anonymous() {
        return new Caller(this, "");
    }

    /** A signed-in user of the test's making; see {@link Given#user}. */
    public Caller user(Given.User user) {
        return new Caller(this, token("sub=" + encode(user.subject()) + "&email=" + encode(user.email())));
    }

    /** A third party with these scopes, separated by spaces. */
    public Caller integrator(String scopes) {
        return new Caller(this, token("as=integrator&scope=" + encode(scopes)));
    }

    /** A caller with this token, whatever it is. */
    public Caller bearer(String token) {
        return new Caller(this, token);
    }

    /** A token of the local issuer. */
    public String token(String query) {
        var answer = send(HttpRequest.newBuilder(URI.create(address() + "/dev/token?" + query)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    /** Sends a request and reads the whole answer as text. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("selvage-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
