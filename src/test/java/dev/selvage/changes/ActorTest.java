package dev.selvage.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whom the audit trail names for a change that came through the front door. */
class ActorTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());

    private static final String ADJUST =
            "mutation Restock($id: ID!, $by: Int!) { adjustFabricStock(input: { id: $id, delta: $by }) { userErrors { code } } }";

    private final Given.Fabric fabric = given.fabric();

    private static List<JsonNode> entries(String subjectId) {
        return admin.query(
                        "query ($id: ID!) { auditTrail(subjectId: $id) { nodes { kind actor { id } actorSubject operation requestId changes } } }",
                        Map.of("id", subjectId))
                .ok()
                .at("auditTrail", "nodes")
                .valueStream()
                .toList();
    }

    private void adjust(Caller caller, int by) {
        caller.query(ADJUST, Map.of("id", fabric.globalId(), "by", by)).ok();
    }

    @Test
    void anAdministratorIsNamedWithTheOperationOnce() {
        var actor = given.admin();

        adjust(gateway.user(actor), 5);

        var entry = entries(fabric.globalId()).getFirst();
        assertThat(entries(fabric.globalId())).hasSize(2);
        assertThat(entry.path("actor").path("id").asString()).isEqualTo(actor.globalId());
        assertThat(entry.path("actorSubject").asString()).isEqualTo(actor.subject());
        assertThat(entry.path("operation").asString()).isEqualTo("Restock");
        assertThat(entry.path("requestId").asString()).isNotEmpty();
        assertThat(entry.path("changes").toString()).isEqualTo("{\"stock_quantity\":{\"new\":15,\"old\":10}}");
    }

    @Test
    void anIntegratorIsNamedByItsSubject() {
        adjust(gateway.integrator("write:fabrics"), 5);

        var entry = entries(fabric.globalId()).getFirst();
        assertThat(entry.path("actor").isNull()).isTrue();
        assertThat(entry.path("actorSubject").asString()).isNotEmpty();
        assertThat(gateway.database()
                        .query(
                                "SELECT actor_subject = client FROM changes WHERE subject = ? AND kind = 'updated'",
                                row -> row.getBoolean(1),
                                fabric.id().toString()))
                .containsExactly(true);
    }

    /** It goes into every entry, and stays there. */
    @Test
    void theNameOfAnOperationIsKeptUpToALengthThatNobodyNeeds() {
        var name = "a".repeat(2_000);
        admin.query(
                        "mutation " + name
                                + "($id: ID!) { adjustFabricStock(input: { id: $id, delta: 1 }) { userErrors { code } } }",
                        Map.of("id", fabric.globalId()))
                .ok();

        assertThat(entries(fabric.globalId()).getFirst().path("operation").asString())
                .isEqualTo("a".repeat(256));
    }

    @Test
    void whatIsRefusedTriedDryOrChangesNothingIsNotWrittenDown() {
        adjust(admin, -11);
        adjust(admin, 0);
        admin.query(ADJUST.replace("$by: Int!)", "$by: Int!) @dryRun"), Map.of("id", fabric.globalId(), "by", 1))
                .ok();

        assertThat(entries(fabric.globalId())).hasSize(1);
    }

    @Test
    void aGuestsOrderAndWhatItTookAreWrittenDownWithoutAName() {
        var placed = gateway.anonymous()
                .query("""
                        mutation ($fabric: ID!) {
                          placeOrder(input: { customerName: "Ada", customerEmail: "ada@example.com",
                                              lines: [{ fabric: { id: $fabric, quantity: 2 } }] }) { order { id } }
                        }""", Map.of("fabric", fabric.globalId()))
                .ok()
                .text("placeOrder", "order", "id");

        var order = entries(placed);
        assertThat(order).hasSize(1);
        assertThat(order.getFirst().path("actorSubject").isNull()).isTrue();
        assertThat(order.getFirst().path("changes").path("customer_email").toString())
                .isEqualTo("{\"changed\":true}");
        assertThat(entries(fabric.globalId()).getFirst().path("changes").toString())
                .isEqualTo("{\"stock_quantity\":{\"new\":8,\"old\":10}}");
    }

    @Test
    void aRequestIsFoundByTheIdThatItsCallerGaveIt() {
        var mine = "checkout-" + UUID.randomUUID();

        assertThat(sentWith(mine)).isEqualTo(mine);

        assertThat(entries(fabric.globalId()).getFirst().path("requestId").asString())
                .isEqualTo(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with space and more", "<script>alert(1)</script>"})
    void whatDoesNotLookLikeAnIdIsReplaced(String odd) {
        var answered = sentWith(odd);

        assertThat(answered).matches("[0-9a-f]{32}");
        assertThat(entries(fabric.globalId()).getFirst().path("requestId").asString())
                .isEqualTo(answered);
    }

    /** The id that comes back. */
    private String sentWith(String requestId) {
        var body = Map.of("query", ADJUST, "variables", Map.of("id", fabric.globalId(), "by", 1));
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql"))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + admin.token())
                        .header("x-request-id", requestId)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JsonMapper.shared().writeValueAsString(body))))
                .headers()
                .firstValue("x-request-id")
                .orElseThrow();
    }

    @Test
    void theGatewaysOwnWorkHasNoName() {
        var order = given.guestOrder("ada@example.com", "pending", fabric);
        gateway.database()
                .execute(
                        "postgres",
                        "UPDATE orders SET reserved_until = now() - interval '1 second' WHERE id = '" + order.id()
                                + "'");

        gateway.bean(dev.selvage.kernel.Recurrence.class).doAll().block(java.time.Duration.ofSeconds(20));

        var entry = entries(GlobalId.of("Order", order.id())).getFirst();
        assertThat(entry.path("changes").path("status").toString())
                .isEqualTo("{\"new\":\"cancelled\",\"old\":\"pending\"}");
        assertThat(entry.path("actorSubject").isNull()).isTrue();
        assertThat(entry.path("operation").isNull()).isTrue();
    }
}
