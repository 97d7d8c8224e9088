package dev.selvage.support;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway answered.
 *
 * @param statements SQL statements it took, without those that open and end the transaction
 */
public record Answer(int status, HttpHeaders headers, JsonNode body, int statements) {
    private static final int PATIENCE = 60;

    /** A value below {@code data}: {@code at("events", "nodes", 0, "name")}. Missing is an answer too. */
    public JsonNode at(Object... path) {
        var node = body.path("data");
        for (var step : path) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        return node;
    }

    /** The text at a path. */
    public String text(Object... path) {
        return at(path).asString();
    }

    /** The values of one field of all elements of a list. */
    public List<String> all(String field, Object... list) {
        return at(list).valueStream().map(node -> node.path(field).asString()).toList();
    }

    /** The codes of all errors, in order. */
    public List<String> errorCodes() {
        return body.path("errors")
                .valueStream()
                .map(error -> error.path("extensions").path("code").asString())
                .toList();
    }

    /** The answer to a call, made again for as long as the gateway is too busy, each time after the pause that it asks for. */
    public static Answer patiently(Supplier<Answer> call) {
        var answer = call.get();
        for (int again = 0; again < PATIENCE && answer.errorCodes().contains("SERVICE_UNAVAILABLE"); again++) {
            long seconds = answer.headers().firstValueAsLong("retry-after").orElseThrow();
            LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
            answer = call.get();
        }
        return answer;
    }

    /** This answer, if it has no error. */
    public Answer ok() {
        if (body.has("errors")) {
            throw new AssertionError(body.toPrettyString());
        }
        return this;
    }
}
