package dev.selvage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation that a text tells its readers to try: the body of a {@code curl} line, or a block of {@code graphql}.
 *
 * @param token what {@code /dev/token} is asked for: where a line sends {@code $TOKEN}, as that was last set; for a block as its
 *     first line says, {@code # as consignor} or {@code # as integrator, scope read:orders}; empty if it needs none
 * @param answer the block of {@code json} right behind it, if there is one
 */
record ReadmeSample(
        String token,
        String query,
        Map<String, Object> variables,
        @Nullable JsonNode answer) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TOKEN = Pattern.compile("TOKEN=\\$\\(curl .*/dev/token\\?([^']+)'\\)");
    private static final Pattern CURL = Pattern.compile("curl .*/graphql .*-d '([^']+)'");
    private static final Pattern PERSONA = Pattern.compile("# as (\\w+)(?:, scope (.+))?");

    static List<ReadmeSample> of(String text) {
        var samples = new ArrayList<ReadmeSample>();
        var token = "";
        boolean answerMayFollow = false;
        // A line that ends with a backslash goes on.
        var lines = text.replace("\\\n", "").lines().iterator();
        while (lines.hasNext()) {
            var line = lines.next();
            var set = TOKEN.matcher(line);
            var curl = CURL.matcher(line);
            if (line.equals("```graphql")) {
                samples.add(ofBlock(block(lines)));
                answerMayFollow = true;
            } else if (line.equals("```json") && answerMayFollow) {
                samples.add(samples.removeLast().answered(block(lines)));
                answerMayFollow = false;
            } else if (set.find()) {
                token = set.group(1);
            } else if (curl.find()) {
                samples.add(ofBody(line.contains("$TOKEN") ? token : "", curl.group(1)));
                answerMayFollow = true;
            } else if (!line.isBlank() && !line.equals("```")) {
                answerMayFollow = false;
            }
        }
        return samples;
    }

    private static ReadmeSample ofBlock(String query) {
        var persona = PERSONA.matcher(query);
        if (!persona.lookingAt()) {
            return new ReadmeSample("", query, Map.of(), null);
        }
        var scopes =
                persona.group(2) == null ? "" : "&scope=" + persona.group(2).replace(' ', '+');
        return new ReadmeSample("as=" + persona.group(1) + scopes, query, Map.of(), null);
    }

    private static ReadmeSample ofBody(String token, String body) {
        var sent = JSON.readTree(body);
        Map<String, Object> variables =
                sent.has("variables") ? JSON.convertValue(sent.path("variables"), new TypeReference<>() {}) : Map.of();
        return new ReadmeSample(token, sent.path("query").asString(), variables, null);
    }

    private static String block(Iterator<String> lines) {
        var text = new StringBuilder();
        for (var line = lines.next(); !line.equals("```"); line = lines.next()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private ReadmeSample answered(String json) {
        return new ReadmeSample(token, query, variables, JSON.readTree(json));
    }

    @Override
    public String toString() {
        return query;
    }
}
