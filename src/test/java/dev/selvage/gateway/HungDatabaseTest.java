package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A line to the database that goes dead without a word, in the middle of finding out who calls. */
class HungDatabaseTest {
    private static final String WHO = "{ viewer { user { id } } }";

    /** Passes everything on, or lets it vanish. */
    private static final class Line implements AutoCloseable {
        private final ServerSocket server;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final int database;
        private volatile boolean dead;

        Line(int database) throws IOException {
            this.database = database;
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            threads.execute(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    var caller = server.accept();
                    var called = new Socket(InetAddress.getLoopbackAddress(), database);
                    threads.execute(() -> pass(caller, called));
                    threads.execute(() -> pass(called, caller));
                }
            } catch (IOException _) {
                // Closed.
            }
        }

        private void pass(Socket from, Socket to) {
            try (from;
                    to) {
                var bytes = new byte[16_384];
                boolean cut = false;
                for (int many = from.getInputStream().read(bytes);
                        many >= 0;
                        many = from.getInputStream().read(bytes)) {
                    // What has lost a byte is of no use any more, also when others are.
                    cut |= dead;
                    if (!cut) {
                        to.getOutputStream().write(bytes, 0, many);
                    }
                }
            } catch (IOException _) {
                // One of the two has hung up.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            threads.shutdownNow();
        }
    }

    @Test
    void whoWasAskedForThenIsServedWhenTheLineIsBack() throws Exception {
        var database = TestPostgres.embedded18().database("hung");
        var direct = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        try (var line = new Line(direct.getPort())) {
            var gateway = Gateway.start(
                    database,
                    "spring.r2dbc.url=r2dbc:postgresql://localhost:" + line.server.getLocalPort() + direct.getPath());
            try {
                var given = new Given(gateway);
                var user = given.user();
                var caller = gateway.user(user);
                gateway.anonymous().query(WHO).ok();

                line.dead = true;
                assertThat(caller.query(WHO).errorCodes()).containsAnyOf("TIMEOUT", "SERVICE_UNAVAILABLE");
                line.dead = false;

                assertThat(caller.query(WHO).ok().text("viewer", "user", "id")).isEqualTo(user.globalId());
            } finally {
                gateway.stop();
            }
        }
    }
}
