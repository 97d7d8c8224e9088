package dev.selvage.local;

import dev.selvage.StartRefused;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.FileSystemUtils;

/** The PostgreSQL server of this process. It keeps what it is given; only this machine reaches it, by a password. */
final class LocalPostgres {
    /** Below the ports that Linux lends to outgoing connections. */
    private static final int USUAL_PORT = 15_432;

    /** The major version of the binaries in the pom. */
    private static final String VERSION = "18";

    /** Long enough to recover from a crash. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The library is made for tests, which throw their data away: it turns fsync off, for one. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "max_connections", "100",
            "listen_addresses", "localhost",
            "unix_socket_directories", "");

    private static final String PASSWORD_FILE = "postgres-password";

    private final Path log;
    private final Path binaries;
    private final Path passwordFile;
    private final Cluster cluster;
    private final String password;
    private int port;
    private @Nullable EmbeddedPostgres server;
    private volatile @Nullable Thread starter;

    LocalPostgres(LocalData data) {
        log = data.path("postgres.log");
        binaries = data.path("binaries");
        passwordFile = data.path(PASSWORD_FILE);
        cluster = new Cluster(data.path("postgres"));
        password = data.secret(PASSWORD_FILE, Secrets::randomWord);
    }

    /**
     * Starts it, and makes the roles and the database where they are missing.
     *
     * @param wantedPort null stands for the usual one, or any free one if that is taken
     * @param fresh whether the data of earlier starts are deleted
     * @throws StartRefused if it cannot be started
     */
    synchronized void start(@Nullable Integer wantedPort, boolean fresh) {
        if (LocalSelvage.isEnding()) {
            throw new StartRefused("Selvage was stopped before it had started.");
        }
        refuseRoot();
        cluster.stop();
        if (fresh) {
            cluster.delete();
        }
        cluster.refuseUnless(VERSION);
        port = choosePort(wantedPort);
        starter = Thread.currentThread();
        try {
            removeHalfUnpacked();
            Files.deleteIfExists(log);
            server = builder().start();
        } catch (IOException | RuntimeException e) {
            throw new StartRefused("PostgreSQL did not start (%s): read %s, or delete its data by `%s`."
                    .formatted(reason(e), log, LocalEnvironment.FRESH));
        } finally {
            starter = null;
        }
        prepare(server);
    }

    /** Leaves no process behind, whatever a start that is under way has come to. */
    void stop() {
        var waiting = starter;
        if (waiting != null) {
            waiting.interrupt();
        }
        synchronized (this) {
            close(server);
            // What prepares or starts a server ends by itself, and soon.
            ProcessHandle.current().children().forEach(child -> child.onExit().join());
            cluster.stop();
        }
    }

    /** Of selvage_owner, of selvage_login and of the administrator postgres. */
    String password() {
        return password;
    }

    /** Such as {@code postgresql://localhost:15432/selvage}. */
    String address() {
        return "postgresql://localhost:%d/selvage".formatted(port);
    }

    Path passwordFile() {
        return passwordFile;
    }

    private static void close(@Nullable EmbeddedPostgres server) {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The library takes every file that is there for a whole one; the mark is what it leaves when all of them are. */
    private void removeHalfUnpacked() throws IOException {
        try (var marks = Files.find(binaries, 2, (file, _) -> file.endsWith(".exists"))) {
            if (marks.findAny().isPresent()) {
                return;
            }
        } catch (NoSuchFileException _) {
            return;
        }
        FileSystemUtils.deleteRecursively(binaries);
    }

    private EmbeddedPostgres.Builder builder() {
        // Where it unpacks its programs, and tidies up. The usual place is one for all users of the machine.
        System.setProperty("ot.epg.working-dir", binaries.toString());
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster.directory())
                .setCleanDataDirectory(false)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setPGStartupWait(PATIENCE)
                // Its own hook would stop the server under requests that are being answered.
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setConnectConfig("password", password)
                // These go to initdb as they are. The same sorting on every machine, whatever its locale is.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString());
        SETTINGS.forEach(builder::setServerConfig);
        return builder;
    }

    private void prepare(EmbeddedPostgres server) {
        try {
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement();
                    var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'selvage'")) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE selvage");
                }
            }
            try (var connection = server.getDatabase("postgres", "selvage").getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(new ClassPathResource("db/roles.sql").getContentAsString(StandardCharsets.UTF_8));
                // ALTER binds no values; the password has no character that would need it.
                statement.execute("""
                        ALTER DATABASE selvage OWNER TO selvage_owner;
                        ALTER ROLE selvage_owner PASSWORD '%1$s';
                        ALTER ROLE selvage_login PASSWORD '%1$s'""".formatted(password));
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("db/roles.sql: " + e.getMessage(), e);
        }
    }

    private static int choosePort(@Nullable Integer wanted) {
        if (wanted == null) {
            return Ports.isFree(USUAL_PORT) ? USUAL_PORT : Ports.anyFree();
        }
        if (!Ports.isFree(wanted)) {
            throw new StartRefused(
                    ("Port %d, wanted for PostgreSQL, is in use: leave SELVAGE_LOCAL_POSTGRES_PORT out, or name another"
                                    + " port in it.")
                            .formatted(wanted));
        }
        return wanted;
    }

    /** PostgreSQL never runs as root; the library steps into a user namespace for it, where the system allows one. */
    private static void refuseRoot() {
        if ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable()) {
            throw new StartRefused(
                    "PostgreSQL does not run as root, and there are no user namespaces here: be another user.");
        }
    }

    /** The server's last word, if it had one. */
    private String reason(Exception failure) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL:") || line.contains("error:"))
                    .reduce((_, last) -> last)
                    .orElseGet(() -> Objects.toString(failure.getMessage()));
        } catch (IOException _) {
            return Objects.toString(failure.getMessage());
        }
    }
}
