package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that something comes between before it is kept. */
class RepeatedChangeTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String ADJUST_ALL = """
            mutation ($one: ID!, $between: ID!, $two: ID!) {
              one: adjustFabricStock(input: { id: $one, delta: 1 }) { fabric { stockQuantity } userErrors { code } }
              between: adjustFabricStock(input: { id: $between, delta: 1 }) { fabric { stockQuantity } userErrors { code } }
              two: adjustFabricStock(input: { id: $two, delta: 1 }) { fabric { stockQuantity } userErrors { code } }
            }""";

    private static final int NOBODY = 0;

    private final UUID one = given.fabric().id();
    private final UUID between = given.fabric().id();
    private final UUID two = given.fabric().id();
    private Connection other;
    private Connection third;

    @BeforeEach
    void connect() throws SQLException {
        other = DriverManager.getConnection(gateway.database().jdbcUrl(), "postgres", "");
        other.setAutoCommit(false);
        third = DriverManager.getConnection(gateway.database().jdbcUrl(), "postgres", "");
        third.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        other.close();
        third.close();
    }

    private static void takeTheRow(Connection connection, UUID fabric) throws SQLException {
        try (var update = connection.prepareStatement("UPDATE fabrics SET tags = tags WHERE id = ?")) {
            update.setObject(1, fabric);
            update.executeUpdate();
        }
    }

    private CompletableFuture<Answer> adjustsAll() {
        return CompletableFuture.supplyAsync(() -> gateway.user(given.admin())
                .query(
                        ADJUST_ALL,
                        Map.of(
                                "one", new Given.Fabric(one).globalId(),
                                "between", new Given.Fabric(between).globalId(),
                                "two", new Given.Fabric(two).globalId())));
    }

    /** The server's process that waits for a row that this connection has, if it is not that one. */
    private static int waitingFor(Connection connection, int not) throws SQLException {
        return eventually(
                connection,
                "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))",
                not);
    }

    private static int eventually(Connection connection, String query, int not) throws SQLException {
        var patience = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(patience)) {
            try (var statement = connection.createStatement();
                    var found = statement.executeQuery(query)) {
                if (found.next() && found.getInt(1) != not) {
                    return found.getInt(1);
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("Nothing came of " + query);
    }

    private void isDoneOnce(Answer answer) {
        answer.ok();
        for (var field : new String[] {"one", "between", "two"}) {
            assertThat(answer.at(field, "fabric", "stockQuantity").asInt()).isEqualTo(11);
        }
        assertThat(gateway.database()
                        .query(
                                "SELECT stock_quantity FROM fabrics WHERE id IN (?, ?, ?)",
                                row -> row.getInt(1),
                                one,
                                between,
                                two))
                .containsExactly(11, 11, 11);
    }

    @Test
    void isMadeAnewWhenItAndAnotherWaitForEachOther() throws SQLException {
        try (var statement = other.createStatement()) {
            // Whoever begins to wait last finds it out, and gives way.
            statement.execute("SET deadlock_timeout = '1min'");
        }
        takeTheRow(other, two);
        takeTheRow(third, between);
        var answer = adjustsAll();
        int gateways = waitingFor(third, NOBODY);
        var waits = CompletableFuture.runAsync(() -> {
            try {
                takeTheRow(other, one);
                other.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        isBlockedBy(gateways);
        third.commit();

        isDoneOnce(answer.join());
        waits.join();
    }

    private void isBlockedBy(int process) throws SQLException {
        eventually(
                third, "SELECT 1 FROM pg_locks WHERE NOT granted AND " + process + " = ANY (pg_blocking_pids(pid))", 0);
    }

    @Test
    void isMadeAnewWhenItsConnectionIsLost() throws SQLException {
        takeTheRow(other, two);
        var answer = adjustsAll();
        int first = waitingFor(other, NOBODY);
        try (var statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + first + ")");
        }
        waitingFor(other, first);
        other.commit();

        isDoneOnce(answer.join());
    }

    @Test
    void isInDoubtWhenItsConnectionIsLostWithTheLastWord() throws IOException {
        var database = TestPostgres.embedded18().database("in_doubt");
        var direct = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        try (var line = new CutAtCommit(direct.getPort())) {
            var through = Gateway.start(
                    database,
                    "spring.r2dbc.url=r2dbc:postgresql://localhost:" + line.server.getLocalPort() + direct.getPath(),
                    // One that has not committed yet: from the second time on it is not by that word.
                    "spring.r2dbc.pool.initial-size=10");
            try {
                var admin = through.user(new Given(through).admin());
                var create =
                        "mutation { createFabric(input: { name: \"Once\", category: \"linen\", price: 1 }) @idempotent(key: \"k\")"
                                + " { fabric { id } } }";
                // Whoever calls first signs in, which is a change too.
                admin.query("{ viewer { user { id } } }");
                line.cuts = true;

                var lost = admin.query(create);
                line.cuts = false;

                assertThat(lost.errorCodes()).containsExactly("SERVICE_UNAVAILABLE");
                assertThat(lost.body().toString()).contains("not known whether this was done");
                var again = admin.query(create).ok();
                assertThat(database.query("SELECT id FROM fabrics WHERE name = 'Once'", row -> row.getString(1)))
                        .singleElement()
                        .satisfies(id -> assertThat(new Given.Fabric(UUID.fromString(id)).globalId())
                                .isEqualTo(again.text("createFabric", "fabric", "id")));
            } finally {
                through.stop();
            }
        }
    }

    /** Passes everything on, and hangs up behind the word that the server keeps everything by. */
    private static final class CutAtCommit implements AutoCloseable {
        private final ServerSocket server;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final int database;
        private volatile boolean cuts;

        CutAtCommit(int database) throws IOException {
            this.database = database;
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            threads.execute(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    var caller = server.accept();
                    var called = new Socket(InetAddress.getLoopbackAddress(), database);
                    threads.execute(() -> pass(caller, called, caller));
                    threads.execute(() -> pass(called, caller, null));
                }
            } catch (IOException _) {
                // Closed.
            }
        }

        private void pass(Socket from, Socket to, @Nullable Socket cut) {
            try (from;
                    to) {
                var bytes = new byte[16_384];
                for (int many = from.getInputStream().read(bytes);
                        many >= 0;
                        many = from.getInputStream().read(bytes)) {
                    var text = new String(bytes, 0, many, StandardCharsets.ISO_8859_1);
                    if (cut != null && cuts && text.contains("COMMIT\0")) {
                        // Its answer finds nobody.
                        cut.close();
                    }
                    to.getOutputStream().write(bytes, 0, many);
                }
            } catch (IOException _) {
                // Closed.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            threads.shutdownNow();
        }
    }
}
