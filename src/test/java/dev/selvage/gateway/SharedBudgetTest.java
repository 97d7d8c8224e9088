package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import dev.selvage.support.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances and one Redis. */
class SharedBudgetTest {
    private static final String TEN = "{ events(first: 10) { nodes { id } } }";
    private static final int LIMIT = 1_000;

    private static TestRedis redis;
    private static Gateway one;
    private static Gateway another;
    private static Given given;

    @BeforeAll
    static void start() {
        assumeTrue(TestRedis.isInstalled(), "Redis is not installed");
        redis = new TestRedis();
        var database = TestPostgres.embedded18().database("shared_budgets");
        // A busy machine is slow, and that is not what is looked at.
        one = started(database, "20s");
        another = started(database, "20s");
        given = new Given(one);
        for (int i = 0; i < 10; i++) {
            given.event("published");
        }
    }

    private static Gateway started(TestDatabase database, String redisPatience) {
        return Gateway.start(
                database,
                "--gateway.budget.free-text.limit=" + LIMIT,
                "--gateway.budget.free-text.restored-per-second=1",
                "--gateway.http.trusted-proxies=127.0.0.1,0:0:0:0:0:0:0:1",
                "--gateway.budget.redis-url=" + redis.url(),
                "--gateway.budget.redis-patience=" + redisPatience);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (TestRedis.isInstalled()) {
            another.stop();
            one.stop();
            redis.stop();
        }
    }

    private static Caller at(Gateway gateway, String address) {
        return gateway.anonymous().with("x-forwarded-for", address).with("x-graphql-cost", "report");
    }

    private static int remaining(Answer answer) {
        return answer.ok()
                .body()
                .path("extensions")
                .path("cost")
                .path("budget")
                .path("remaining")
                .asInt(-1);
    }

    /** Until both count there: whoever finds no connection yet goes on without. */
    private static void whenShared(String address) {
        whenShared(address, another);
    }

    private static void whenShared(String address, Gateway other) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            int before = remaining(at(one, address).query(TEN));
            return remaining(at(other, address).query(TEN)) <= before - 9;
        });
    }

    @Test
    void whatIsSpentWithOneIsSpentWithTheOther() {
        whenShared("192.0.2.1");

        int left = remaining(at(one, "192.0.2.2").query(TEN));
        for (int i = 1; i < 10; i++) {
            var next = i % 2 == 0 ? one : another;
            int now = remaining(at(next, "192.0.2.2").query(TEN));
            assertThat(now).isBetween(left - 10, left - 5);
            left = now;
        }
    }

    @Test
    void ofManyAtOnceNoneIsForgotten() throws Exception {
        whenShared("192.0.2.3");
        var answers = new ArrayList<Future<Answer>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 150; i++) {
                var gateway = i % 2 == 0 ? one : another;
                answers.add(callers.submit(() -> at(gateway, "192.0.2.4").query(TEN)));
            }
        }

        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get().status());
        }
        // A hundred may be paid for, and the few points that came back meanwhile.
        assertThat(statuses.stream().filter(status -> status == 200)).hasSizeBetween(100, 103);
        assertThat(statuses.stream().filter(status -> status == 429)).hasSizeBetween(47, 50);
    }

    @Test
    void whatRedisTakesTooLateIsGivenBack() throws Exception {
        var address = "192.0.2.7";
        whenShared(address);
        var hasty = started(one.database(), "100ms");
        try {
            whenShared(address, hasty);
            int left = remaining(at(one, address).query(TEN));

            redis.pause(Duration.ofSeconds(1));
            var answer = at(hasty, address).query(TEN);

            assertThat(answer.status()).isEqualTo(200);
            // It was ten, and a point comes back each second.
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> left - remaining(at(one, address).query("{ __typename }")) <= 3);
        } finally {
            hasty.stop();
        }
    }

    @Test
    void nobodyIsRefusedWhenRedisIsStoppedAndItIsSharedAgainWhenItIsBack() throws Exception {
        whenShared("192.0.2.5");
        var failed = new ArrayList<Integer>();

        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                redis.stop();
            }
            for (var gateway : List.of(one, another)) {
                var answer = at(gateway, "192.0.2." + (10 + i)).query(TEN);
                if (answer.status() != 200) {
                    failed.add(answer.status());
                }
            }
        }
        assertThat(failed).isEmpty();

        redis.startAgain();
        whenShared("192.0.2.6");
    }
}
