package dev.selvage.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankedSearchTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String FIELDS =
            "{ edges { cursor } nodes { rank highlight node { __typename id } } pageInfo { hasNextPage endCursor } }";

    /** One record of each kind that holds the same word. */
    private static final class Shelf {
        final String word = Given.unique("brocade");
        final Given.User owner = given.user();
        final Given.Consignor consignor = given.consignor(owner);
        final Given.Event event = given.event("published", word + " sale", java.time.Instant.now());
        final Given.Fabric fabric = given.fabric(word + " cloth", "cotton", BigDecimal.ONE);

        Shelf() {
            given.item(event, consignor, "approved", "toys", BigDecimal.ONE, word + " doll");
            given.order(owner, "processing", fabric);
            given.calendarEntry(owner, word + " post", null);
            gateway.database()
                    .query(
                            "UPDATE consignors SET name = ? WHERE id = ? RETURNING id",
                            row -> row.getLong(1),
                            "Consignor " + word,
                            consignor.id());
        }
    }

    private static final Shelf shelf = new Shelf();

    @ParameterizedTest
    @CsvSource({
        "anonymous, Event Fabric InventoryItem",
        "owner, CalendarEntry Event Fabric InventoryItem Order",
        "somebody else, Event Fabric InventoryItem",
        "integrator write:documents, Event Fabric InventoryItem",
        "integrator read:orders, Event Fabric InventoryItem Order",
        "integrator read:calendar, CalendarEntry Event Fabric InventoryItem",
        "integrator read:consignors, Consignor Event Fabric InventoryItem",
        "administrator, CalendarEntry Consignor Event Fabric InventoryItem Order"
    })
    void oneSearchFindsAllKindsThatTheViewerMaySee(String who, String kinds) {
        assertThat(types(search(caller(who), shelf.word))).containsExactlyInAnyOrder(kinds.split(" "));
    }

    @Test
    void theKindsAskedForAreTheOnlyOnesFound() {
        var admin = caller("administrator");

        assertThat(types(search(admin, shelf.word, List.of("ORDER", "EVENT"), 20, null)))
                .containsExactlyInAnyOrder("Order", "Event");
        assertThat(types(search(admin, shelf.word, List.of(), 20, null))).isEmpty();
    }

    @Test
    void whatIsNotTheViewersAnswersAsIfItDidNotExist() {
        for (var who : List.of("anonymous", "somebody else", "integrator write:documents")) {
            var kinds = List.of("ORDER", "CALENDAR_ENTRY", "CONSIGNOR");
            var hidden = search(caller(who), shelf.word, kinds, 20, null);
            var missing = search(caller(who), Given.unique("brocade"), kinds, 20, null);

            assertThat(hidden.ok().body().toString()).isEqualTo(missing.body().toString());
            assertThat(hidden.statements()).isEqualTo(missing.statements());
        }
    }

    @Test
    void anItemThatIsNotOnSaleIsFoundByItsOwnerAlone() {
        var word = Given.unique("brocade");
        given.item(shelf.event, shelf.consignor, "pending", "toys", BigDecimal.ONE, word);

        assertThat(types(search(caller("anonymous"), word))).isEmpty();
        assertThat(types(search(caller("somebody else"), word))).isEmpty();
        assertThat(types(search(caller("owner"), word))).containsExactly("InventoryItem");
        assertThat(types(search(caller("anonymous"), misspelled(word)))).isEmpty();
    }

    @Test
    void aNameCountsForMoreThanADescription() {
        var word = Given.unique("brocade");
        var described = given.fabric("Plain", "cotton", BigDecimal.ONE);
        gateway.database()
                .query(
                        "UPDATE fabrics SET description = ? WHERE id = ? RETURNING 1",
                        row -> row.getInt(1),
                        "Goes with " + word,
                        described.id());
        var named = given.item(shelf.event, shelf.consignor, "approved", "toys", BigDecimal.ONE, word);

        var hits = search(caller("anonymous"), word).ok();

        assertThat(ids(hits)).containsExactly(named.globalId(), described.globalId());
        assertThat(ranks(hits))
                .allMatch(rank -> rank > 0)
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void pagesOfAnySizeHaveTheHitsOfOneLargePage(int size) {
        var whole = ids(search(caller("administrator"), shelf.word, null, 100, null));

        assertThat(walk(caller("administrator"), shelf.word, size))
                .isEqualTo(whole)
                .doesNotHaveDuplicates();
    }

    @Test
    void pagesOfEqualRankNeitherSkipNorRepeat() {
        var word = Given.unique("brocade");
        var made = IntStream.range(0, 23)
                .mapToObj(_ -> given.item(shelf.event, shelf.consignor, "approved", "toys", BigDecimal.ONE, word)
                        .globalId())
                .toList();

        assertThat(walk(caller("anonymous"), word, 5)).containsExactlyInAnyOrderElementsOf(made);
        assertThat(walk(caller("anonymous"), misspelled(word), 5)).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void aCursorWorksForItsOwnSearchOnly() {
        var cursor = search(caller("administrator"), shelf.word, null, 1, null).text("search", "pageInfo", "endCursor");

        assertThat(search(caller("administrator"), "other", null, 1, cursor).errorCodes())
                .containsExactly("INVALID_CURSOR");
        assertThat(search(caller("administrator"), shelf.word, List.of("EVENT"), 1, cursor)
                        .errorCodes())
                .containsExactly("INVALID_CURSOR");
        var another = (cursor.startsWith("x") ? "y" : "x") + cursor.substring(1);
        assertThat(search(caller("administrator"), shelf.word, null, 1, another).errorCodes())
                .containsExactly("INVALID_CURSOR");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "100, ''", "-1, BAD_USER_INPUT", "101, LIMIT_EXCEEDED"})
    void aPageHasUpToAHundredHits(int size, String code) {
        assertThat(String.join(
                        "",
                        search(caller("anonymous"), shelf.word, null, size, null)
                                .errorCodes()))
                .isEqualTo(code);
    }

    @Test
    void aSearchTakesAStatementForEachKindWhateverItsSize() {
        for (int size : new int[] {20, 100}) {
            // The hits, the records of six kinds, the highlights.
            assertThat(search(caller("administrator"), shelf.word, null, size, null)
                            .statements())
                    .isEqualTo(8);
        }
        assertThat(caller("administrator")
                        .query("query ($q: String!) { search(query: $q) { nodes { rank } } }", Map.of("q", shelf.word))
                        .statements())
                .isEqualTo(1);
    }

    private static String misspelled(String word) {
        return word.replace("brocade", "borcade");
    }

    private static List<String> walk(Caller caller, String words, int size) {
        var ids = new ArrayList<String>();
        String cursor = null;
        do {
            var page = search(caller, words, null, size, cursor).ok();
            ids.addAll(ids(page));
            assertThat(page.all("cursor", "search", "edges")).hasSameSizeAs(ids(page));
            cursor = page.at("search", "pageInfo", "hasNextPage").asBoolean()
                    ? page.text("search", "pageInfo", "endCursor")
                    : null;
        } while (cursor != null && ids.size() < 200);
        return ids;
    }

    private static Caller caller(String who) {
        return switch (who) {
            case "anonymous" -> gateway.anonymous();
            case "owner" -> gateway.user(shelf.owner);
            case "somebody else" -> gateway.user(given.user());
            case "administrator" -> gateway.user(given.admin());
            default -> gateway.integrator(who.replace("integrator", "").strip());
        };
    }

    private static Answer search(Caller caller, String words) {
        return search(caller, words, null, 20, null);
    }

    private static Answer search(
            Caller caller, String words, @Nullable List<String> kinds, int first, @Nullable String after) {
        var variables = new java.util.HashMap<String, @Nullable Object>();
        variables.put("words", words);
        variables.put("kinds", kinds);
        variables.put("first", first);
        variables.put("after", after);
        return caller.query(
                "query ($words: String!, $kinds: [SearchKind!], $first: Int, $after: String) "
                        + "{ search(query: $words, kinds: $kinds, first: $first, after: $after) " + FIELDS + " }",
                variables);
    }

    private static List<String> types(Answer answer) {
        return nodes(answer.ok(), "__typename");
    }

    private static List<String> ids(Answer answer) {
        return nodes(answer.ok(), "id");
    }

    private static List<String> nodes(Answer answer, String field) {
        return answer.at("search", "nodes")
                .valueStream()
                .map(hit -> hit.path("node").path(field).asString())
                .toList();
    }

    private static List<Double> ranks(Answer answer) {
        return answer.at("search", "nodes")
                .valueStream()
                .map(hit -> hit.path("rank").asDouble())
                .toList();
    }
}
