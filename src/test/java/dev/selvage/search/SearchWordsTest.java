package dev.selvage.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be typed into the search, and what comes back to be put on a page. */
class SearchWordsTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.Event event = given.event("published");
    private static final Given.Consignor consignor = given.consignor();

    @Test
    void quotesFindPhrasesAMinusLeavesOutAndAnAsteriskEndsAWord() {
        var word = Given.unique("brocade");
        item(word + " red wool coat");
        item(word + " wool red scarf");
        item(word + " blue silk coat");

        assertThat(found(word)).hasSize(3);
        assertThat(found(word + " \"red wool\"")).containsExactly(word + " red wool coat");
        assertThat(found(word + " -silk")).hasSize(2);
        assertThat(found(word + " -\"wool coat\"")).hasSize(2);
        assertThat(found(word + " COATS")).hasSize(2);
        assertThat(found(word.substring(0, word.length() - 3) + "* scarf")).contains(word + " wool red scarf");
        assertThat(found(word + " wool silk")).isEmpty();
    }

    @Test
    void aWordWithALetterTooManyTooFewWrongOrSwappedFindsWhatWasMeant() {
        var word = "brocade" + Given.unique("q");
        item(word + " coat");

        for (var typed : List.of(
                word.replace("brocade", "broccade"),
                word.replace("brocade", "brocde"),
                word.replace("brocade", "brokade"),
                word.replace("brocade", "borcade"),
                word.replace("brocade", "Brocadee"))) {
            assertThat(found(typed)).as(typed).containsExactly(word + " coat");
            assertThat(found(typed + " coat")).as(typed).containsExactly(word + " coat");
            assertThat(found(typed + " -coat")).as(typed).isEmpty();
        }
    }

    @Test
    void aWordThatNobodySearchesForIsNoMistake() {
        var word = "brocade" + Given.unique("q");
        item(word + " coat");

        assertThat(found("the " + word.replace("brocade", "borcade") + " for me"))
                .containsExactly(word + " coat");
        assertThat(found("the -" + word)).isEmpty();
        assertThat(found("the")).isEmpty();
    }

    @Test
    void twoMistakesAreTooMany() {
        var word = "brocade" + Given.unique("q");
        item(word + " coat");

        assertThat(found(word.replace("brocade", "borcaed"))).isEmpty();
        assertThat(found(word.replace("brocade", "borcade") + " caot" + Given.unique("q")))
                .isEmpty();
    }

    @Test
    void wordsThatExistAreTakenAsTheyAre() {
        var one = "brocade" + Given.unique("q");
        var other = one.replace("brocade", "brocada");
        item(one + " coat");
        item(other + " scarf");

        assertThat(found(one + " scarf")).isEmpty();
    }

    @Test
    void aHighlightIsSafeToPutOnAPage() {
        var word = Given.unique("brocade");
        item("<img src=x onerror=alert(1)> " + word + " & \"co\" it's </mark><mark>");

        var highlight = highlights(word).getFirst();

        assertThat(highlight).contains("<mark>" + word + "</mark>", "&amp;").doesNotContain("<img", "\"co\"");
        assertThat(highlight.replace("<mark>" + word + "</mark>", "")).doesNotContain("<", ">", "\"", "'");
    }

    @Test
    void nobodyCanWriteTheMarksThemselves() {
        var word = Given.unique("brocade");
        item("\u0002forged\u0003 " + word);

        assertThat(highlights(word).getFirst()).startsWith("forged <mark>" + word + "</mark>");
    }

    @Test
    void theHighlightIsThePassageThatHoldsTheWords() {
        var word = Given.unique("brocade");
        var made = item("Plain");
        gateway.database()
                .query(
                        "UPDATE inventory_items SET description = ? WHERE id = ? RETURNING 1",
                        row -> row.getInt(1),
                        "filler ".repeat(200) + "made of " + word + " by hand " + "filler ".repeat(200),
                        made.id());

        assertThat(highlights(word).getFirst())
                .contains("<mark>" + word + "</mark> by hand")
                .hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "-brocade",
                "\"",
                "the",
                "'; DROP TABLE events; --",
                "%",
                "\\",
                "\\'",
                "$1",
                "a & b | !c",
                "<->",
                "foo:*",
                "((",
                "or or",
                "\uD83E",
                "\uD83E\uDDF5",
                "日本語",
                "\u0002\u0003",
                "<mark>"
            })
    void anyTextIsSearchedForAndNothingElseHappens(String typed) {
        for (var text : List.of(typed, typed.repeat(20), typed + " " + Given.unique("zq"))) {
            var words = text.substring(0, Math.min(500, text.length()));
            assertThat(search(words).ok().at("search", "nodes").isArray())
                    .as(words)
                    .isTrue();
        }
    }

    @Test
    void aSearchOfMoreThanFiveHundredCharactersIsRefused() {
        assertThat(search("x".repeat(500)).errorCodes()).isEmpty();
        assertThat(search("x".repeat(501)).errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(search("a\0b").errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    private static Given.Item item(String name) {
        return given.item(event, consignor, "approved", "toys", BigDecimal.ONE, name);
    }

    private static Answer search(String words) {
        return gateway.anonymous()
                .query(
                        "query ($q: String!) { search(query: $q) { nodes { highlight node { ... on InventoryItem { name } } } } }",
                        Map.of("q", words));
    }

    private static List<String> found(String words) {
        return search(words)
                .ok()
                .at("search", "nodes")
                .valueStream()
                .map(hit -> hit.path("node").path("name").asString())
                .toList();
    }

    private static List<String> highlights(String words) {
        return search(words).ok().all("highlight", "search", "nodes");
    }
}
