package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Look-ups of one record share connections: what befalls one of them befalls no other. */
class BriefLookUpTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);

    /** More of them than threads that answer, so that each of those has some. */
    private static final int CALLERS = 4 * Runtime.getRuntime().availableProcessors();

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final String event = given.event("published").globalId();
    private final String item =
            given.item(given.event("published"), given.consignor(), "approved").globalId();

    /** The connections are there. */
    @BeforeEach
    void warm() throws Exception {
        for (var answer : answers(CALLERS, this::item)) {
            assertItem(answer);
        }
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private Answer item() {
        return look(item);
    }

    private Answer event() {
        return look(event);
    }

    private static Answer look(String id) {
        return gateway.anonymous().query("{ node(id: \"" + id + "\") { id } }");
    }

    private void assertItem(Answer answer) {
        assertThat(answer.ok().text("node", "id")).isEqualTo(item);
    }

    private List<Answer> answers(int times, Callable<Answer> look) throws Exception {
        var answers = new ArrayList<Answer>();
        for (var answer : callers.invokeAll(Collections.nCopies(times, look))) {
            answers.add(answer.get());
        }
        return answers;
    }

    @Test
    void nobodyWaitsForOneThatTakesLong() throws Exception {
        var waiting = new ArrayList<Future<Answer>>();
        gateway.database().within("selvage_owner", connection -> {
            connection.createStatement().execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < CALLERS; i++) {
                waiting.add(callers.submit(this::event));
            }
            await().atMost(Duration.ofMillis(1500)).until(() -> sessions("wait_event_type = 'Lock'"), n -> n > 0);
            for (int i = 0; i < 5; i++) {
                try {
                    for (var answer : answers(CALLERS, this::item)) {
                        assertItem(answer);
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
            // All of that while the lock was held.
            assertThat(waiting).noneMatch(Future::isDone);
            return true;
        });
        for (var answer : waiting) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
    }

    @Test
    void oneThatFailsFailsAlone() throws Exception {
        gateway.database().execute("selvage_owner", "REVOKE SELECT ON events FROM selvage_anonymous");
        try {
            var failing = new ArrayList<Future<Answer>>();
            var others = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 200; i++) {
                failing.add(callers.submit(this::event));
                others.add(callers.submit(this::item));
            }
            for (var answer : failing) {
                assertThat(answer.get().errorCodes()).containsExactly("INTERNAL_SERVER_ERROR");
            }
            for (var answer : others) {
                assertItem(answer.get());
            }
        } finally {
            gateway.database().execute("selvage_owner", "GRANT SELECT ON events TO selvage_anonymous");
        }
        assertThat(event().ok().text("node", "id")).isEqualTo(event);
    }

    @Test
    void connectionsThatAreLostAreReplaced() throws Exception {
        gateway.database()
                .within(
                        "postgres",
                        connection -> TestDatabase.query(
                                connection,
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'selvage_login'"
                                        + " AND datname = current_database()",
                                row -> row.getBoolean(1)));

        for (int i = 0; i < 50; i++) {
            for (var answer : answers(CALLERS, this::item)) {
                assertThat(answer.errorCodes()).isSubsetOf("SERVICE_UNAVAILABLE");
            }
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            for (var answer : answers(CALLERS, this::item)) {
                assertItem(answer);
            }
        });
    }

    /** The gateway's sessions in PostgreSQL for which this holds. */
    private static int sessions(String condition) {
        return gateway.database().within("postgres", connection -> {
            var sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'selvage_login'"
                    + " AND datname = current_database() AND " + condition;
            return TestDatabase.query(connection, sql, row -> row.getInt(1)).getFirst();
        });
    }
}
