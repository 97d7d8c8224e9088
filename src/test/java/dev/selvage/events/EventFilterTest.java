package dev.selvage.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters and sorts of {@code Query.events}. */
class EventFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final String WORD = Given.unique("quilt");
    private static final Instant START = Instant.parse("2031-05-01T08:00:00.123456Z");
    private static final Given.Event published = given.event("published", WORD + " beta", START);
    private static final Given.Event draft = given.event("draft", WORD + " Alpha", START.plusSeconds(60));
    private static final Given.Event completed = given.event("completed", WORD + " gamma", START.minusSeconds(60));
    private static final Given.Event cancelled = given.event("cancelled", WORD + " Delta", START.plusSeconds(120));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUBLISHED | beta",
                "[PUBLISHED] | beta",
                "[DRAFT] | Alpha",
                "[COMPLETED, DRAFT] | gamma Alpha",
                "[DRAFT, DRAFT] | Alpha",
                "[DRAFT, PUBLISHED, CANCELLED, COMPLETED] | gamma beta Alpha Delta",
                "[] | ''",
                "null | gamma beta Alpha Delta"
            })
    void statusIsAnyOfTheWords(String status, String expected) {
        assertThat(found("status: " + status)).containsExactlyElementsOf(words(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gte: ~2031-05-01T08:00:00.123456Z~ | beta Alpha Delta",
                "gte: ~2031-05-01T08:00:00.123457Z~ | Alpha Delta",
                "lt: ~2031-05-01T08:00:00.123456Z~ | gamma",
                "lt: ~2031-05-01T08:00:00.123457Z~ | gamma beta",
                "gte: ~2031-05-01T08:00:00.123456Z~, lt: ~2031-05-01T08:00:00.123457Z~ | beta",
                "gte: ~2031-05-01T08:00:00.123456Z~, lt: ~2031-05-01T08:00:00.123456Z~ | ''",
                "gte: ~2031-05-01T10:00:00.123456+02:00~, lt: ~2031-04-30T22:00:00.123457-10:00~ | beta",
                "gte: null, lt: ~2031-05-01T08:00:00Z~ | gamma",
                "gte: ~2031-05-01T08:01:00Z~, lt: null | Alpha Delta",
                "gte: null, lt: null | gamma beta Alpha Delta",
                "gte: ~0001-01-01T00:00:00Z~, lt: ~9999-12-31T23:59:59Z~ | gamma beta Alpha Delta",
                "gte: ~0000-01-01T00:00:00Z~ | gamma beta Alpha Delta",
                "gte: ~9999-12-31T23:59:59-18:00~ | ''",
                "lt: ~9999-12-31T23:59:59.999999-18:00~ | gamma beta Alpha Delta",
                "lt: ~0000-01-01T00:00:00+18:00~ | ''"
            })
    void saleStartIsFromGteInclusiveToLtExclusive(String range, String expected) {
        assertThat(found("saleStart: { " + quoted(range) + " }")).containsExactlyElementsOf(words(expected));
    }

    @Test
    void anEmptyRangeAndExplicitNullsAreNoFilter() {
        assertThat(found("saleStart: {}")).hasSize(4);
        assertThat(found("saleStart: null, status: null")).hasSize(4);
        assertThat(page("{ events(first: 1, filter: null, sort: null) { nodes { id } } }")
                        .at("events", "nodes")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void filtersHoldTogether() {
        assertThat(found("status: [DRAFT, CANCELLED], saleStart: { lt: \"2031-05-01T08:02:00Z\" }"))
                .containsExactly("Alpha");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SALE_START | ASC | gamma beta Alpha Delta",
                "SALE_START | DESC | Delta Alpha beta gamma",
                "CREATED_AT | ASC | beta Alpha gamma Delta",
                "CREATED_AT | DESC | Delta gamma Alpha beta",
                "NAME | ASC | Alpha beta Delta gamma",
                "NAME | DESC | gamma Delta beta Alpha"
            })
    void sortsRunBothWaysAndNamesWithoutRegardToCase(String field, String direction, String expected) {
        assertThat(found("", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .containsExactlyElementsOf(words(expected));
    }

    @Test
    void withoutASortTheNextSaleComesFirstAndWithoutADirectionItAscends() {
        assertThat(found("")).containsExactly("gamma", "beta", "Alpha", "Delta");
        assertThat(found("", ", sort: { field: NAME }")).containsExactly("Alpha", "beta", "Delta", "gamma");
    }

    @Test
    void equalSortKeysAreOrderedByWhoCameFirst() {
        var word = Given.unique("twin");
        var twins = Stream.generate(() -> given.event("published", word, START))
                .limit(5)
                .toList();
        var ids = new ArrayList<>(twins.stream().map(Given.Event::globalId).toList());
        var query = "{ events(filter: { search: \"%s\" }, sort: { field: NAME, direction: %s }) { nodes { id } } }";

        assertThat(page(query.formatted(word, "ASC")).all("id", "events", "nodes"))
                .containsExactlyElementsOf(ids);
        assertThat(page(query.formatted(word, "DESC")).all("id", "events", "nodes"))
                .containsExactlyElementsOf(ids.reversed());
    }

    @Test
    void searchFindsWordsOfNameLocationAndDescriptionInTheirOtherForms() {
        assertThat(List.of(published, draft, completed, cancelled)).doesNotHaveDuplicates();
        assertThat(page("{ events(filter: { search: \"%s halls\" }) { totalCount } }".formatted(WORD))
                        .at("events", "totalCount")
                        .asInt())
                .isEqualTo(4);
    }

    private static List<String> found(String filter) {
        return found(filter, "");
    }

    private static List<String> found(String filter, String sort) {
        return page("{ events(first: 50, filter: { search: \"%s\" %s } %s) { totalCount nodes { name } } }"
                        .formatted(WORD, filter, sort))
                .all("name", "events", "nodes")
                .stream()
                .map(name -> name.substring(WORD.length() + 1))
                .toList();
    }

    private static Answer page(String query) {
        return gateway.user(admin).query(query).ok();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static String quoted(String text) {
        return text.replace('~', '"');
    }
}
