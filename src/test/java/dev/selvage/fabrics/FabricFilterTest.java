package dev.selvage.fabrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters and sorts of {@code Query.fabrics}. */
class FabricFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String WORD = Given.unique("brocade");

    @BeforeAll
    static void fabrics() {
        fabric("plain", "cotton", "9.99", 5, "[\"red\", \"floral\"]", "NULL");
        fabric("Linen", "linen", "10.00", 0, "[\"red\"]", "NULL");
        fabric("dear", "cotton", "10.01", 1, "[]", "NULL");
        fabric("Old", "cotton", "20.00", 3, "[\"red\", \"floral\", \"sale\"]", "now()");
    }

    private static void fabric(String name, String category, String price, int stock, String tags, String archivedAt) {
        var fabric = given.fabric(WORD + " " + name, category, new BigDecimal(price));
        gateway.database().execute("selvage_owner", """
                UPDATE fabrics
                   SET subcategory = '%s', stock_quantity = %d, tags = '%s', archived_at = %s, composition = 'All of it silk'
                 WHERE id = '%s'
                """.formatted(WORD, stock, tags, archivedAt, fabric.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "category: \"cotton\" | plain dear",
                "category: \"Cotton\" | ``",
                "category: \"cott%\" | ``",
                "category: \"\" | ``",
                "category: null | plain Linen dear",
                "inStock: true | plain dear",
                "inStock: false | Linen",
                "inStock: null | plain Linen dear",
                "archived: true | plain Linen dear Old",
                "archived: false | plain Linen dear",
                "archived: null | plain Linen dear",
                "category: \"cotton\", inStock: true, price: { lte: 10 } | plain",
                "category: \"cotton\", archived: true, tags: [\"red\"] | plain Old",
                "inStock: false, tags: [\"floral\"] | ``",
                "archived: true, inStock: true, price: { gte: \"10.01\" } | dear Old"
            })
    void aFilterKeepsWhatItNames(String filter, String expected) {
        assertThat(found(filter)).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"red\" | plain Linen",
                "[\"red\"] | plain Linen",
                "[\"red\", \"floral\"] | plain",
                "[\"floral\", \"red\"] | plain",
                "[\"red\", \"red\"] | plain Linen",
                "[\"red\", \"sale\"] | ``",
                "[\"Red\"] | ``",
                "[\"re\"] | ``",
                "[\"%\"] | ``",
                "[\"\"] | ``",
                "[\"]\"] | ``",
                "[\"red\\\", \\\"floral\"] | ``",
                "[] | plain Linen dear",
                "null | plain Linen dear"
            })
    void aFabricCarriesAllTheTagsThatAreAskedFor(String tags, String expected) {
        assertThat(found("tags: " + tags)).containsExactlyElementsOf(words(expected));
    }

    @Test
    void aHundredTagsAreLookedForAndOneMoreIsRefused() {
        assertThat(tags(100).ok().at("fabrics", "nodes").size()).isEqualTo(2);
        assertThat(tags(101).errorCodes()).containsExactly("LIMIT_EXCEEDED");
    }

    private static Answer tags(int number) {
        return gateway.anonymous()
                .query(
                        "query ($tags: [String!], $of: String) { fabrics(filter: { subcategory: $of, tags: $tags }) { nodes { id } } }",
                        Map.of("of", WORD, "tags", Collections.nCopies(number, "red")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gte: \"10.00\" | Linen dear",
                "gte: 10 | Linen dear",
                "gte: \"10.001\" | dear",
                "lte: \"10.00\" | plain Linen",
                "lte: \"9.989\" | ``",
                "gte: \"10.00\", lte: \"10.00\" | Linen",
                "gte: \"10.01\", lte: \"10.00\" | ``",
                "gte: null, lte: null | plain Linen dear",
                "gte: \"-5\" | plain Linen dear"
            })
    void pricesAreComparedExactlyAndBothEndsAreInclusive(String range, String expected) {
        assertThat(found("price: { " + range + " }")).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATED_AT | ASC | plain Linen dear Old",
                "CREATED_AT | DESC | Old dear Linen plain",
                "PRICE | ASC | plain Linen dear Old",
                "PRICE | DESC | Old dear Linen plain",
                "NAME | ASC | dear Linen Old plain",
                "NAME | DESC | plain Old Linen dear"
            })
    void sortsRunBothWaysAndNamesWithoutRegardToCase(String field, String direction, String expected) {
        assertThat(found("archived: true", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .containsExactlyElementsOf(words(expected));
    }

    @Test
    void withoutASortTheOldestComesFirstAndWithoutADirectionASortAscends() {
        assertThat(found("")).containsExactly("plain", "Linen", "dear");
        assertThat(found("", ", sort: { field: NAME }")).containsExactly("dear", "Linen", "plain");
    }

    @Test
    void withoutAnyFilterArchivedFabricsAreLeftOutToo() {
        for (var filter : List.of("", "filter: null, ", "filter: {}, ")) {
            var newest = gateway.anonymous()
                    .query(
                            "{ fabrics(%sfirst: 4, sort: { field: CREATED_AT, direction: DESC }) { nodes { name archivedAt } } }"
                                    .formatted(filter))
                    .ok();

            assertThat(newest.all("archivedAt", "fabrics", "nodes"))
                    .isNotEmpty()
                    .allMatch(String::isEmpty);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "search: \"WORD\" | plain Linen dear",
                "search: \"WORD\", archived: true | plain Linen dear Old",
                "search: \"WORD linens\" | Linen",
                "search: \"WORD silk\" | plain Linen dear",
                "search: \"WORD floral\" | plain",
                "search: \"WORD cottons -dear\" | plain",
                "search: \"WORD linen or dear\" | Linen dear",
                "search: \"WORD\", category: \"cotton\", tags: [\"red\"], inStock: true, price: { gte: 1 } | plain",
                "search: \"WORD neverwoven\" | ``",
                "search: null | plain Linen dear"
            })
    void searchFindsWordsOfNameCategoryTagsAndCompositionInTheirOtherForms(String filter, String expected) {
        assertThat(found(filter.replace("WORD", WORD))).containsExactlyElementsOf(words(expected));
    }

    @Test
    void pagesGoOnWhereTheyEndedInBothDirections() {
        var page =
                "fabrics(%s, filter: { subcategory: \"%s\" }, sort: { field: PRICE }) { nodes { name } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }";
        var first = ask(page.formatted("first: 2", WORD));
        var cursor = first.text("fabrics", "pageInfo", "endCursor");
        var second = ask(page.formatted("first: 2, after: \"" + cursor + "\"", WORD));
        var back = second.text("fabrics", "pageInfo", "startCursor");

        assertThat(names(first)).containsExactly("plain", "Linen");
        assertThat(first.at("fabrics", "pageInfo", "hasNextPage").asBoolean()).isTrue();
        assertThat(names(second)).containsExactly("dear");
        assertThat(second.at("fabrics", "pageInfo", "hasNextPage").asBoolean()).isFalse();
        assertThat(names(ask(page.formatted("last: 1, before: \"" + back + "\"", WORD))))
                .containsExactly("Linen");
    }

    private static List<String> found(String filter) {
        return found(filter, "");
    }

    private static List<String> found(String filter, String sort) {
        var answer = ask("fabrics(first: 50, filter: { subcategory: \"%s\" %s } %s) { totalCount nodes { name } }"
                .formatted(WORD, filter, sort));
        assertThat(answer.at("fabrics", "totalCount").asInt())
                .isEqualTo(answer.at("fabrics", "nodes").size());
        return names(answer);
    }

    private static Answer ask(String field) {
        return gateway.anonymous().query("{ " + field + " }").ok();
    }

    private static List<String> names(Answer answer) {
        return answer.all("name", "fabrics", "nodes").stream()
                .map(name -> name.substring(WORD.length() + 1))
                .toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
