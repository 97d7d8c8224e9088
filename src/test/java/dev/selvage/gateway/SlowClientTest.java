package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selvage.support.Gateway;
import dev.selvage.support.RawConnection;
import dev.selvage.support.TestPostgres;
import graphql.introspection.IntrospectionQuery;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that keep the gateway waiting are ended, and their callers are told where they can be. */
class SlowClientTest {
    private static final String GET = "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: localhost\r\n";
    private static final String POST =
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String BODY = "{\"query\":\"{ __typename }\"}";
    private static final int MOST = 20;
    private static Gateway gateway;

    @BeforeAll
    static void anImpatientGateway() {
        gateway = Gateway.start(
                TestPostgres.embedded18().database("impatient"),
                "gateway.http.max-connections=" + MOST,
                "gateway.http.idle-timeout=2s",
                "gateway.http.request-timeout=1s",
                "gateway.http.answer-timeout=1s");
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @AfterEach
    void everyConnectionIsGone() {
        await().atMost(Duration.ofSeconds(20)).until(() -> open() == 0);
    }

    /** Each byte alone comes in good time. */
    @ParameterizedTest
    @ValueSource(
            strings = {"GET /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: ", POST + "Content-Length: 1000\r\n\r\n{"})
    void aRequestThatComesByteByByteIsToldThatItTookTooLong(String beginning) throws IOException {
        double before = ended("slow_request");
        try (var connection = RawConnection.to(gateway)) {
            connection.send(beginning);
            for (int i = 0; i < 200 && !connection.hasMoreWithin(50); i++) {
                connection.send(" ");
            }

            var answer = connection.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.codes()).containsExactly("TIMEOUT");
            assertThat(connection.isEnded()).isTrue();
        }
        assertThat(ended("slow_request")).isEqualTo(before + 1);
    }

    @Test
    void anAnswerThatIsNotTakenEndsItsConnection() throws IOException {
        double before = ended("slow_reader");
        var large = "GET /graphql?query="
                + URLEncoder.encode(
                        IntrospectionQuery.INTROSPECTION_QUERY.replaceAll("\\s+", " "), StandardCharsets.UTF_8)
                + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (var connection = RawConnection.withReceiveBuffer(gateway, 1024)) {
            // More than the system keeps for a reader who is late.
            connection.send(large.repeat(60));

            await().atMost(Duration.ofSeconds(20)).until(() -> ended("slow_reader") == before + 1);
        }
    }

    @Test
    void aConnectionWithNothingToDoIsEnded() throws IOException {
        double before = ended("idle");
        try (var unused = RawConnection.to(gateway);
                var used = RawConnection.to(gateway)) {
            used.send(GET + "\r\n");
            assertThat(used.answer().status()).isEqualTo(200);

            assertThat(unused.isEnded()).isTrue();
            assertThat(used.isEnded()).isTrue();
        }
        assertThat(ended("idle")).isEqualTo(before + 2);
    }

    @Test
    void moreConnectionsThanThereMayBeAreEndedAtOnce() throws IOException {
        double before = ended("too_many");
        var connections = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < MOST; i++) {
                connections.add(RawConnection.to(gateway));
            }
            connections.getLast().send(GET + "\r\n");
            assertThat(connections.getLast().answer().status()).isEqualTo(200);

            try (var oneMore = RawConnection.to(gateway)) {
                assertThat(oneMore.isEnded()).isTrue();
            }
            assertThat(ended("too_many")).isEqualTo(before + 1);
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    /** While the caller still sends: closed at once, the connection would be reset and the answer lost. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3D0900\r\n"})
    void whoSendsTooMuchIsToldSoAndNotCutOff(String length) throws Exception {
        try (var connection = RawConnection.to(gateway);
                var sender = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = sender.submit(() -> {
                connection.send(POST + length + " ".repeat(4_000_000));
                return true;
            });

            var answer = connection.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.codes()).containsExactly("LIMIT_EXCEEDED");
            assertThat(connection.isEnded()).isTrue();
            assertThat(sent.get()).isTrue();
        }
    }

    @Test
    void whoAsksFirstIsToldToGoOnOrWhyNot() throws IOException {
        try (var connection = RawConnection.to(gateway)) {
            connection.send(POST + "Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(100);
            connection.send(BODY);
            assertThat(connection.answer().status()).isEqualTo(200);

            connection.send(POST + "Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void theOldestHttpIsAnsweredAndItsConnectionEnded() throws IOException {
        try (var connection = RawConnection.to(gateway)) {
            connection.send("GET /graphql?query=%7B__typename%7D HTTP/1.0\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void requestsThatWereRefusedLeaveTheConnectionToOthers() throws IOException {
        try (var connection = RawConnection.to(gateway)) {
            connection.send(POST.replace("application/json", "text/plain") + "Content-Length: 100000\r\n\r\n"
                    + " ".repeat(100_000));
            assertThat(connection.answer().status()).isEqualTo(415);
            connection.send(POST + "Authorization: Basic eA==\r\nContent-Length: 100000\r\n\r\n" + " ".repeat(100_000));
            assertThat(connection.answer().status()).isEqualTo(401);
            connection.send(POST + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);

            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    private static double open() {
        return gateway.bean(MeterRegistry.class)
                .get("selvage.connections.open")
                .gauge()
                .value();
    }

    private static double ended(String reason) {
        return gateway.bean(MeterRegistry.class)
                .get("selvage.connections.ended")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
