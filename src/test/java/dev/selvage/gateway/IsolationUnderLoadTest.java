package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selvage.support.Gateway;
import dev.selvage.support.TestDatabase;
import dev.selvage.support.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sixty-four different viewers at once share four connections to the database, beside those for look-ups, and some hang up:
 * everybody else gets what they get when they are alone, and nobody leaves anything behind.
 */
class IsolationUnderLoadTest {
    private static final int CLIENTS = 64;
    private static final int CONNECTIONS = 4;
    private static final int REQUESTS = 20_000;

    /** In nanoseconds; as long as most answers take, so that some hang up at every step on their way. */
    private static final int LONGEST_PATIENCE = 80_000_000;

    private static final String SESSIONS =
            "SELECT state FROM pg_stat_activity WHERE usename = 'selvage_login' AND datname = current_database()";

    private static final Gateway gateway = Gateway.start(
            TestPostgres.embedded18().database("isolation"),
            "--spring.r2dbc.pool.initial-size=" + CONNECTIONS,
            "--spring.r2dbc.pool.max-size=" + CONNECTIONS,
            // To wait for each other is what is meant here, however slow the machine is.
            "--spring.r2dbc.pool.max-acquire-time=50s",
            "--gateway.operation-timeout=50s");

    /** What a client did: how often it left before an answer had begun, and how often in the middle of one. */
    private record Cuts(int unanswered, int begun) {
        Cuts plus(Cuts others) {
            return new Cuts(unanswered + others.unanswered, begun + others.begun);
        }
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @Test
    void everybodyGetsTheirOwnAnswersAndNobodyLeavesAnythingBehind() throws Exception {
        var clients = CrowdClients.of(gateway);
        assertThat(clients).hasSize(CLIENTS);

        var cuts = allAtOnce(clients);

        // Otherwise nothing was cut in the middle, and all of this shows little.
        assertThat(cuts.unanswered()).isGreaterThan(500);
        assertThat(cuts.begun()).isGreaterThan(200);
        assertThat(noticedByTheGateway()).isGreaterThan(300);
        nothingIsLeftBehind();
        for (var client : clients) {
            client.ask(0);
        }
    }

    private static Cuts allAtOnce(List<CrowdClient> clients) throws Exception {
        var turns = new ArrayList<Callable<Cuts>>();
        for (var client : clients) {
            var random = new Random(turns.size());
            turns.add(() -> turn(client, random));
        }
        var cuts = new Cuts(0, 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var turn : threads.invokeAll(turns)) {
                cuts = cuts.plus(turn.get());
            }
        }
        return cuts;
    }

    /** One client's share of the requests, one after the other. */
    private static Cuts turn(CrowdClient client, Random random) throws Exception {
        int unanswered = 0;
        int begun = 0;
        int longest = client.questions() - 1;
        for (int i = 0; i < REQUESTS / CLIENTS; i++) {
            int question = random.nextInt(longest);
            switch (random.nextInt(50)) {
                case 0 -> {
                    client.askAndHangUp(question);
                    unanswered++;
                }
                case 1, 2, 3 -> {
                    if (client.askAndHangUpAfter(question, random.nextInt(LONGEST_PATIENCE))) {
                        unanswered++;
                    }
                }
                case 4 -> {
                    client.askAndHangUpAfterTheHeaders(longest);
                    begun++;
                }
                case 5 -> client.ask(longest);
                default -> client.ask(question);
            }
        }
        return new Cuts(unanswered, begun);
    }

    /** The requests of which the gateway itself knows that nobody waited for their end. */
    private static long noticedByTheGateway() {
        return gateway.bean(MeterRegistry.class).find("selvage.requests").tag("outcome", "left").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static void nothingIsLeftBehind() {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> connections("acquired") + connections("pending"), n -> n == 0);
        List<String> sessions = gateway.database()
                .within("postgres", connection -> TestDatabase.query(connection, SESSIONS, row -> row.getString(1)));
        int shared = Runtime.getRuntime().availableProcessors();
        int listening = 1;
        assertThat(sessions).hasSize(CONNECTIONS + shared + listening).containsOnly("idle");

        var pool = gateway.bean(ConnectionFactory.class);
        var lent = Flux.range(0, CONNECTIONS)
                .flatMap(_ -> Mono.from(pool.create()))
                .collectList()
                .block(Duration.ofSeconds(5));
        for (var connection : Objects.requireNonNull(lent)) {
            assertThat(sessionOf(connection)).isEqualTo("selvage_login, viewer [], scopes [], auto, read committed");
            Mono.from(connection.close()).block(Duration.ofSeconds(5));
        }
    }

    /** What the next operation on this connection would find. */
    private static @Nullable String sessionOf(Connection connection) {
        return Flux.from(connection.createStatement("""
                                SELECT format('%s, viewer [%s], scopes [%s], %s, %s', current_user,
                                              current_setting('selvage.viewer', true), current_setting('selvage.scopes', true),
                                              current_setting('plan_cache_mode'), current_setting('transaction_isolation'))
                                """).execute())
                .concatMap(result -> result.map(row -> Objects.requireNonNull(row.get(0, String.class))))
                .blockLast(Duration.ofSeconds(5));
    }

    private static double connections(String which) {
        return gateway.bean(MeterRegistry.class)
                .get("r2dbc.pool." + which)
                .gauge()
                .value();
    }
}
