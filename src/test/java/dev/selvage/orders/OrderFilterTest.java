package dev.selvage.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters and sorts of {@code Query.orders}. */
class OrderFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.User buyer = given.user();
    private static final String WORD = Given.unique("tweed");
    private static final Given.Fabric everywhere = given.fabric(WORD + " coating", "wool", new BigDecimal("5.00"));
    private static final Given.Fabric dear = given.fabric("Cashmere", "wool", new BigDecimal("7.50"));
    private static final Given.Fabric unsold = given.fabric();

    @BeforeAll
    static void orders() {
        var email = "Ann." + WORD + "@Example.com";
        name("a", given.guestOrder(email, "pending", everywhere), 1);
        name("b", given.order(buyer, "processing", everywhere, dear), 2);
        name("c", given.order(buyer, "shipped", everywhere), 3);
        name("d", given.guestOrder("  " + email.toUpperCase(java.util.Locale.ROOT) + " ", "cancelled", everywhere), 4);
    }

    private static void name(String name, Given.Order order, int micros) {
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE orders SET customer_name = '%s', created_at = '2019-03-01T00:00:00.00000%dZ', etsy_order_id = '%s' WHERE id = '%s'"
                                .formatted(name, micros, WORD + name, order.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status: PENDING | a",
                "status: [PROCESSING, CANCELLED] | db",
                "status: [PENDING, PROCESSING, SHIPPED, DELIVERED, CANCELLED] | dcba",
                "status: [DELIVERED] | ``",
                "status: [] | ``",
                "status: null | dcba",
                "createdAt: { gte: \"2019-03-01T00:00:00.000003Z\" } | dc",
                "createdAt: { lt: \"2019-03-01T00:00:00.000003Z\" } | ba",
                "createdAt: { gte: \"2019-03-01T00:00:00.000002Z\", lt: \"2019-03-01T00:00:00.000003Z\" } | b",
                "createdAt: {} | dcba",
                "createdAt: null | dcba",
                "customerEmail: \"ann.WORD@example.com\" | da",
                "customerEmail: \" ANN.WORD@example.COM \" | da",
                "customerEmail: \"ann.WORD@example.org\" | ``",
                "customerEmail: \"%@example.com\" | ``",
                "customerEmail: null | dcba",
                "search: \"WORD\" | dcba",
                "search: \"WORD coatings\" | dcba",
                "search: \"cashmere\" | b",
                "search: \"ann.WORD@example.com\" | da",
                "search: \"WORDc\" | c",
                "search: \"WORD -cashmere\" | dca",
                "search: \"WORD neverwoven\" | ``",
                "search: null | dcba",
                "status: [PENDING, CANCELLED], customerEmail: \"ann.WORD@example.com\", createdAt: { gte: \"2019-03-01T00:00:00.000002Z\" } | d",
                "status: SHIPPED, search: \"WORD\" | c"
            })
    void aFilterKeepsWhatItNames(String filter, String expected) {
        assertThat(found(filter.replace("WORD", WORD), "")).isEqualTo(expected);
    }

    @Test
    void ordersOfAFabricAreThoseWithALineOfIt() {
        assertThat(names("fabricId: \"%s\"".formatted(everywhere.globalId()), ""))
                .isEqualTo("dcba");
        assertThat(names("fabricId: \"%s\"".formatted(dear.globalId()), "")).isEqualTo("b");
        assertThat(names("fabricId: \"%s\", status: SHIPPED".formatted(dear.globalId()), ""))
                .isEmpty();
        assertThat(names("fabricId: \"%s\"".formatted(unsold.globalId()), "")).isEmpty();
        assertThat(names("fabricId: \"%s\"".formatted(buyer.globalId()), "")).isEmpty();
        assertThat(names("fabricId: null, customerEmail: \"ann.%s@example.com\"".formatted(WORD), ""))
                .isEqualTo("da");
    }

    @ParameterizedTest
    @CsvSource({"CREATED_AT, ASC, abcd", "CREATED_AT, DESC, dcba", "TOTAL_AMOUNT, ASC, acdb", "TOTAL_AMOUNT, DESC, bdca"
    })
    void sortsRunBothWays(String field, String direction, String expected) {
        assertThat(found("", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .isEqualTo(expected);
    }

    @Test
    void withoutASortTheNewestComesFirstAndWithoutADirectionASortDescends() {
        assertThat(found("", "")).isEqualTo("dcba");
        assertThat(found("", ", sort: null")).isEqualTo("dcba");
        assertThat(found("", ", sort: { field: TOTAL_AMOUNT }")).isEqualTo("bdca");
    }

    @Test
    void theSameFiltersAndSortsWorkBelowAUserAndAFabric() {
        var page =
                "orders(filter: { status: [PROCESSING, SHIPPED, CANCELLED] }, sort: { field: CREATED_AT, direction: ASC }) { totalCount nodes { customerName } }";
        var answer = gateway.user(admin)
                .query(
                        "{ user(by: { id: \"%s\" }) { %s } fabrics: nodes(ids: [\"%s\", \"%s\", \"%s\"]) { ... on Fabric { %s } } }"
                                .formatted(
                                        buyer.globalId(),
                                        page,
                                        everywhere.globalId(),
                                        dear.globalId(),
                                        unsold.globalId(),
                                        page))
                .ok();

        assertThat(names(answer, "user", "orders")).isEqualTo("bc");
        assertThat(answer.at("user", "orders", "totalCount").asInt()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            var expected = List.of("bcd", "b", "").get(i);
            assertThat(names(answer, "fabrics", i, "orders")).isEqualTo(expected);
            assertThat(answer.at("fabrics", i, "orders", "totalCount").asInt()).isEqualTo(expected.length());
        }
        assertThat(answer.statements()).isEqualTo(6);
    }

    @Test
    void pagesGoOnWhereTheyEndedInBothDirections() {
        var first = page("first: 3");
        var second = page("first: 3, after: \"%s\"".formatted(first.text("orders", "pageInfo", "endCursor")));
        var back = page("last: 1, before: \"%s\"".formatted(second.text("orders", "pageInfo", "startCursor")));

        assertThat(names(first, "orders")).isEqualTo("dcb");
        assertThat(names(second, "orders")).isEqualTo("a");
        assertThat(names(back, "orders")).isEqualTo("b");
        assertThat(first.at("orders", "pageInfo", "hasNextPage").asBoolean()).isTrue();
        assertThat(second.at("orders", "pageInfo", "hasNextPage").asBoolean()).isFalse();
    }

    private static Answer page(String arguments) {
        return gateway.user(admin)
                .query(
                        "{ orders(%s, filter: { fabricId: \"%s\" }) { nodes { customerName } pageInfo { startCursor endCursor hasNextPage } } }"
                                .formatted(arguments, everywhere.globalId()))
                .ok();
    }

    private static String found(String filter, String sort) {
        return names("fabricId: \"%s\" %s".formatted(everywhere.globalId(), filter), sort);
    }

    private static String names(String filter, String sort) {
        var answer = gateway.user(admin)
                .query(
                        "{ orders(first: 50, filter: { %s } %s) { totalCount nodes { customerName } } }"
                                .formatted(filter, sort),
                        Map.of())
                .ok();
        assertThat(answer.at("orders", "totalCount").asInt())
                .isEqualTo(answer.at("orders", "nodes").size());
        return names(answer, "orders");
    }

    private static String names(Answer answer, Object... path) {
        var nodes = new java.util.ArrayList<Object>(List.of(path));
        nodes.add("nodes");
        return String.join("", answer.all("customerName", nodes.toArray()));
    }
}
