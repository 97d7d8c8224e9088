package dev.selvage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code first}, {@code after}, {@code last}, {@code before} and {@code totalCount} accept, at their bounds. */
class PageArgumentsTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String category = Given.unique("category");
    private static final int ITEMS = 7;
    private static final String LIST = """
            query ($first: Int, $after: String, $last: Int, $before: String, $filter: InventoryItemFilter,
                   $sort: InventoryItemSort, $max: Int = 10000) {
              inventoryItems(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) {
                nodes { name }
                edges { cursor }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                totalCount(max: $max)
              }
            }""";
    private static final Map<String, String> BY_NAME = Map.of("field", "NAME");

    @BeforeAll
    static void items() {
        var event = given.event("published");
        var consignor = given.consignor();
        for (int i = 1; i <= ITEMS; i++) {
            given.item(event, consignor, "approved", category, new BigDecimal("2.00"), "Item " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "first, -1, BAD_USER_INPUT",
        "first, -2147483648, BAD_USER_INPUT",
        "last, -1, BAD_USER_INPUT",
        "first, 101, LIMIT_EXCEEDED",
        "last, 101, LIMIT_EXCEEDED",
        "first, 2147483647, LIMIT_EXCEEDED",
        "max, -1, BAD_USER_INPUT",
        "max, 100001, BAD_USER_INPUT"
    })
    void aNumberOutOfBoundsIsRefused(String argument, int value, String code) {
        var answer = list(Map.of(argument, value));

        assertThat(answer.errorCodes()).containsExactly(code);
        assertThat(answer.body().path("errors").path(0).path("message").asString())
                .contains("`" + argument + "`");
    }

    @Test
    void aPageIsEitherTheFirstRowsOrTheLast() {
        assertThat(list(Map.of("first", 1, "last", 1)).errorCodes()).containsExactly("BAD_USER_INPUT");
    }

    @Test
    void oneHundredIsAsMuchAsAPageMayHave() {
        assertThat(names(list(Map.of("first", 100)).ok())).hasSize(ITEMS);
        assertThat(names(list(Map.of("last", 100)).ok())).hasSize(ITEMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "last"})
    void anEmptyPageSaysWhetherThereIsMore(String argument) {
        var answer = list(Map.of(argument, 0)).ok();

        assertThat(names(answer)).isEmpty();
        assertThat(answer.at("inventoryItems", "pageInfo", "startCursor").isNull())
                .isTrue();
        assertThat(answer.at("inventoryItems", "pageInfo", "endCursor").isNull())
                .isTrue();
        assertThat(pageInfo(answer, argument.equals("first") ? "hasNextPage" : "hasPreviousPage"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "6, 6", "7, 7", "8, 7", "100000, 7"})
    void theCountStopsAtItsMaximum(int max, int total) {
        assertThat(list(Map.of("first", 1, "max", max))
                        .ok()
                        .at("inventoryItems", "totalCount")
                        .asInt())
                .isEqualTo(total);
    }

    @Test
    void aMaximumThatIsNullIsTheUsualOne() {
        var variables = new HashMap<String, Object>();
        variables.put("max", null);

        assertThat(list(variables).ok().at("inventoryItems", "totalCount").asInt())
                .isEqualTo(ITEMS);
    }

    @Test
    void theFirstAndTheLastPageSayThatTheListEndsThere() {
        var first = list(Map.of("first", 3)).ok();
        var middle =
                list(Map.of("first", 3, "after", cursor(first, "endCursor"))).ok();
        var last =
                list(Map.of("first", 3, "after", cursor(middle, "endCursor"))).ok();

        assertThat(names(first)).containsExactly("Item 1", "Item 2", "Item 3");
        assertThat(names(middle)).containsExactly("Item 4", "Item 5", "Item 6");
        assertThat(names(last)).containsExactly("Item 7");
        assertThat(Stream.of(first, middle, last).map(page -> pageInfo(page, "hasNextPage")))
                .containsExactly(true, true, false);
        assertThat(Stream.of(first, middle, last).map(page -> pageInfo(page, "hasPreviousPage")))
                .containsExactly(false, true, true);
    }

    @Test
    void theSameHoldsFromTheEnd() {
        var last = list(Map.of("last", 3)).ok();
        var middle =
                list(Map.of("last", 3, "before", cursor(last, "startCursor"))).ok();
        var first =
                list(Map.of("last", 3, "before", cursor(middle, "startCursor"))).ok();

        assertThat(names(last)).containsExactly("Item 5", "Item 6", "Item 7");
        assertThat(names(middle)).containsExactly("Item 2", "Item 3", "Item 4");
        assertThat(names(first)).containsExactly("Item 1");
        assertThat(Stream.of(first, middle, last).map(page -> pageInfo(page, "hasNextPage")))
                .containsExactly(true, true, false);
        assertThat(Stream.of(first, middle, last).map(page -> pageInfo(page, "hasPreviousPage")))
                .containsExactly(false, true, true);
    }

    @Test
    void aPageThatEndsWithTheListIsTheLast() {
        assertThat(pageInfo(list(Map.of("first", ITEMS)).ok(), "hasNextPage")).isFalse();
        assertThat(pageInfo(list(Map.of("first", ITEMS - 1)).ok(), "hasNextPage"))
                .isTrue();
        assertThat(pageInfo(list(Map.of("last", ITEMS)).ok(), "hasPreviousPage"))
                .isFalse();
        assertThat(pageInfo(list(Map.of("last", ITEMS - 1)).ok(), "hasPreviousPage"))
                .isTrue();
    }

    @Test
    void betweenTwoCursorsAreTheRowsBetweenThem() {
        var cursors = list(Map.of()).ok().all("cursor", "inventoryItems", "edges");
        var ends = Map.of("after", cursors.get(1), "before", cursors.get(5));

        assertThat(names(list(ends).ok())).containsExactly("Item 3", "Item 4", "Item 5");
        assertThat(names(list(with(ends, "last", 2)).ok())).containsExactly("Item 4", "Item 5");
        assertThat(names(list(with(ends, "first", 2)).ok())).containsExactly("Item 3", "Item 4");
    }

    static Stream<UnaryOperator<String>> spoilt() {
        return Stream.of(
                cursor -> "",
                cursor -> " ",
                cursor -> "x".repeat(10 * 1024),
                cursor -> cursor.repeat(10),
                cursor -> cursor + "=",
                cursor -> cursor.substring(1),
                cursor -> cursor.substring(0, cursor.length() - 4),
                cursor -> flipped(cursor, 0),
                cursor -> flipped(cursor, cursor.length() / 2),
                cursor -> flipped(cursor, cursor.length() - 3),
                cursor -> "\u0000" + cursor,
                cursor -> of("inventoryItems", "{field: PRICE}"),
                cursor -> of("inventoryItems", "{field: CREATED_AT}"),
                cursor -> of("events", "{field: NAME}"));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void aCursorThatIsNotOfThisListAndSortIsRefused(UnaryOperator<String> spoil) {
        var cursor = spoil.apply(cursor(list(Map.of("first", 1)).ok(), "endCursor"));

        for (var argument : List.of("after", "before")) {
            var answer = list(Map.of(argument, cursor));
            assertThat(answer.errorCodes()).as("%s: %s", argument, cursor).containsExactly("INVALID_CURSOR");
        }
    }

    private static String flipped(String cursor, int place) {
        char other = cursor.charAt(place) == 'A' ? 'B' : 'A';
        return cursor.substring(0, place) + other + cursor.substring(place + 1);
    }

    private static String of(String field, String sort) {
        var query = "{ %s(first: 1, sort: %s) { pageInfo { endCursor } } }".formatted(field, sort);
        return gateway.anonymous().query(query).ok().text(field, "pageInfo", "endCursor");
    }

    private static Answer list(Map<String, ?> arguments) {
        var variables = new HashMap<String, Object>(Map.of("filter", Map.of("category", category), "sort", BY_NAME));
        variables.putAll(arguments);
        return gateway.anonymous().query(LIST, variables);
    }

    private static Map<String, Object> with(Map<String, String> arguments, String name, int value) {
        var all = new HashMap<String, Object>(arguments);
        all.put(name, value);
        return all;
    }

    private static List<String> names(Answer answer) {
        return answer.all("name", "inventoryItems", "nodes");
    }

    private static String cursor(Answer answer, String which) {
        return answer.text("inventoryItems", "pageInfo", which);
    }

    private static boolean pageInfo(Answer answer, String which) {
        return answer.at("inventoryItems", "pageInfo", which).asBoolean();
    }
}
