package dev.selvage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.Selvage;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The process ends in the middle of changes, again and again; each is sent to another one until it is answered. */
class KilledGatewayTest {
    private static final int KILLS = 20;
    private static final int CHANGES_EACH = 10;

    /** In milliseconds; a process that has just started takes about as long for its first changes. */
    private static final int LATEST_KILL = 250;

    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String TOKEN = gateway.user(given.admin()).token();
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    private final Random random = new Random(20261125);
    private final AtomicInteger cut = new AtomicInteger();

    /** A process and where it listens. */
    private record Running(SelvageProcess process, URI address) {}

    /** What is sent with a key of its own, under an operation name of its own. */
    private record Change(String name, String mutation, Map<String, ?> variables) {
        String body() {
            return JSON.writeValueAsString(Map.of("query", mutation, "variables", variables, "operationName", name));
        }
    }

    @Test
    void whateverIsSentAgainUnderItsKeyIsDoneOnceAndWrittenDownOnce() throws Exception {
        var fabric = given.fabric();
        gateway.database()
                .execute("postgres", "UPDATE fabrics SET stock_quantity = 1000 WHERE id = '" + fabric.id() + "'");
        var first = new ArrayList<JsonNode>();
        var changes = new ArrayList<Change>();
        try (var starters = Executors.newFixedThreadPool(2);
                var clients = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .build()) {
            Future<Running> next = starters.submit(this::start);
            Future<Running> spare = starters.submit(this::start);
            for (int round = 0; round < KILLS; round++) {
                var victim = next.get(60, TimeUnit.SECONDS);
                var other = spare;
                var sent = changes(round, fabric);
                changes.addAll(sent);
                first.addAll(killWhile(victim, sent, change -> send(clients, change, victim, other)));
                next = spare;
                spare = starters.submit(this::start);
            }
            var survivor = next.get(60, TimeUnit.SECONDS);
            for (int i = 0; i < changes.size(); i++) {
                assertThat(post(clients, changes.get(i), survivor).toString())
                        .isEqualTo(first.get(i).toString());
            }
            survivor.process().close();
            spare.get(60, TimeUnit.SECONDS).process().close();
        }

        // Some were cut off when they had been sent, or nothing was tried.
        assertThat(cut.get()).isGreaterThan(KILLS);
        assertThat(changes).hasSize(KILLS * CHANGES_EACH);
        assertDoneOnce(changes, fabric);
    }

    private void assertDoneOnce(List<Change> changes, Given.Fabric fabric) {
        for (var change : changes) {
            var entries = gateway.database()
                    .query(
                            "SELECT concat_ws(' ', topic, kind) FROM changes WHERE operation = ? ORDER BY 1",
                            row -> row.getString(1),
                            change.name());
            assertThat(entries)
                    .as(change.name())
                    .isEqualTo(
                            change.name().startsWith("Place")
                                    ? List.of("fabric updated", "order created")
                                    : List.of("fabric updated"));
        }
        // Each took one.
        assertThat(gateway.database()
                        .query("SELECT stock_quantity FROM fabrics WHERE id = ?", row -> row.getInt(1), fabric.id()))
                .containsExactly(1000 - KILLS * CHANGES_EACH);
    }

    private Running start() throws Exception {
        int port = Ports.anyFree();
        var process = SelvageProcess.start(
                Selvage.class,
                directory,
                Map.of(),
                "--server.port=" + port,
                "--spring.r2dbc.url=" + gateway.database().r2dbcUrl(),
                "--spring.flyway.enabled=false",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + gateway.address(),
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + gateway.address()
                        + "/.well-known/jwks.json",
                "--gateway.cursor-secret=dGhlc2UgdGVzdHMgc2lnbiB0aGVpciBjdXJzb3Jz",
                "--gateway.work-interval=0");
        return new Running(process.awaitReady(), URI.create("http://localhost:" + port + "/graphql"));
    }

    private List<Change> changes(int round, Given.Fabric fabric) {
        var changes = new ArrayList<Change>();
        for (int i = 0; i < CHANGES_EACH; i++) {
            boolean places = random.nextBoolean();
            var name = (places ? "Place" : "Adjust") + round + "x" + Given.unique("");
            var field = places
                    ? "placeOrder(input: { lines: [{ fabric: { id: $id, quantity: 1 } }], customerName: \"%s\","
                                    .formatted(name)
                            + " customerEmail: \"guest@example.com\" }) @idempotent(key: $key) { order { id } userErrors { code } }"
                    : "adjustFabricStock(input: { id: $id, delta: -1 }) @idempotent(key: $key) { fabric { id } userErrors { code } }";
            changes.add(new Change(
                    name,
                    "mutation " + name + "($id: ID!, $key: String!) { " + field + " }",
                    Map.of("id", fabric.globalId(), "key", Given.unique("key"))));
        }
        return changes;
    }

    /** @return what each was answered in the end */
    private List<JsonNode> killWhile(Running victim, List<Change> changes, Sending sending) throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(changes.size())) {
            var answers = changes.stream()
                    .<Callable<JsonNode>>map(change -> () -> sending.send(change))
                    .map(senders::submit)
                    .toList();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_KILL));
            victim.process().kill();
            var all = new ArrayList<JsonNode>();
            for (var answer : answers) {
                all.add(answer.get(120, TimeUnit.SECONDS));
            }
            return all;
        }
    }

    @FunctionalInterface
    private interface Sending {
        JsonNode send(Change change) throws Exception;
    }

    /** To the one, and when that has ended to the other. */
    private JsonNode send(HttpClient client, Change change, Running victim, Future<Running> other) throws Exception {
        try {
            return post(client, change, victim);
        } catch (IOException ended) {
            if (!(ended instanceof ConnectException)) {
                cut.incrementAndGet();
            }
            return post(client, change, other.get(60, TimeUnit.SECONDS));
        }
    }

    private static JsonNode post(HttpClient client, Change change, Running running) throws Exception {
        var request = HttpRequest.newBuilder(running.address())
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(change.body()));
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        var body = JSON.readTree(answer.body());
        for (var field : body.path("data").properties()) {
            assertThat(field.getValue().path("userErrors").toString())
                    .as(answer.body())
                    .isEqualTo("[]");
        }
        assertThat(body.has("errors")).as(answer.body()).isFalse();
        return body.path("data");
    }
}
