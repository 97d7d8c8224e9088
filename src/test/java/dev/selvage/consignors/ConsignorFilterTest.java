package dev.selvage.consignors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters and sorts of {@code Query.consignors}, and {@code Query.consignor} by number and user. */
class ConsignorFilterTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final String WORD = Given.unique("seamster");
    private static final List<Given.Consignor> consignors =
            Stream.generate(given::consignor).limit(3).toList();

    @BeforeAll
    static void details() {
        rename(0, "beta", "'email'", "000003");
        rename(1, "Alpha", "'phone'", "000001");
        rename(2, "gamma", "NULL", "000002");
    }

    private static void rename(int at, String name, String contact, String micros) {
        gateway.database().execute("selvage_owner", """
                UPDATE consignors
                   SET name = '%s %s', phone = '+14155550132', preferred_contact = %s,
                       created_at = '2020-01-01T00:00:00.%sZ'
                 WHERE id = %d
                """.formatted(
                        WORD, name, contact, micros, consignors.get(at).id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "preferredContact: EMAIL | beta",
                "preferredContact: PHONE | Alpha",
                "preferredContact: null | beta Alpha gamma",
                "createdAt: { gte: \"2020-01-01T00:00:00.000002Z\" } | beta gamma",
                "createdAt: { lt: \"2020-01-01T00:00:00.000002Z\" } | Alpha",
                "createdAt: { gte: \"2020-01-01T00:00:00.000002Z\", lt: \"2020-01-01T00:00:00.000003Z\" } | gamma",
                "createdAt: {} | beta Alpha gamma",
                "createdAt: null | beta Alpha gamma"
            })
    void aFilterKeepsWhatItNames(String filter, String expected) {
        assertThat(found(filter, "")).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, ASC, beta Alpha gamma",
        "NUMBER, DESC, gamma Alpha beta",
        "NAME, ASC, Alpha beta gamma",
        "NAME, DESC, gamma beta Alpha",
        "CREATED_AT, ASC, Alpha gamma beta",
        "CREATED_AT, DESC, beta gamma Alpha"
    })
    void sortsRunBothWays(String field, String direction, String expected) {
        assertThat(found("", ", sort: { field: %s, direction: %s }".formatted(field, direction)))
                .containsExactly(expected.split(" "));
    }

    @Test
    void aConsignorIsFoundByNumberAndByUser() {
        var consignor = consignors.getFirst();
        var answer = gateway.user(consignor.user())
                .query("{ a: consignor(by: { number: %d }) { id } b: consignor(by: { userId: \"%s\" }) { id } }"
                        .formatted(consignor.number(), consignor.user().globalId()))
                .ok();

        assertThat(answer.text("a", "id")).isEqualTo(consignor.globalId());
        assertThat(answer.text("b", "id")).isEqualTo(consignor.globalId());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "2147483647", "-2147483648"})
    void aNumberThatNobodyHasFindsNobody(int number) {
        assertThat(gateway.user(admin)
                        .query("{ consignor(by: { number: %d }) { id } }".formatted(number))
                        .ok()
                        .at("consignor")
                        .isNull())
                .isTrue();
    }

    private static List<String> found(String filter, String sort) {
        return gateway
                .user(admin)
                .query("{ consignors(filter: { search: \"%s\" %s } %s) { nodes { name } } }"
                        .formatted(WORD, filter, sort))
                .ok()
                .all("name", "consignors", "nodes")
                .stream()
                .map(name -> name.substring(WORD.length() + 1))
                .toList();
    }
}
