package dev.selvage.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.selvage.documents.Apps;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.RawConnection;
import dev.selvage.support.RawConnection.RawAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whatever is sent is answered as the contract says, tells nothing of the inside, and is felt by nobody else. */
class AttackTest {
    private static final Gateway gateway = Gateway.running();
    private static final Map<String, String> names = new HashMap<>();
    private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private static final List<Long> othersNanos = new ArrayList<>();
    private static final List<String> CODES =
            Arrays.stream(Code.values()).map(Code::name).toList();

    /** What only somebody who has made the gateway would write. */
    private static final Pattern INSIDE = Pattern.compile(
            "(?i)exception|java\\.|\\.java|dev\\.selvage|graphql\\.|r2dbc|postgres|sqlstate|relation \"|"
                    + "_idx|_fkey|_check\\b|reactor|netty|jackson|spring|[a-z]value\\{|@[0-9a-f]{6,8}\\b");

    private static final String PROBE = "{\"data\":{\"probe\":\"Query\"}}";

    private static RawConnection other;

    @BeforeAll
    static void somethingToAttack() throws IOException {
        var given = new Given(gateway);
        var user = given.user();
        var admin = given.admin();
        var consignor = given.consignor();
        var event = given.event("published");
        names.put("host", gateway.address().replace("http://", ""));
        names.put("event", event.globalId());
        names.put("item", given.item(event, consignor, "approved").globalId());
        names.put("user", admin.globalId());
        names.put("order", given.order(given.user(), "pending", given.fabric()).globalId());
        names.put(
                "cursor",
                gateway.anonymous()
                        .query("{ events(first: 1) { edges { cursor } } }")
                        .ok()
                        .text("events", "edges", 0, "cursor"));
        var token = gateway.user(user).token();
        names.put("userToken", token);
        names.put("adminToken", gateway.user(admin).token());
        names.put("integratorToken", gateway.integrator("read:calendar").token());
        publish(new Apps(gateway));
        var parts = token.split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        names.put("unsignedToken", base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        names.put(
                "forgedToken",
                parts[0] + "." + base64(claims.replace(user.subject(), admin.subject())) + "." + parts[2]);
        other = RawConnection.to(gateway);
        log.start();
        root().addAppender(log);
    }

    private static void publish(Apps apps) {
        var app = apps.app("PUBLISHED_ONLY");
        var another = apps.app("OPEN");
        names.put("publishedOnlyToken", apps.callerOf(app).token());
        names.put(
                "documentOfAnother",
                apps.publish(another, "1", "query OfAnother { __typename }")
                        .text("publishDocuments", "documents", 0, "documentId"));
        names.put("another", another);
        names.put(
                "publishedChange",
                apps.publish(
                                another,
                                "1",
                                "mutation { setUserRole(input: { id: \"x\", expectedVersion: 1, role: ADMIN }) { userErrors { code } } }")
                        .text("publishDocuments", "documents", 0, "documentId"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @AfterAll
    static void howLongOthersWaited() throws IOException {
        root().detachAppender(log);
        other.close();
        Collections.sort(othersNanos);
        System.out.printf(
                "%d attacks; another client's answers beside them: median %.1f ms, p99 %.1f ms%n",
                othersNanos.size(), quantile(0.5), quantile(0.99));
    }

    private static double quantile(double part) {
        return othersNanos.isEmpty() ? 0 : othersNanos.get((int) (part * (othersNanos.size() - 1))) / 1e6;
    }

    static Stream<Attack> attacks() throws IOException {
        return Attack.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isAnsweredAsTheContractSaysAndFeltByNobodyElse(Attack attack) throws IOException {
        log.list.clear();
        var answers = new ArrayList<RawAnswer>();
        try (var connection = RawConnection.to(gateway)) {
            connection.send(attack.request(names));
            for (var expected : attack.expected()) {
                if (expected.equals("closed")) {
                    assertThat(connection.isEnded())
                            .as("nothing but its end follows")
                            .isTrue();
                } else {
                    var answer = connection.answer(!attack.isHead());
                    answers.add(answer);
                    assertThat(told(answer))
                            .as("%s %s", answer.head(), answer.text())
                            .isEqualTo(expected);
                }
            }
            if (!attack.expected().getLast().equals("closed")) {
                assertNothingElseFollows(connection, answers.getLast());
            }
        }
        answers.forEach(AttackTest::assertPlain);
        assertSaid(attack, answers);
        assertNobodyElseIsHurt();
        assertThat(log.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                        .map(String::valueOf))
                .as("lines in the log")
                .isEmpty();
    }

    private static String told(RawAnswer answer) {
        return Stream.concat(Stream.of(String.valueOf(answer.status())), answer.codes().stream())
                .reduce((all, one) -> all + " " + one)
                .orElseThrow();
    }

    /** The next request on the connection gets the next answer, unless the connection was said to be over. */
    private static void assertNothingElseFollows(RawConnection connection, RawAnswer last) throws IOException {
        if (last.hasHeader("connection: close")) {
            assertThat(connection.isEnded()).as("its end follows").isTrue();
            return;
        }
        connection.send("GET /graphql?query=%7Bprobe:__typename%7D HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(connection.answer().text())
                .as("the next answer on the connection")
                .isEqualTo(PROBE);
    }

    private static void assertPlain(RawAnswer answer) {
        assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
                .contains("x-request-id: ")
                .doesNotContain("server:");
        assertThat(answer.text()).doesNotContainPattern(INSIDE);
        if (answer.hasHeader("json") && !answer.text().isEmpty()) {
            for (var error : answer.json().path("errors")) {
                assertThat(error.propertyNames()).isSubsetOf("message", "locations", "path", "extensions");
                assertThat(error.path("message").asString()).isNotBlank().hasSizeLessThan(600);
                assertThat(error.path("extensions").path("code").asString()).isIn(CODES);
            }
        }
    }

    private static void assertSaid(Attack attack, List<RawAnswer> answers) {
        var texts = String.join("\n", answers.stream().map(RawAnswer::text).toList());
        var heads = String.join("\n", answers.stream().map(RawAnswer::head).toList());
        attack.all("answer").forEach(piece -> assertThat(texts).contains(piece));
        attack.all("never").forEach(piece -> assertThat(texts).doesNotContain(piece));
        attack.all("head").forEach(piece -> assertThat(heads).containsIgnoringCase(piece));
        attack.all("not-head").forEach(piece -> assertThat(heads).doesNotContainIgnoringCase(piece));
        attack.all("short").forEach(_ -> assertThat(texts).hasSizeLessThan(30_000));
    }

    private static void assertNobodyElseIsHurt() throws IOException {
        long began = System.nanoTime();
        other.send("GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: localhost\r\n\r\n");
        RawAnswer answer;
        try {
            answer = other.answer();
        } catch (EOFException ended) {
            throw new AssertionError("Another client's connection has ended", ended);
        }
        othersNanos.add(System.nanoTime() - began);
        assertThat(told(answer)).isEqualTo("200");
        await().atMost(Duration.ofSeconds(2)).pollDelay(Duration.ZERO).until(AttackTest::connections, n -> n == 0);
    }

    /** Of the database, taken or waited for. */
    private static double connections() {
        var metrics = gateway.bean(MeterRegistry.class);
        return metrics.get("r2dbc.pool.acquired").gauge().value()
                + metrics.get("r2dbc.pool.pending").gauge().value();
    }
}
