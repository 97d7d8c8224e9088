package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More is asked than there are connections for. */
class OverloadTest {
    private static final String EVENTS = "{ events(first: 100) { nodes { name } } }";
    private static final int CALLERS = 60;

    private static Gateway gateway;

    /** One connection, for which anybody may wait far longer than an operation may take. */
    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                TestPostgres.embedded18().database("overload"),
                "--spring.r2dbc.pool.initial-size=1",
                "--spring.r2dbc.pool.max-size=1",
                "--spring.r2dbc.pool.max-acquire-time=8s",
                "--gateway.budget.free-text.restored-per-second=1");
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @Test
    void whoWouldWaitTooLongIsToldAtOnceToComeBackAndTheOthersAreServed() throws Exception {
        // Each waits for the lock as long as the database lets a statement wait.
        gateway.database().within("selvage_owner", connection -> {
            connection.createStatement().execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 3; i++) {
                assertThat(ask().errorCodes()).containsExactly("TIMEOUT");
            }
            return true;
        });

        int left = budget();

        var answers = askedAtOnce();

        var turnedAway =
                answers.stream().filter(answer -> answer.status() == 503).toList();
        assertThat(turnedAway).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.errorCodes()).containsExactly("SERVICE_UNAVAILABLE");
            assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        });
        assertThat(answers).filteredOn(answer -> answer.status() == 200).isNotEmpty();
        assertThat(ask().status()).isEqualTo(200);
        // There is no event to pay for, and nobody pays for having been turned away.
        assertThat(budget()).isGreaterThanOrEqualTo(left);
    }

    private static int budget() {
        return gateway.anonymous()
                .query("{ viewer { budget { remaining } } }")
                .ok()
                .at("viewer", "budget", "remaining")
                .asInt(-1);
    }

    private static Answer ask() {
        return gateway.anonymous().query(EVENTS);
    }

    private static List<Answer> askedAtOnce() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Answer>>();
            for (int i = 0; i < CALLERS; i++) {
                asked.add(callers.submit(OverloadTest::ask));
            }
            var answers = new ArrayList<Answer>();
            for (var one : asked) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
