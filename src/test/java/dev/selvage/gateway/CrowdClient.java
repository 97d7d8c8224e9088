package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** One viewer with questions of their own, who knows what is answered to each of them when nobody else asks. */
final class CrowdClient {
    /** An answer as it came. */
    record Reply(int status, String type, String body) {}

    private final String name;
    private final HttpClient http;
    private final List<HttpRequest> questions = new ArrayList<>();
    private final List<Reply> alone = new ArrayList<>();

    /** @param questions the bodies of requests */
    CrowdClient(String name, HttpClient http, String address, String token, List<String> questions) {
        this.name = name;
        this.http = http;
        for (var question : questions) {
            var request = HttpRequest.newBuilder(URI.create(address + "/graphql"))
                    .timeout(Duration.ofSeconds(60))
                    .header("content-type", "application/json")
                    .header("accept", "application/graphql-response+json")
                    .POST(HttpRequest.BodyPublishers.ofString(question));
            if (!token.isEmpty()) {
                request.header("authorization", "Bearer " + token);
            }
            this.questions.add(request.build());
        }
    }

    int questions() {
        return questions.size();
    }

    /** Learns the answers; nobody else asks meanwhile. */
    void askAlone() throws Exception {
        for (var question : questions) {
            var reply = reply(http.send(question, BodyHandlers.ofString(StandardCharsets.UTF_8)));
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            for (var error : JsonMapper.shared().readTree(reply.body()).path("errors")) {
                assertThat(error.path("extensions").path("code").asString())
                        .as(reply.body())
                        .isIn("FORBIDDEN", "UNAUTHENTICATED");
            }
            alone.add(reply);
        }
    }

    /** The canaries in all that was answered to this viewer alone. */
    Set<String> canaries(Pattern canary) {
        var found = new TreeSet<String>();
        alone.forEach(reply -> canary.matcher(reply.body()).results().forEach(match -> found.add(match.group())));
        return found;
    }

    /** Asks and compares with what is answered to this viewer alone. */
    void ask(int question) throws Exception {
        compare(question, send(question).get(60, TimeUnit.SECONDS));
    }

    /** Asks, and leaves before anything can have been answered. */
    void askAndHangUp(int question) {
        send(question).cancel(true);
    }

    /** Asks, and leaves unless an answer begins in time. */
    boolean askAndHangUpAfter(int question, long nanoseconds) throws Exception {
        var answer = send(question);
        try {
            compare(question, answer.get(nanoseconds, TimeUnit.NANOSECONDS));
            return false;
        } catch (TimeoutException outOfPatience) {
            answer.cancel(true);
            return true;
        }
    }

    /** Asks, and leaves as soon as an answer has begun. */
    void askAndHangUpAfterTheHeaders(int question) throws Exception {
        send(question).get(60, TimeUnit.SECONDS).body().close();
    }

    private CompletableFuture<HttpResponse<java.io.InputStream>> send(int question) {
        return http.sendAsync(questions.get(question), BodyHandlers.ofInputStream());
    }

    private void compare(int question, HttpResponse<java.io.InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            var reply = new Reply(
                    answer.statusCode(), type(answer), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(reply).as(name).isEqualTo(alone.get(question));
        }
    }

    private static Reply reply(HttpResponse<String> answer) {
        return new Reply(answer.statusCode(), type(answer), answer.body());
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-type").orElse("");
    }

    @Override
    public String toString() {
        return name;
    }
}
