package dev.selvage.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A PostgreSQL server for tests: real, empty at first, and gone with this process. */
public final class TestPostgres {
    private static final Path PACKAGED_15 = Path.of("/usr/lib/postgresql/15/bin");
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "max_connections", "100",
            "unix_socket_directories", "");

    private static final class Embedded {
        static final TestPostgres RUNNING = new TestPostgres(startEmbedded());
    }

    private static final class Packaged {
        static final TestPostgres RUNNING = new TestPostgres(startPackaged());
    }

    private final int port;

    private TestPostgres(int port) {
        this.port = port;
    }

    /** PostgreSQL 18, as the product brings it along. */
    public static TestPostgres embedded18() {
        return Embedded.RUNNING;
    }

    /** PostgreSQL 15, the oldest supported, as Debian packages it. */
    public static TestPostgres packaged15() {
        return Packaged.RUNNING;
    }

    /** Whether Debian's package {@code postgresql-15} is on this machine. */
    public static boolean hasPackaged15() {
        return Files.exists(PACKAGED_15.resolve("initdb"));
    }

    private static int startEmbedded() {
        try {
            var builder = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8");
            SETTINGS.forEach(builder::setServerConfig);
            return builder.start().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int startPackaged() {
        try {
            int port = freePort();
            var data = Files.createTempDirectory("postgres-15").resolve("data").toString();
            run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8");
            var options = new StringBuilder("-p " + port);
            SETTINGS.forEach((name, value) -> options.append(" -c ")
                    .append(name)
                    .append("='")
                    .append(value)
                    .append("'"));
            run("pg_ctl", "-D", data, "-l", data + ".log", "-o", options.toString(), "-w", "start");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> run("pg_ctl", "-D", data, "-m", "immediate", "stop")));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String program, String... arguments) {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(PACKAGED_15.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A new database with the roles in it and nothing else. */
    public TestDatabase emptyDatabase(String name) {
        try (var connection = connect("postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var database = new TestDatabase(this, name);
        database.execute("postgres", resource("db/roles.sql"));
        return database;
    }

    /** A new database, migrated. */
    public TestDatabase database(String name) {
        var database = emptyDatabase(name);
        database.migrate();
        return database;
    }

    public int port() {
        return port;
    }

    /** A connection that the caller closes; the server trusts every name. */
    Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port() + "/" + database, user, "");
    }

    /** A text file of the class path. */
    public static String resource(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All text files of the class path that this pattern of Spring's names. */
    public static List<String> resources(String pattern) {
        try {
            var texts = new ArrayList<String>();
            for (var file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                texts.add(file.getContentAsString(StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Flyway flyway(String database) {
        return Flyway.configure()
                .dataSource("jdbc:postgresql://localhost:" + port() + "/" + database, "selvage_owner", "")
                .locations("classpath:db/migration", "classpath:db/policy")
                .load();
    }
}
