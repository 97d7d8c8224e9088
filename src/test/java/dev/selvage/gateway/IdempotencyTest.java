package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.Recurrence;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change that is sent again under its key. */
class IdempotencyTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private final String key = UUID.randomUUID().toString();
    private final String name = "Once " + key;

    private static Answer create(Caller caller, String key, String name, String price) {
        return caller.query("""
                mutation ($key: String!, $name: String!, $price: Decimal!) {
                  createFabric(input: { name: $name, category: "linen", price: $price }) @idempotent(key: $key) {
                    fabric { id name version }
                    userErrors { code message path }
                  }
                }""", Map.of("key", key, "name", name, "price", price));
    }

    private static String id(Answer answer) {
        return answer.ok().text("createFabric", "fabric", "id");
    }

    private static String refusal(Answer answer) {
        assertThat(answer.ok().at("createFabric", "fabric").isNull()).isTrue();
        return answer.text("createFabric", "userErrors", 0, "code");
    }

    private long made() {
        return gateway.database()
                .query("SELECT count(*) FROM fabrics WHERE name = ?", row -> row.getLong(1), name)
                .getFirst();
    }

    @Test
    void isMadeOnceAndAnsweredAgain() {
        var first = create(admin, key, name, "5");
        var again = create(admin, key, name, "5.00");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void isAnsweredAsTheRecordIsNow() {
        var id = id(create(admin, key, name, "5"));
        admin.query(
                "mutation ($id: ID!) { updateFabric(input: { id: $id, expectedVersion: 1, name: \"Changed\" }) { userErrors { code } } }",
                Map.of("id", id));

        var again = create(admin, key, name, "5");

        assertThat(id(again)).isEqualTo(id);
        assertThat(again.text("createFabric", "fabric", "name")).isEqualTo("Changed");
        assertThat(again.at("createFabric", "fabric", "version").asInt()).isEqualTo(2);
    }

    @Test
    void isRefusedIfItIsAnotherOne() {
        id(create(admin, key, name, "5"));

        assertThat(refusal(create(admin, key, name, "6"))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        var other = admin.query(
                "mutation ($key: String!, $id: ID!) { adjustFabricStock(input: { id: $id, delta: 1 }) @idempotent(key: $key) { userErrors { code path } } }",
                Map.of("key", key, "id", given.fabric().globalId()));
        assertThat(other.ok().at("adjustFabricStock", "userErrors").toString())
                .isEqualTo("[{\"code\":\"IDEMPOTENCY_KEY_REUSED\",\"path\":null}]");
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void isTriedAnewIfItWasRefused() {
        assertThat(refusal(create(admin, key, name, "-1"))).isEqualTo("OUT_OF_RANGE");
        assertThat(refusal(create(admin, key, name, "-1"))).isEqualTo("OUT_OF_RANGE");

        id(create(admin, key, name, "1"));

        assertThat(made()).isEqualTo(1);
    }

    @Test
    void isNothingToAnotherCaller() {
        var others = gateway.user(given.admin());
        var integrator = gateway.integrator("write:fabrics");

        assertThat(id(create(admin, key, name, "5")))
                .isNotEqualTo(id(create(others, key, name, "5")))
                .isNotEqualTo(id(create(integrator, key, name, "5")));
        assertThat(id(create(integrator, key, name, "5"))).isEqualTo(id(create(integrator, key, name, "5")));
        assertThat(made()).isEqualTo(3);
    }

    @Test
    void isMadeAgainAfterADay() {
        var first = id(create(admin, key, name, "5"));
        age("23 hours 59 minutes");
        assertThat(id(create(admin, key, name, "5"))).isEqualTo(first);
        age("24 hours 1 minute");

        var second = id(create(admin, key, name, "6"));

        assertThat(second).isNotEqualTo(first);
        assertThat(id(create(admin, key, name, "6"))).isEqualTo(second);
        assertThat(made()).isEqualTo(2);
    }

    @Test
    void isForgottenAfterADayByAndBy() {
        id(create(admin, key, name, "5"));
        age("24 hours 1 minute");

        gateway.bean(Recurrence.class).doAll().block(Duration.ofSeconds(20));

        assertThat(gateway.database()
                        .query("SELECT id FROM idempotency_keys WHERE key = ?", row -> row.getLong(1), key))
                .isEmpty();
    }

    private void age(String time) {
        gateway.database()
                .execute(
                        "postgres",
                        "UPDATE idempotency_keys SET created_at = now() - interval '" + time + "' WHERE key = '" + key
                                + "'");
    }

    @Test
    void isMadeOnceHoweverManySendItAtOnce() throws Exception {
        // Whoever finds no connection is told to come again.
        Callable<String> send = () -> id(Answer.patiently(() -> create(admin, key, name, "5")));
        try (var senders = Executors.newFixedThreadPool(32)) {
            var ids = senders.invokeAll(Collections.nCopies(64, send));
            for (var id : ids) {
                assertThat(id.get()).isEqualTo(ids.getFirst().get());
            }
        }
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void isMadeOnceWhereOneRequestHasItTwice() {
        var answer = admin.query("""
                mutation ($key: String!, $name: String!) {
                  one: createFabric(input: { name: $name, category: "linen", price: 5 }) @idempotent(key: $key) { fabric { id } }
                  two: createFabric(input: { name: $name, category: "linen", price: 5 }) @idempotent(key: $key) { fabric { id } }
                }""", Map.of("key", key, "name", name)).ok();

        assertThat(answer.text("one", "fabric", "id")).isEqualTo(answer.text("two", "fabric", "id"));
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void isNeitherFoundNorRememberedByADryRun() {
        var dry =
                "mutation ($key: String!, $name: String!) @dryRun { createFabric(input: { name: $name, category: \"linen\","
                        + " price: 5 }) @idempotent(key: $key) { fabric { id } userErrors { code } } }";
        var tried = id(admin.query(dry, Map.of("key", key, "name", name)));
        var made = id(create(admin, key, name, "5"));

        var triedAgain = id(admin.query(dry, Map.of("key", key, "name", "Another")));

        assertThat(made).isNotEqualTo(tried);
        assertThat(triedAgain).isNotIn(made, tried);
        assertThat(made()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b"})
    void aKeyThatIsNoneIsRefused(String none) {
        assertThat(create(admin, none, name, "5").errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(made()).isZero();
    }

    @Test
    void aKeyHasAtMostTwoHundredCharacters() {
        assertThat(create(admin, key + "x".repeat(165), name, "5").errorCodes()).containsExactly("BAD_USER_INPUT");
        id(create(admin, key + "x".repeat(164), name, "5"));
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void aFieldThatStandsTwiceHasOneKey() {
        var answer = admin.query("""
                mutation ($name: String!) {
                  createFabric(input: { name: $name, category: "linen", price: 5 }) @idempotent(key: "a") { fabric { id } }
                  createFabric(input: { name: $name, category: "linen", price: 5 }) @idempotent(key: "b") { fabric { name } }
                }""", Map.of("name", name));

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(made()).isZero();
    }
}
