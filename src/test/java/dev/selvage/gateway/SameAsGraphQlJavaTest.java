package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.gateway.GeneratedWorld.Asker;
import dev.selvage.support.Schema;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway answers what graphql-java answers: the same data in the same order, and the same errors. One reads level by
 * level and writes bytes, the other calls field by field; they share no more than the resolvers.
 */
class SameAsGraphQlJavaTest {
    private static final long SEED = 20_261_201;
    private static final int QUERIES = 200;
    private static final int PAGE = 3;

    /** A member twice in one object is a fault too. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** An event of whose texts hardly a character may stand in JSON as it is. */
    static final String ESCAPED = """
            INSERT INTO events (id, name, description, location, drop_off_start, drop_off_end, start_date, end_date,
                                pick_up_start, pick_up_end, max_consignors, status)
            SELECT 1000, E'escaped "\\\\/" \\u2028\\u2029 😀 <b>&', E'\\b\\f\\n\\r\\t\\x01\\x1f\\x7f escaped \\u0080\\u07ff\\uffff',
                   'é𝄞', drop_off_start, drop_off_end, start_date, end_date, pick_up_start, pick_up_end, 10, 'published'
              FROM events
             WHERE id = 1
            """;

    static GeneratedWorld world;
    private static GraphQlJavaEngine engine;

    @BeforeAll
    static void start() {
        world = new GeneratedWorld();
        world.gateway().database().execute("selvage_owner", ESCAPED);
        engine = new GraphQlJavaEngine(world.gateway());
    }

    @AfterAll
    static void stop() {
        world.gateway().stop();
    }

    @Test
    void generatedQueriesAreAnsweredTheSame() {
        var schema = Schema.running(world.gateway());
        var random = new Random(SEED);
        var learned = new LearnedValues();
        var generator = new QueryGenerator(schema, new Coverage(schema), learned, random);
        var different = new ArrayList<String>();
        int whole = 0;
        int refused = 0;
        for (int i = 0; i < QUERIES; i++) {
            var query = generator.next();
            var rewritten = new RewrittenQuery(query.text(PAGE), random);
            for (var asker : world.askers(i)) {
                // The same text with other conditions is another plan of the same document.
                Map<String, Object> variables = new HashMap<>(query.variables(PAGE));
                variables.putAll(rewritten.conditions(random));
                var ours = ask(asker, rewritten.text(), null, variables);
                var theirs = engine.answer(asker, rewritten.text(), null, variables);
                var difference = Difference.between(ours, theirs);
                if (!difference.isEmpty()) {
                    different.add("query %d asked by %s: %s%n%s%n%s"
                            .formatted(i, asker, difference, rewritten.text(), variables));
                }
                if (ours.has("errors")) {
                    refused++;
                } else {
                    whole++;
                }
                learned.from(asker.name());
                if (ours.path("data").isObject()) {
                    query.read(ours.path("data"), learned);
                }
            }
        }
        assertThat(different.subList(0, Math.min(different.size(), 3)))
                .as("%d answers", different.size())
                .isEmpty();
        // Both kinds of answers were compared, and not few of either.
        assertThat(whole).isGreaterThan(QUERIES);
        assertThat(refused).isGreaterThan(QUERIES / 2);
    }

    static Stream<HardDocuments.Case> hardDocuments() {
        return HardDocuments.all();
    }

    @ParameterizedTest
    @MethodSource
    void hardDocuments(HardDocuments.Case hard) {
        for (var asker : world.askers(0)) {
            var ours = ask(asker, hard.text(), hard.operationName(), hard.variables());
            var theirs = engine.answer(asker, hard.text(), hard.operationName(), hard.variables());

            assertThat(Difference.between(ours, theirs))
                    .as("asked by %s", asker)
                    .isEmpty();
            if (asker.administrator()) {
                assertThat(kind(ours)).as(ours.toString()).isEqualTo(hard.answer());
            }
        }
    }

    /** So that a case about errors has one, and no other case has. */
    private static HardDocuments.Kind kind(JsonNode answer) {
        if (!answer.has("data")) {
            return HardDocuments.Kind.REFUSED;
        }
        if (answer.path("data").isNull()) {
            return HardDocuments.Kind.NULL;
        }
        return answer.has("errors") ? HardDocuments.Kind.WITH_ERRORS : HardDocuments.Kind.WHOLE;
    }

    static JsonNode ask(Asker asker, String text, @Nullable String operationName, Map<String, ?> variables) {
        Map<String, @Nullable Object> body = new HashMap<>(Map.of("query", text, "variables", variables));
        body.put("operationName", operationName);
        var request = HttpRequest.newBuilder(URI.create(world.gateway().address() + "/graphql"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(STRICT.writeValueAsString(body)));
        if (!asker.caller().token().isEmpty()) {
            request.header("authorization", "Bearer " + asker.caller().token());
        }
        return STRICT.readTree(world.gateway().send(request).body());
    }
}
