package dev.selvage.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What one answer has and another has not. Data are the same to the order of members. So are errors, except where a null
 * rose: one of those below says why it did, and how many of the others are told is free (GraphQL, 6.4.4).
 */
final class Difference {
    private static final String RISEN = " from below";

    private Difference() {}

    /** Says it; empty if there is none. */
    static String between(JsonNode ours, JsonNode theirs) {
        var data = ours.path("data");
        if (!data.toString().equals(theirs.path("data").toString())) {
            return first("data", data, theirs.path("data"));
        }
        if (ours.has("data") != theirs.has("data")) {
            return "whether there are data: " + ours + " instead of " + theirs;
        }
        if (!ours.has("data")) {
            return sorted(ours.path("errors").valueStream().toList())
                            .equals(sorted(theirs.path("errors").valueStream().toList()))
                    ? ""
                    : "errors " + ours + " instead of " + theirs;
        }
        return ofErrors(byNull(data, ours.path("errors")), byNull(data, theirs.path("errors")));
    }

    private static String first(String at, JsonNode ours, JsonNode theirs) {
        if (ours.isObject() && theirs.isObject()) {
            var names = List.copyOf(ours.propertyNames());
            if (!names.equals(List.copyOf(theirs.propertyNames()))) {
                return at + " has " + names + " instead of " + theirs.propertyNames();
            }
            for (var name : names) {
                var below = first(at + "/" + name, ours.path(name), theirs.path(name));
                if (!below.isEmpty()) {
                    return below;
                }
            }
            return "";
        }
        if (ours.isArray() && theirs.isArray() && ours.size() == theirs.size()) {
            for (int i = 0; i < ours.size(); i++) {
                var below = first(at + "/" + i, ours.path(i), theirs.path(i));
                if (!below.isEmpty()) {
                    return below;
                }
            }
            return "";
        }
        return ours.toString().equals(theirs.toString()) ? "" : at + " is " + ours + " instead of " + theirs;
    }

    private static String ofErrors(Map<String, List<JsonNode>> ours, Map<String, List<JsonNode>> theirs) {
        if (!ours.keySet().equals(theirs.keySet())) {
            return "errors for the nulls at " + ours.keySet() + " instead of " + theirs.keySet();
        }
        for (var at : ours.keySet()) {
            var mine = sorted(ours.getOrDefault(at, List.of()));
            var other = sorted(theirs.getOrDefault(at, List.of()));
            boolean same = at.endsWith(RISEN) ? other.containsAll(mine) : mine.equals(other);
            if (!same || mine.stream().distinct().count() < mine.size()) {
                return "errors " + mine + " instead of " + other;
            }
        }
        return "";
    }

    /** The errors by the null in the data that they are about. */
    private static Map<String, List<JsonNode>> byNull(JsonNode data, JsonNode errors) {
        Map<String, List<JsonNode>> byNull = new HashMap<>();
        for (var error : errors) {
            byNull.computeIfAbsent(nullAt(data, error.path("path")), _ -> new ArrayList<>())
                    .add(error);
        }
        return byNull;
    }

    private static String nullAt(JsonNode data, JsonNode path) {
        var at = new StringBuilder();
        var value = data;
        for (var step : path) {
            if (value.isNull()) {
                return at + RISEN;
            }
            at.append('/').append(step.asString());
            value = step.isInt() ? value.path(step.asInt()) : value.path(step.asString());
        }
        return value.isNull() ? at.toString() : at + " where there is no null";
    }

    private static List<String> sorted(List<JsonNode> errors) {
        return errors.stream().map(Difference::text).sorted().toList();
    }

    /** What is wrong with a value each says in words of its own, and before anything is executed the other also where. */
    private static String text(JsonNode error) {
        var code = error.path("extensions").path("code");
        boolean isOfAValue = code.asString().equals("BAD_USER_INPUT");
        return "%s %s %s %s"
                .formatted(
                        error.path("path"),
                        code,
                        isOfAValue ? "" : error.path("message"),
                        isOfAValue && !error.has("path") ? "" : error.path("locations"));
    }
}
