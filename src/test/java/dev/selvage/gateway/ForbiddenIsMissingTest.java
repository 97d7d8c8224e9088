package dev.selvage.gateway;

import static dev.selvage.gateway.Cast.EVERYBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.gateway.Cast.Thing;
import dev.selvage.gateway.Cast.Who;
import dev.selvage.gateway.LookUps.Way;
import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever may not see a record cannot find out that it exists, by whatever way the schema has of naming it: the answer and the
 * way to it are those of a record that there is not.
 */
class ForbiddenIsMissingTest {
    private static final Set<String> SEEN_BY_EVERYBODY = Set.of("Fabric");

    /** Whose record is visible among fifty. */
    private static final int OWN = 25;

    private static final Gateway gateway = Gateway.lenient();
    private static final Cast cast = new Cast(gateway);
    private static final Given.Event cancelled = cancelledEvent();
    private static final Crowd crowd = new Crowd(gateway, 50);
    private static final ServedSchema schema = new ServedSchema(gateway);
    private static final Map<String, List<String>> PARENTS = Map.of(
            "Event", List.of("event(id: \"" + cast.published.globalId() + "\") { %s }"),
            "Fabric", List.of("fabric(by: { id: \"" + cast.fabric.globalId() + "\" }) { %s }"),
            "User", List.of("viewer { user { %s } }"),
            "Consignor",
                    List.of(
                            "consignor(by: { id: \"" + cast.owner.globalId() + "\" }) { %s }",
                            "viewer { user { consignor { %s } } }"));

    private static final SentStatements sent = new SentStatements();

    /** Everything that can be told from outside, and what the database was asked. */
    private record Outcome(int status, Map<String, List<String>> headers, String body, List<String> statements) {}

    @AfterAll
    static void stopListening() {
        sent.close();
    }

    private static LookUps lookUps() {
        return new LookUps(Schema.running(gateway), schema, PARENTS);
    }

    static Stream<Way> ways() {
        return lookUps().ways().stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsForbiddenAnswersAsWhatIsMissing(Way way) {
        for (var thing : thingsOf(way)) {
            var there = way.with(valueOf(thing, way.key()));
            var nowhere = way.with(missingValueLike(thing, way.key()));
            for (var who : EVERYBODY) {
                if (!thing.visibleTo().contains(who)) {
                    assertThat(outcome(cast.as(who), there))
                            .as("%s to %s", thing, who)
                            .isEqualTo(outcome(cast.as(who), nowhere));
                }
            }
        }
    }

    /** Otherwise nothing above would have been asked for. */
    @ParameterizedTest
    @MethodSource("ways")
    void whoMaySeeARecordFindsItByThatWay(Way way) {
        assertThat(thingsOf(way)).anySatisfy(thing -> {
            var there = way.with(valueOf(thing, way.key()));
            var nowhere = way.with(missingValueLike(thing, way.key()));
            assertThat(List.of(Who.OWNER, Who.ADMIN))
                    .anySatisfy(who -> assertThat(outcome(cast.as(who), there).body())
                            .isNotEqualTo(outcome(cast.as(who), nowhere).body()));
        });
    }

    static Stream<String> records() {
        return lookUps().records().stream().filter(type -> !SEEN_BY_EVERYBODY.contains(type));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyTypeHasARecordHereThatIsForbidden(String type) {
        assertThat(things())
                .as("%s has an id. Give Cast.things() one that not everybody may see.", type)
                .anyMatch(thing -> thing.type().equals(type)
                        && !thing.visibleTo().contains(Who.STRANGER)
                        && !thing.visibleTo().contains(Who.NEIGHBOUR));
    }

    /** Those of which there are many. */
    static Stream<String> manyRecords() {
        return records().filter(type -> !type.equals("ClientApp"));
    }

    /** The one among them is the caller's own, or one that everybody sees. */
    @ParameterizedTest
    @MethodSource("manyRecords")
    void amongFiftyIdsWithOneVisibleTheOthersAnswerAsMissing(String type) {
        var forbidden = new ArrayList<>(crowd.ids(type));
        var missing = new ArrayList<>(
                forbidden.stream().map(ForbiddenIsMissingTest::missingIdLike).toList());
        var query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on %s { %s } } }"
                .formatted(type, schema.selectionOfAll(type));

        missing.set(OWN - 1, crowd.id(type, OWN));
        if (!type.equals("Metric")) {
            sameAmongFifty(gateway.user(crowd.member(OWN)), query, forbidden, missing);
        }
        forbidden.set(OWN - 1, cast.fabric.globalId());
        missing.set(OWN - 1, cast.fabric.globalId());
        for (var who : List.of(Who.ANONYMOUS, Who.STRANGER, Who.NEIGHBOUR, Who.INTEGRATOR)) {
            sameAmongFifty(cast.as(who), query, forbidden, missing);
        }
    }

    private static void sameAmongFifty(Caller caller, String query, List<String> forbidden, List<String> missing) {
        var there = outcome(caller, query, Map.of("ids", forbidden));

        assertThat(there).isEqualTo(outcome(caller, query, Map.of("ids", missing)));
        var nodes = JsonMapper.shared().readTree(there.body()).path("data").path("nodes");
        assertThat(nodes.path(OWN - 1).path("id").asString("")).isEqualTo(forbidden.get(OWN - 1));
        assertThat(nodes.valueStream().filter(node -> node.isNull()).count()).isEqualTo(49);
    }

    /** With a hidden event in which there are items: a draft has none. */
    private static List<Thing> things() {
        var things = new ArrayList<>(cast.things());
        things.add(new Thing(
                "a cancelled event", "Event", cancelled.globalId(), Cast.READS_EITHER, Set.of(), List.of(), List.of()));
        return things;
    }

    private static Given.Event cancelledEvent() {
        var given = new Given(gateway);
        var event = given.event("cancelled");
        given.item(event, cast.owner, "returned");
        return event;
    }

    private static List<Thing> thingsOf(Way way) {
        var things = things().stream()
                .filter(thing -> thing.type().equals(way.type())
                        && (way.key().equals("id") || thing.by().stream().anyMatch(by -> isOf(by, way.key()))))
                .toList();
        if (things.isEmpty()) {
            throw new AssertionError(
                    "%s names a record by a key that this test has no value for. Give a %s in Cast.things() its `%s`."
                            .formatted(way, way.type(), way.key()));
        }
        return things;
    }

    private static String valueOf(Thing thing, String key) {
        return key.equals("id") ? '"' + thing.id() + '"' : valueOf(thing.by(), key);
    }

    private static String missingValueLike(Thing thing, String key) {
        return key.equals("id") ? '"' + missingIdLike(thing.id()) + '"' : valueOf(thing.missingBy(), key);
    }

    private static String valueOf(List<String> by, String key) {
        return by.stream()
                .filter(one -> isOf(one, key))
                .map(one -> one.substring(key.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOf(String by, String key) {
        return by.startsWith(key + ": ");
    }

    /** An id that differs in little: of a UUID in one digit, of a number by more than there are rows. */
    private static String missingIdLike(String text) {
        var id = GlobalId.parse(text);
        var key = id.key();
        if (key.contains("-")) {
            var last = key.charAt(key.length() - 1) == '0' ? '1' : '0';
            return GlobalId.of(id.type(), key.substring(0, key.length() - 1) + last);
        }
        return GlobalId.of(id.type(), Long.parseLong(key) + 1_000_000);
    }

    private static Outcome outcome(Caller caller, String query) {
        return outcome(caller, query, Map.of());
    }

    private static Outcome outcome(Caller caller, String query, Map<String, ?> variables) {
        sent.taken();
        var answer = caller.query(query, variables);
        // Loaders of one level go in no particular order.
        var statements = sent.taken().stream().sorted().toList();
        assertThat(statements).hasSize(answer.statements());
        var headers = new TreeMap<>(answer.headers().map());
        // It names the request and not what is asked for.
        headers.remove("x-request-id");
        return new Outcome(answer.status(), headers, answer.body().toString(), statements);
    }
}
