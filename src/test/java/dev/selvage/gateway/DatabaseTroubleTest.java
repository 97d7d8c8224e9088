package dev.selvage.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What callers are told when the database is slow, busy or broken, and that nothing of it stays behind. */
class DatabaseTroubleTest {
    private static final int POOL = 20;
    private static final String EVENTS = "{ events(first: 1) { nodes { name } } viewer { roles } }";
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);

    /** What is measured below is the gateway and not the loading of its classes. */
    @BeforeAll
    static void warm() {
        for (int i = 0; i < 20; i++) {
            gateway.anonymous().query(EVENTS).ok();
        }
        gateway.user(given.user()).query(EVENTS).ok();
        sessions("true");
    }

    @AfterEach
    void nothingStaysBehindAndTheGatewayAnswers() {
        await().atMost(Duration.ofSeconds(1)).until(DatabaseTroubleTest::acquired, taken -> taken == 0);
        assertThat(sessions("state <> 'idle'")).isZero();
        assertThat(gateway.anonymous().query(EVENTS).ok().status()).isEqualTo(200);
    }

    @Test
    void aStatementThatWaitsTooLongEndsTheOperationWithOneTimeout() throws Exception {
        var answer = whileEventsAreLocked(() -> gateway.anonymous()
                .query("{ inventoryItems(first: 1) { nodes { id } } events { nodes { name } } viewer { roles } }"));

        assertOneError(answer, "TIMEOUT");
        // The operation records itself when it ends, and its connection is given back then.
        assertThat(sessions("state LIKE 'idle in transaction%'")).isZero();
    }

    @Test
    void aStatementThatIsRefusedIsAnInternalErrorThatNamesNothing() {
        gateway.database().execute("selvage_owner", "REVOKE SELECT ON events FROM selvage_anonymous");
        try {
            var answer = gateway.anonymous().query("{ list: events { nodes { name } } viewer { roles } }");

            assertOneError(answer, "INTERNAL_SERVER_ERROR");
            assertThat(answer.body().toString().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("events", "permission", "selvage", "select", "42501", "r2dbc", "exception");
        } finally {
            gateway.database().execute("selvage_owner", "GRANT SELECT ON events TO selvage_anonymous");
        }
    }

    @Test
    void withoutAFreeConnectionTheGatewaySaysSoInHalfASecond() {
        var newcomer = gateway.user(given.user());
        var pool = gateway.bean(ConnectionFactory.class);
        var held = new ArrayList<Connection>();
        try {
            for (int i = 0; i < POOL; i++) {
                held.add(Mono.from(pool.create())
                        .blockOptional(Duration.ofSeconds(5))
                        .orElseThrow());
            }
            refusedInHalfASecond(gateway.anonymous());
            refusedInHalfASecond(newcomer);

            // What needs no row takes no connection.
            assertThat(gateway.anonymous()
                            .query("{ __typename viewer { roles user { id } } }")
                            .ok()
                            .status())
                    .isEqualTo(200);
        } finally {
            held.forEach(connection -> Mono.from(connection.close()).block(Duration.ofSeconds(5)));
        }
        assertThat(newcomer.query(EVENTS).ok().status()).isEqualTo(200);
    }

    private static void refusedInHalfASecond(Caller caller) {
        var from = System.nanoTime();
        var answer = caller.query(EVENTS);

        assertOneError(answer, "SERVICE_UNAVAILABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(Duration.ofMillis(450), Duration.ofSeconds(2));
    }

    @Test
    void aCallerWhoHangsUpStopsTheStatementAndFreesTheConnection() throws Exception {
        whileEventsAreLocked(() -> {
            try (var line = call("{ events { nodes { name } } }")) {
                assertThat(line.isConnected()).isTrue();
                await().atMost(1500, MILLISECONDS)
                        .until(() -> sessions("state = 'active' AND wait_event_type = 'Lock'"), n -> n == 1);
            }
            // Sooner than any time-out of the database: the lock is waited for two seconds.
            await().atMost(Duration.ofSeconds(1)).until(() -> sessions("state <> 'idle'"), n -> n == 0);
            await().atMost(Duration.ofMillis(500)).until(DatabaseTroubleTest::acquired, taken -> taken == 0);
            return true;
        });
    }

    @Test
    void callersWhoHangUpByTheDozenLeaveThePoolWhole() throws Exception {
        whileEventsAreLocked(() -> {
            var lines = new ArrayList<Socket>();
            for (int i = 0; i < POOL + 5; i++) {
                lines.add(call("{ events { nodes { name } } }"));
            }
            await().atMost(1900, MILLISECONDS).until(() -> sessions("wait_event_type = 'Lock'"), n -> n >= 2);
            for (var line : lines) {
                line.close();
            }
            // A statement that was on its way when it was to stop ends by its own time-out.
            await().atMost(Duration.ofSeconds(4)).until(DatabaseTroubleTest::acquired, taken -> taken == 0);
            return true;
        });
        for (int i = 0; i < 2 * POOL; i++) {
            assertThat(gateway.anonymous().query(EVENTS).ok().status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerDoesNotStopTheStatementsOfOthers() {
        for (int i = 0; i < 500; i++) {
            gateway.anonymous().query(EVENTS).ok();
        }
    }

    private static <T> T whileEventsAreLocked(Callable<T> work) throws Exception {
        return gateway.database().within("selvage_owner", connection -> {
            connection.createStatement().execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE");
            try {
                return work.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Sends a request and does not wait for the answer. */
    private static Socket call(String query) throws IOException {
        var address = URI.create(gateway.address());
        var body = "{\"query\": \"%s\"}".formatted(query);
        var line = new Socket(address.getHost(), address.getPort());
        line.getOutputStream()
                .write(
                        "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(address.getAuthority(), body.length(), body)
                                .getBytes(StandardCharsets.UTF_8));
        line.getOutputStream().flush();
        return line;
    }

    private static void assertOneError(Answer answer, String code) {
        assertThat(answer.errorCodes()).containsExactly(code);
        assertThat(answer.body().path("data").isNull()
                        || answer.body().path("data").isMissingNode())
                .isTrue();
        assertThat(answer.body().path("errors").get(0).path("extensions").size())
                .isEqualTo(1);
    }

    private static double acquired() {
        return gateway.bean(MeterRegistry.class)
                .get("r2dbc.pool.acquired")
                .gauge()
                .value();
    }

    /** The gateway's sessions in PostgreSQL for which this holds. */
    private static int sessions(String condition) {
        return gateway.database().within("postgres", connection -> {
            var sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'selvage_login'"
                    + " AND datname = current_database() AND " + condition;
            return dev.selvage.support.TestDatabase.query(connection, sql, row -> row.getInt(1))
                    .getFirst();
        });
    }
}
