package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Words to search for are only ever words. */
class SearchTest {
    private static final List<String> LISTS =
            List.of("events", "inventoryItems", "consignors", "users", "fabrics", "orders", "calendarEntries");
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();

    static Stream<Arguments> hostileWords() {
        var words = List.of(
                "'; DROP TABLE events; --",
                "' OR '1'='1",
                "%",
                "_",
                "\\",
                "\\'",
                "$1",
                "?",
                ":words",
                "&|!()",
                "((",
                "!!",
                "a & b | !c",
                "<->",
                "foo:*",
                "\"",
                "\"\"\"",
                "\" unclosed",
                "-",
                "--",
                "-- -",
                "or",
                "or or or",
                "-or",
                " ",
                "",
                "\t\n",
                "\uD83E\uDDF5",
                "\uD83E",
                "日本語",
                "\u202E",
                "é",
                "{}",
                "[]",
                "null",
                "x".repeat(500),
                "x ".repeat(250),
                "-".repeat(500),
                "- ".repeat(40) + "a",
                "-(".repeat(40),
                "-a ".repeat(160),
                "a or ".repeat(100),
                "-\u2003".repeat(40),
                "-!&|".repeat(40) + "-a",
                "\"".repeat(499),
                "'".repeat(500));
        return LISTS.stream().flatMap(list -> words.stream().map(word -> Arguments.of(list, word)));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("hostileWords")
    void anyTextIsSearchedForAndNothingElseHappens(String list, String words) {
        assertThat(search(list, words).ok().at(list, "nodes").isArray()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("LISTS")
    void aSearchOfMoreThanFiveHundredCharactersIsRefused(String list) {
        var answer = search(list, "x".repeat(501));

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
        assertThat(answer.body().toString()).contains("at most 500 characters");
    }

    @Test
    void theCharacterThatTextCannotHoldIsRefusedInEveryArgument() {
        var text = "a\0b";
        for (var field : List.of(
                "events(filter: { search: $t }) { nodes { id } }",
                "inventoryItems(filter: { search: $t }) { nodes { id } }",
                "consignors(filter: { search: $t }) { nodes { id } }",
                "users(filter: { search: $t }) { nodes { id } }",
                "fabrics(filter: { search: $t }) { nodes { id } }",
                "fabrics(filter: { category: $t }) { nodes { id } }",
                "fabrics(filter: { subcategory: $t }) { nodes { id } }",
                "fabric(by: { etsyListingId: $t }) { id }",
                "orders(filter: { search: $t }) { nodes { id } }",
                "order(by: { etsyOrderId: $t }) { id }",
                "calendarEntries(filter: { search: $t }) { nodes { id } }",
                "metrics(filter: { metricType: [$t] }) { nodes { id } }",
                "metrics(filter: { platform: [$t] }) { nodes { id } }",
                "metricRollup(path: [$t], measure: SUM, by: []) { key }",
                "inventoryItems(filter: { category: $t }) { nodes { id } }",
                "inventoryItems(filter: { size: $t }) { nodes { id } }",
                "inventoryItem(by: { barcode: $t }) { id }")) {
            var type = field.contains("by:") || field.contains("[$t]") ? "String!" : "String";
            var answer = gateway.user(admin).query("query ($t: " + type + ") { " + field + " }", Map.of("t", text));

            assertThat(answer.errorCodes()).as(field).containsExactly("BAD_USER_INPUT");
        }
        assertThat(gateway.user(admin)
                        .query("query ($t: ID!) { node(id: $t) { id } }", Map.of("t", text))
                        .errorCodes())
                .containsExactly("BAD_USER_INPUT");
    }

    @Test
    void quotesFindPhrasesAndAMinusLeavesOut() {
        var word = Given.unique("brocade");
        var event = given.event("published");
        var consignor = given.consignor();
        for (var name : List.of("red wool coat", "wool red scarf", "blue silk coat")) {
            given.item(event, consignor, "approved", "toys", BigDecimal.ONE, word + " " + name);
        }

        assertThat(names(word)).hasSize(3);
        assertThat(names(word + " \"red wool\"")).containsExactly(word + " red wool coat");
        assertThat(names(word + " -silk")).hasSize(2);
        assertThat(names(word + " COATS")).hasSize(2);
        assertThat(names(word + " scarf or silk")).hasSize(2);
        assertThat(names(word + " wool silk")).isEmpty();
        assertThat(names(word.substring(0, word.length() - 3) + "* scarf")).contains(word + " wool red scarf");
    }

    private static List<String> names(String words) {
        return search("inventoryItems", words).ok().all("name", "inventoryItems", "nodes");
    }

    private static Answer search(String list, String words) {
        var name = Set.of("users", "orders", "calendarEntries").contains(list) ? "id" : "name";
        return gateway.user(admin)
                .query(
                        "query ($words: String) { %s(filter: { search: $words }) { totalCount nodes { %s } } }"
                                .formatted(list, name),
                        Map.of("words", words));
    }
}
