package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.gateway.GeneratedWorld.Asker;
import dev.selvage.support.Answer;
import dev.selvage.support.Schema;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Hundreds of queries that nobody thought of, each asked by everybody there is, once with pages of two records and once with
 * pages of fifty.
 */
class GeneratedQueryTest {
    private static final long SEED = 20_261_123;
    private static final int QUERIES = 500;
    private static final int MOST_QUERIES = 800;
    private static final int SMALL = 2;
    private static final int LARGE = 50;

    /** What callers may be told by contract; the rest is a fault of the gateway, or of the query. */
    private static final Set<String> REFUSALS =
            Set.of("BAD_USER_INPUT", "LIMIT_EXCEEDED", "FORBIDDEN", "UNAUTHENTICATED", "INVALID_CURSOR", "NOT_FOUND");

    private static final List<String> broken = new ArrayList<>();
    private static final List<String> costly = new ArrayList<>();
    private static final List<String> betraying = new ArrayList<>();
    private static int queries;
    private static int whole;
    private static GeneratedWorld world;
    private static Coverage coverage;

    @BeforeAll
    static void ask() {
        world = new GeneratedWorld();
        GraphQLSchema schema = Schema.running(world.gateway());
        coverage = new Coverage(schema);
        var learned = new LearnedValues();
        var generator = new QueryGenerator(schema, coverage, learned, new Random(SEED));
        while (queries < QUERIES || (queries < MOST_QUERIES && !coverage.isComplete())) {
            var query = generator.next();
            var askers = world.askers(queries);
            for (var asker : askers) {
                ask(query, asker, LARGE, learned);
            }
            // Who asks for everything, and of the others one after the other.
            for (var asker : new LinkedHashSet<>(List.of(world.administrator(), askers.get(queries % askers.size())))) {
                ask(query, asker, SMALL, learned);
            }
            queries++;
        }
    }

    @AfterAll
    static void stop() {
        world.gateway().stop();
    }

    private static void ask(GeneratedQuery query, Asker asker, int size, LearnedValues learned) {
        var answer = asker.caller().query(query.text(size), query.variables(size));
        // Without data there is the one error of a whole answer that would have been too large.
        boolean contracted = answer.at().isObject()
                ? answer.status() == 200 && REFUSALS.containsAll(answer.errorCodes())
                : answer.status() == 400 && answer.errorCodes().equals(List.of("LIMIT_EXCEEDED"));
        if (!contracted) {
            broken.add(report(
                    query,
                    asker,
                    size,
                    answer,
                    new LinkedHashSet<>(answer.errorCodes()) + " with status " + answer.status()));
        }
        if (answer.statements() > query.statements()) {
            costly.add(report(
                    query, asker, size, answer, answer.statements() + " statements instead of " + query.statements()));
        }
        var betrayed = world.betrayedBy(answer.body(), asker);
        if (!betrayed.isEmpty()) {
            betraying.add(report(query, asker, size, answer, betrayed.toString()));
        }
        if (asker.administrator() && answer.errorCodes().isEmpty()) {
            whole++;
        }
        if (answer.at().isObject()) {
            learned.from(asker.name());
            query.read(answer.at(), learned);
            query.read(answer.at(), new GeneratedQuery.Reader() {
                @Override
                public void value(String type, GeneratedQuery.Selected selected, JsonNode value) {
                    coverage.unansweredFields.remove(
                            type + "." + selected.field().getName());
                }

                @Override
                public void record(String path) {
                    coverage.untrodden.remove(path);
                }
            });
        }
    }

    private static String report(GeneratedQuery query, Asker asker, int size, Answer answer, String fault) {
        var body = answer.body().toString();
        return "%s: query %d of seed %d, asked by %s with pages of %d%n%s%n%s%n%s%n"
                .formatted(
                        fault,
                        queries,
                        SEED,
                        asker,
                        size,
                        query.text(size),
                        query.variables(size),
                        body.substring(0, Math.min(body.length(), 1000)));
    }

    @Test
    void everyAnswerIsOneThatTheContractNames() {
        assertNone(broken);
        assertThat(queries).isGreaterThanOrEqualTo(QUERIES);
        // Most of what is asked is answered and not refused.
        assertThat(whole).isGreaterThan(queries);
    }

    @Test
    void howManyStatementsAQueryTakesIsBoundedByItsShape() {
        assertNone(costly);
    }

    @Test
    void nobodyIsToldWhatIsSomebodyElses() {
        assertNone(betraying);
    }

    /** What nobody was told could not have been told to the wrong one either. */
    @Test
    void everySecretIsToldToThoseWhoMayKnowIt() {
        assertThat(world.told())
                .contains("canaryuserada", "canaryuserbo", "canaryusereve")
                .contains(
                        "canaryconsignorada", "canaryconsignorcid", "canaryitemada", "canaryitemcid", "canaryeventada")
                .contains("canaryeventcid", "canaryeventnobody", "canaryorderada", "canaryorderbo", "canaryorderguest")
                .contains("canarynoteada", "canarynotebo", "canaryentryada", "canaryentrybo", "canarymetricnobody");
    }

    @Test
    void everyFieldHasAValueForSomebody() {
        assertThat(coverage.unansweredFields).isEmpty();
    }

    @Test
    void everyArgumentIsUsed() {
        assertThat(coverage.unusedArguments).isEmpty();
    }

    @Test
    void everyWayOfFourRecordsIsGone() {
        assertThat(coverage.untrodden).isEmpty();
    }

    private static void assertNone(List<String> faults) {
        assertThat(faults.subList(0, Math.min(faults.size(), 3)))
                .as("%d answers", faults.size())
                .isEmpty();
    }
}
