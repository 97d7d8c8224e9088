package dev.selvage.shop;

import dev.selvage.support.Answer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One mutation that somebody sends.
 *
 * @param selection behind the field
 * @param arguments the one argument by its name, with its type and value
 */
record Attempt(
        Shop.Person person, String mutation, String selection, String argument, String type, Map<String, ?> arguments) {

    private static final String DRY = "@dryRun";

    Answer send() {
        // As long as the other, so that the places in the two texts are the same.
        return person.caller().query(text(" ".repeat(DRY.length())), arguments);
    }

    Answer sendDry() {
        return person.caller().query(text(DRY), arguments);
    }

    private String text(String directive) {
        return "mutation Random($%1$s: %2$s) %3$s { %4$s(%1$s: $%1$s) %5$s }"
                .formatted(argument, type, directive, mutation, selection);
    }

    /** Whether nothing may have been done: there is no payload, or it has an error, or each of several has. */
    boolean isRefused(Answer answer) {
        return payloads(answer).stream().noneMatch(Attempt::isDone);
    }

    private List<JsonNode> payloads(Answer answer) {
        var data = answer.at(mutation);
        return data.isArray() ? data.valueStream().toList() : List.of(data);
    }

    private static boolean isDone(JsonNode payload) {
        return payload.path("userErrors").isArray()
                && payload.path("userErrors").isEmpty();
    }

    /** For people who read what went wrong. */
    String describe(Answer answer) {
        return "%s: %s%n%s%n%s".formatted(person, text(""), arguments, answer.body());
    }

    /** The codes of why it was refused. */
    List<String> codes(Answer answer) {
        return answer.body().has("errors")
                ? answer.errorCodes()
                : payloads(answer).stream()
                        .flatMap(payload -> payload.path("userErrors").valueStream())
                        .map(error -> error.path("code").asString())
                        .toList();
    }
}
