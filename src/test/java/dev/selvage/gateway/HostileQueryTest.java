package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that ask for too much, or for nothing that could be answered. */
class HostileQueryTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller anonymous = gateway.anonymous();

    @BeforeAll
    static void manyItems() {
        var consignor = given.consignor();
        for (int i = 0; i < 40; i++) {
            var event = given.event("published");
            for (int j = 0; j < 40; j++) {
                given.item(event, consignor, "approved");
            }
        }
    }

    @AfterEach
    void theGatewayStillAnswers() {
        assertThat(anonymous.query("{ events(first: 1) { nodes { id } } }").ok().status())
                .isEqualTo(200);
    }

    @Test
    void anAnswerOfTooManyRecordsIsRefusedWithOneError() {
        var answer = Gateway.lenient().anonymous().query("""
                { events(first: 100) { nodes { inventoryItems(first: 100) { nodes { event {
                    inventoryItems(first: 100) { nodes { event { inventoryItems(first: 100) { nodes { id name } } } } } } } } } } }
                """);

        assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(answer.at().isNull() || answer.at().isMissingNode()).isTrue();
    }

    @Test
    void thousandsOfRefusedFieldsAreOneError() {
        var fields = IntStream.range(0, 11)
                .mapToObj(i -> "f" + i + ": rejectionReason")
                .collect(Collectors.joining(" "));

        var answer = anonymous.query("{ inventoryItems(first: 100) { nodes { " + fields + " } } }");

        assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
    }

    /** Few names in the document, of which each event has its share. */
    @ParameterizedTest
    @CsvSource({"'', ''", "fabrics { nodes { id } }, LIMIT_EXCEEDED"})
    void twoHundredListsAreAnsweredAndOneMoreIsRefused(String oneMore, String code) {
        var below = IntStream.range(0, 19)
                .mapToObj(i -> "i%d: inventoryItems(filter: { size: \"%d\" }) { nodes { id } }".formatted(i, i))
                .collect(Collectors.joining(" "));
        var roots = IntStream.range(0, 10)
                .mapToObj(i ->
                        "e%d: events(first: 1, filter: { saleStart: { gte: \"200%d-01-01T00:00:00Z\" } }) { nodes { ...F } }"
                                .formatted(i, i))
                .collect(Collectors.joining(" "));

        var answer = anonymous.query("{ " + roots + oneMore + " } fragment F on Event { " + below + " }");

        assertThat(String.join("", answer.errorCodes())).isEqualTo(code);
    }

    @Test
    void aNumberOfAHundredThousandDigitsIsNotRead() {
        var answer = anonymous.query("{ events(first: " + "9".repeat(100_000) + ") { nodes { id } } }");

        assertThat(answer.errorCodes()).containsExactly("GRAPHQL_PARSE_FAILED");
        assertThat(answer.body().toString()).hasSizeLessThan(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query($v: String) { inventoryItem(by: { barcode: $v }) { name } }",
                "query($v: ID = \"RXZlbnQ6MQ\") { event(id: $v) { name } }",
                "query($v: [ID!] = []) { nodes(ids: $v) { id } }",
                "query($v: InventoryItemBy = { barcode: \"x\" }) { inventoryItem(by: $v) { id } }",
                "query($v: ID = \"RXZlbnQ6MQ\") { nodes(ids: [$v]) { id } }",
                "query($v: ItemStatus = SOLD) { inventoryItems(filter: { status: [$v] }) { nodes { id } } }",
                "query($v: SortDirection = ASC) { inventoryItems(sort: { field: PRICE, direction: $v }) { nodes { id } } }",
                "query($v: InventoryItemSortField = PRICE) { inventoryItems(sort: { field: $v }) { nodes { id } } }"
            })
    void aVariableThatIsNullWhereAValueIsNeededIsTheCallersMistake(String query) {
        var answer = anonymous.query(query, Collections.singletonMap("v", null));

        assertThat(answer.errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @Test
    void whatNobodyForesawIsAnsweredInTheContractsForm() {
        var answer = anonymous.query(
                "query($if: Boolean = true) { viewer { roles @include(if: $if) } }",
                Collections.singletonMap("if", null));

        assertThat(answer.errorCodes()).hasSize(1);
        assertThat(answer.body().has("timestamp")).isFalse();
    }
}
