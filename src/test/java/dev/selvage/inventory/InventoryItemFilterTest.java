package dev.selvage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters and sorts of {@code Query.inventoryItems}. */
class InventoryItemFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final String WORD = Given.unique("mitten");
    private static final Given.Event event = given.event("published");
    private static final Given.Event other = given.event("published");
    private static final Given.Consignor consignor = given.consignor();

    @BeforeAll
    static void items() {
        var cheap = item(event, "approved", "toys", "9.99", "cheap");
        item(event, "pending", "toys", "10.00", "Fair");
        item(event, "rejected", "books", "10.01", "dear");
        item(other, "approved", "Toys", "9999999999.99", "Boundless");
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE inventory_items SET size = 'XL', condition = 'like_new' WHERE id = " + cheap.id());
    }

    private static Given.Item item(Given.Event at, String status, String category, String price, String name) {
        return given.item(at, consignor, status, category, new BigDecimal(price), WORD + " " + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status: APPROVED | cheap Boundless",
                "status: [PENDING, REJECTED] | Fair dear",
                "status: [SOLD] | ``",
                "status: [] | ``",
                "status: null | cheap Fair dear Boundless",
                "condition: LIKE_NEW | cheap",
                "condition: [LIKE_NEW, GOOD] | cheap Fair dear Boundless",
                "condition: [NEW, FAIR] | ``",
                "condition: [] | ``",
                "category: \"toys\" | cheap Fair",
                "category: \"Toys\" | Boundless",
                "category: \"toy%\" | ``",
                "category: \"\" | ``",
                "category: null | cheap Fair dear Boundless",
                "size: \"XL\" | cheap",
                "size: \"M\" | Fair dear Boundless",
                "size: \"x' OR '1'='1\" | ``",
                "status: APPROVED, condition: GOOD, size: \"M\" | Boundless"
            })
    void aFilterKeepsWhatItNames(String filter, String expected) {
        assertThat(found(filter)).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gte: \"10.00\" | Fair dear Boundless",
                "gte: 10 | Fair dear Boundless",
                "gte: 10.0 | Fair dear Boundless",
                "gte: \"1e1\" | Fair dear Boundless",
                "gte: \"10.001\" | dear Boundless",
                "gte: \"9.991\", lte: \"10.009\" | Fair",
                "lte: \"10.00\" | cheap Fair",
                "lte: \"9.999999999999999999\" | cheap",
                "lte: \"9.99\" | cheap",
                "lte: \"9.98\" | ``",
                "gte: \"10.00\", lte: \"10.00\" | Fair",
                "gte: \"10.01\", lte: \"10.00\" | ``",
                "gte: null, lte: 10 | cheap Fair",
                "gte: null, lte: null | cheap Fair dear Boundless",
                "gte: \"-5\" | cheap Fair dear Boundless",
                "lte: \"-0.01\" | ``",
                "gte: \"0.000000000000000000000000000001\" | cheap Fair dear Boundless",
                "gte: \"9999999999.99\" | Boundless",
                "gte: \"9999999999.991\" | ``",
                "gte: \"999999999999999999999999999999\" | ``",
                "lte: \"999999999999999999999999999999\" | cheap Fair dear Boundless",
                "gte: \"-999999999999999999999999999999\" | cheap Fair dear Boundless",
                "lte: \"-999999999999999999999999999999\" | ``",
                "gte: \"92233720368547758.07\" | ``",
                "gte: \"92233720368547758.08\" | ``"
            })
    void pricesAreComparedExactlyAndBothEndsAreInclusive(String range, String expected) {
        assertThat(found("price: { " + range + " }")).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"1e31", "\"1e-31\"", "\"1e999999999\"", "\"NaN\"", "\"ten\"", "\"\"", "true", "\"0x10\""})
    void aPriceThatIsNoDecimalIsRefused(String price) {
        var answer = gateway.anonymous()
                .query("{ inventoryItems(filter: { price: { gte: %s } }) { nodes { id } } }".formatted(price));

        assertThat(answer.errorCodes()).containsExactly("GRAPHQL_VALIDATION_FAILED");
    }

    @Test
    void itemsOfAnEventAndOfAConsignorAreFoundByTheirIds() {
        assertThat(found("eventId: \"%s\"".formatted(other.globalId()))).containsExactly("Boundless");
        assertThat(found("consignorId: \"%s\"".formatted(consignor.globalId()))).hasSize(4);
        assertThat(found("consignorId: \"%s\"".formatted(given.consignor().globalId())))
                .isEmpty();
        assertThat(found("eventId: \"%s\"".formatted(consignor.globalId()))).isEmpty();
        assertThat(found("eventId: null, consignorId: null")).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRICE | ASC | cheap Fair dear Boundless",
                "PRICE | DESC | Boundless dear Fair cheap",
                "CREATED_AT | ASC | cheap Fair dear Boundless",
                "CREATED_AT | DESC | Boundless dear Fair cheap",
                "NAME | ASC | Boundless cheap dear Fair",
                "NAME | DESC | Fair dear cheap Boundless"
            })
    void sortsRunBothWaysAlsoAcrossWhatIsListedAndWhatIsNot(String field, String direction, String expected) {
        assertThat(found("", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .containsExactlyElementsOf(words(expected));
    }

    @Test
    void theSameFiltersAndSortsWorkBelowAnEventAndAConsignor() {
        var page =
                "inventoryItems(filter: { price: { gte: 10 }, search: \"%s\" }, sort: { field: NAME, direction: DESC })"
                                .formatted(WORD)
                        + " { totalCount nodes { name } }";
        var answer = gateway.user(admin)
                .query("{ event(id: \"%s\") { %s } consignor(by: { id: \"%s\" }) { %s } }"
                        .formatted(event.globalId(), page, consignor.globalId(), page))
                .ok();

        assertThat(names(answer, "event")).containsExactly("Fair", "dear");
        assertThat(names(answer, "consignor")).containsExactly("Fair", "dear", "Boundless");
        assertThat(answer.at("consignor", "inventoryItems", "totalCount").asInt())
                .isEqualTo(3);
    }

    @Test
    void anItemIsAvailableOnceWhileItIsApproved() {
        var answer = gateway.user(admin)
                .query("{ inventoryItems(filter: { search: \"%s\" }) { nodes { status availableQuantity } } }"
                        .formatted(WORD))
                .ok();

        for (var item : answer.at("inventoryItems", "nodes")) {
            assertThat(item.path("availableQuantity").asInt())
                    .isEqualTo(item.path("status").asString().equals("APPROVED") ? 1 : 0);
        }
    }

    private static List<String> found(String filter) {
        return found(filter, "");
    }

    private static List<String> found(String filter, String sort) {
        var answer = gateway.user(admin)
                .query("{ inventoryItems(first: 50, filter: { search: \"%s\" %s } %s) { totalCount nodes { name } } }"
                        .formatted(WORD, filter, sort))
                .ok();
        var nodes = answer.at("inventoryItems", "nodes");
        assertThat(answer.at("inventoryItems", "totalCount").asInt()).isEqualTo(nodes.size());
        return nodes.valueStream()
                .map(node -> last(node.path("name").asString()))
                .toList();
    }

    private static List<String> names(Answer answer, String parent) {
        return answer.all("name", parent, "inventoryItems", "nodes").stream()
                .map(InventoryItemFilterTest::last)
                .toList();
    }

    private static String last(String name) {
        return name.substring(WORD.length() + 1);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
