package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.documents.Apps;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a caller may spend, what the answer tells of it, and what happens when it is spent. */
class BudgetTest {
    /** Twenty points, of which an answer without events needs none. */
    private static final String TWENTY =
            "{ events(first: 20, filter: { search: \"nothingiscalledthis\" }) { nodes { id } } }";

    private static final String NINETY = "{ events(first: 90) { nodes { id } } }";
    private static final String ONE = "{ events(first: 1) { nodes { id } } }";
    private static final int LIMIT = 100;

    /** What it costs to read a text that nobody has sent before. */
    private static final int READING = 1;

    private static final int PUBLISHED_LIMIT = 3_000;

    private static Gateway gateway;
    private static Given given;

    /** A budget that comes back so slowly that nobody here sees it. */
    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                TestPostgres.embedded18().database("budgets"),
                "--gateway.budget.free-text.limit=" + LIMIT,
                "--gateway.budget.free-text.restored-per-second=1",
                "--gateway.budget.published.limit=" + PUBLISHED_LIMIT,
                "--gateway.budget.published.restored-per-second=1",
                "--gateway.http.trusted-proxies=127.0.0.1,0:0:0:0:0:0:0:1");
        given = new Given(gateway);
        var user = given.user();
        for (int i = 0; i < 80; i++) {
            given.event("published");
        }
        assertThat(gateway.user(user).query("{ viewer { roles } }").status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    private static Caller somebody() {
        return gateway.user(given.user()).with("x-graphql-cost", "report");
    }

    /** Somebody without a token, behind the proxy. */
    private static Caller at(String address) {
        return gateway.anonymous().with("x-forwarded-for", address).with("x-graphql-cost", "report");
    }

    private static JsonNode cost(Answer answer) {
        return answer.body().path("extensions").path("cost");
    }

    private static int remaining(Answer answer) {
        return cost(answer).path("budget").path("remaining").asInt(-1);
    }

    private static void assertSpent(Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCodes()).containsExactly("RATE_LIMITED");
    }

    @Test
    void theAnswerTellsWhatItCostToWhomAsks() {
        var answer = somebody().query(TWENTY).ok();

        assertThat(cost(answer).path("requested").asInt()).isEqualTo(20);
        assertThat(cost(answer).path("actual").asInt()).isZero();
        assertThat(cost(answer).path("budget").path("limit").asInt()).isEqualTo(LIMIT);
        assertThat(cost(answer).path("budget").path("restoredPerSecond").asInt())
                .isEqualTo(1);
    }

    @Test
    void nobodyElseIsToldOfIt() {
        var answer = gateway.user(given.user()).query(TWENTY).ok();

        assertThat(answer.body().has("extensions")).isFalse();
    }

    @Test
    void whatItDidNotCostIsGivenBack() {
        var somebody = somebody();
        for (int i = 0; i < 10; i++) {
            assertThat(remaining(somebody.query(TWENTY).ok())).isGreaterThanOrEqualTo(LIMIT - READING);
        }
    }

    @Test
    void whatItDidCostIsGone() {
        var answer = somebody().query(NINETY).ok();

        int actual = cost(answer).path("actual").asInt();
        assertThat(actual).isBetween(80, 90);
        assertThat(remaining(answer)).isBetween(LIMIT - actual - READING, LIMIT - actual + 5);
    }

    @Test
    void whoHasTooLittleLeftIsToldWhenThereWillBeEnough() {
        var somebody = somebody();
        somebody.query(NINETY).ok();

        var refused = somebody.query(NINETY);

        assertSpent(refused);
        int wait = Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow());
        assertThat(wait).isEqualTo(90 - remaining(refused));
        assertThat(cost(refused).path("requested").asInt()).isEqualTo(90);
        assertThat(cost(refused).path("actual").asInt()).isZero();
        assertThat(refused.body().has("data")).isFalse();
    }

    @Test
    void aRefusalSaysWhatItWouldCostToWhomDidNotAskToo() {
        var somebody = gateway.user(given.user());
        somebody.query(NINETY).ok();

        assertThat(cost(somebody.query(NINETY)).path("requested").asInt()).isEqualTo(90);
    }

    @Test
    void aRefusalCostsNothingAndLessMayStillBeAskedFor() {
        var somebody = somebody();
        int left = remaining(somebody.query(NINETY).ok());
        for (int i = 0; i < 10; i++) {
            somebody.query(NINETY);
        }

        assertThat(remaining(
                        somebody.query("{ events(first: 1) { nodes { id } } }").ok()))
                .isGreaterThanOrEqualTo(left - 1 - READING);
    }

    @Test
    void eachUserHasABudgetWhereverTheyAre() {
        var user = given.user();
        gateway.user(user).with("x-forwarded-for", "192.0.2.1").query(NINETY).ok();

        assertSpent(gateway.user(user).with("x-forwarded-for", "192.0.2.2").query(NINETY));
        somebody().with("x-forwarded-for", "192.0.2.1").query(NINETY).ok();
    }

    @Test
    void anIntegratorHasOneBudgetWhateverItCallsItself() {
        gateway.integrator("read:orders").query(NINETY).ok();

        assertSpent(gateway.integrator("read:inventory")
                .with("x-client-id", "another")
                .query(NINETY));
    }

    @Test
    void whoeverHasNoTokenHasTheBudgetOfTheAddress() {
        at("198.51.100.7").query(NINETY).ok();

        assertSpent(at("198.51.100.7").query(NINETY));
        at("198.51.100.8").query(NINETY).ok();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        at("2001:db8:1:2::1").query(NINETY).ok();

        assertSpent(at("2001:db8:1:2:ffff::9").query(NINETY));
        at("2001:db8:1:3::1").query(NINETY).ok();
    }

    @Test
    void whatStandsBeforeTheNearestProxyIsNotBelieved() {
        at("203.0.113.1, 198.51.100.20").query(NINETY).ok();

        assertSpent(at("203.0.113.2, 198.51.100.20").query(NINETY));
        assertSpent(at("2001:db8::7, 198.51.100.20, 127.0.0.1").query(NINETY));
    }

    @Test
    void aHeaderIsNotBelievedOfWhoIsNoProxy() {
        // On some platforms the server itself would believe it.
        var direct = Gateway.start(
                TestPostgres.embedded18().database("budgets_direct"),
                "--spring.main.cloud-platform=kubernetes",
                "--gateway.budget.free-text.limit=" + LIMIT,
                "--gateway.budget.free-text.restored-per-second=1");
        try {
            new Given(direct).event("published");
            var anybody = direct.anonymous().with("x-graphql-cost", "report");
            var first = anybody.with("x-forwarded-for", "192.0.2.1").with("forwarded", "for=192.0.2.1");
            int left = remaining(first.query(ONE).ok());
            assertThat(remaining(anybody.with("x-forwarded-for", "192.0.2.2")
                            .query(ONE)
                            .ok()))
                    .isBetween(left - 1, left);
            for (int i = 0; i < 20; i++) {
                left = remaining(anybody.with("x-forwarded-for", "192.0.2." + i)
                        .query(ONE)
                        .ok());
            }
            assertThat(left).isLessThan(LIMIT - 10);
        } finally {
            direct.stop();
        }
    }

    @Test
    void aProxyMayTellThePortToo() {
        at("198.51.100.31:4711").query(NINETY).ok();
        assertSpent(at("198.51.100.31:4712").query(NINETY));
        at("[2001:db8:7:7::1]:4711").query(NINETY).ok();
        assertSpent(at("[2001:db8:7:7::2]").query(NINETY));
    }

    @Test
    void whoSendsAnotherTextEachTimePaysForItsReadingWhateverItIs() {
        var somebody = somebody();
        Answer answer;
        int sent = 0;
        do {
            answer = somebody.query("{ nothing" + sent + " }");
            sent++;
        } while (answer.status() == 400 && sent < 2 * LIMIT);

        assertSpent(answer);
        assertThat(sent).isBetween(LIMIT, LIMIT + 20);
        assertThat(cost(answer).path("requested").asInt()).isEqualTo(READING);
    }

    @Test
    void moreThanABudgetHoldsCostsAllOfIt() {
        var dear = "{ events(first: 100) { nodes { inventoryItems(first: 2) { nodes { id } } } } }";
        // Whoever sends the text first pays for its reading, and has no full budget any more.
        somebody().query(dear);

        var answer = somebody().query(dear).ok();

        assertThat(cost(answer).path("requested").asInt()).isEqualTo(300);
        assertThat(remaining(answer)).isLessThan(LIMIT - 50);
    }

    /** Eighty events of which nobody has brought anything. */
    private static Answer published(Caller caller) {
        var id = Apps.sha256(TestPostgres.resource("graphql/documents/EventsWithItems.graphql"));
        return caller.send("{\"documentId\": \"sha256:%s\", \"variables\": {\"first\": 100}}".formatted(id));
    }

    @Test
    void aPublishedDocumentIsPaidForFromABudgetOfItsOwn() {
        var somebody = somebody();
        somebody.query(NINETY).ok();
        assertSpent(somebody.query(NINETY));

        // More than any text may cost here, and than is left for texts.
        var answer = published(somebody).ok();

        assertThat(cost(answer).path("requested").asInt()).isGreaterThan(LIMIT);
        assertThat(cost(answer).path("budget").path("limit").asInt()).isEqualTo(PUBLISHED_LIMIT);
        int actual = cost(answer).path("actual").asInt();
        assertThat(remaining(answer)).isBetween(PUBLISHED_LIMIT - actual, PUBLISHED_LIMIT - actual + 5);
    }

    @Test
    void whoHasSpentWhatThereIsForPublishedDocumentsWaitsToo() {
        var somebody = somebody();
        Answer answer;
        int called = 0;
        do {
            answer = published(somebody);
            called++;
        } while (answer.status() == 200 && called < 100);

        assertSpent(answer);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        somebody.query(NINETY).ok();
    }

    @Test
    void theViewerMayAskForNothing() {
        var somebody = somebody();
        int left = remaining(somebody.query(NINETY).ok());

        var answer = somebody.query("{ viewer { budget { limit remaining restoredPerSecond } } }")
                .ok();

        assertThat(cost(answer).path("requested").asInt()).isZero();
        assertThat(answer.at("viewer", "budget", "limit").asInt()).isEqualTo(LIMIT);
        assertThat(answer.at("viewer", "budget", "remaining").asInt()).isBetween(left - READING, left + 5);
        assertThat(answer.at("viewer", "budget", "restoredPerSecond").asInt()).isEqualTo(1);
    }
}
