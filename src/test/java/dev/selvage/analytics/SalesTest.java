package dev.selvage.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selvage.StartRefused;
import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Query.sales}, case by case and in UTC; {@link SalesPropertyTest} has the rule. */
class SalesTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Caller admin = gateway.user(given.admin());
    private static final Given.Event event = given.event("completed");

    /** In a year that no other test sells anything in. */
    @BeforeAll
    static void orders() {
        var item = given.soldItem(event, given.consignor());
        gateway.database().execute("selvage_owner", """
                INSERT INTO fabrics (id, name, category, price) VALUES ('00000000-0000-0000-0000-0000000000fa', 'Wool', 'wool', 8);
                INSERT INTO orders (customer_email, customer_name, status, created_at, items, subtotal, discount, shipping,
                                    total_amount)
                SELECT 'guest@example.com', 'Guest', status, at::timestamptz, to_jsonb(ARRAY[line::jsonb]), subtotal, 1, 5,
                       subtotal + 4
                  FROM (VALUES
                    ('pending', '1970-01-01 00:00Z', 9.90, '{"kind": "fabric",
                        "fabric_id": "00000000-0000-0000-0000-0000000000fa", "name": "Wool", "quantity": 3, "unit_price": 3.3}'),
                    ('delivered', '1970-01-04 23:59:59.999999Z', 0.01, '{"kind": "fabric",
                        "fabric_id": "00000000-0000-0000-0000-00000000dead", "name": "Gone", "quantity": 1, "unit_price": 0.01}'),
                    ('cancelled', '1970-01-02 12:00Z', 50, '{"kind": "fabric",
                        "fabric_id": "00000000-0000-0000-0000-0000000000fa", "name": "Wool", "quantity": 1, "unit_price": 50}'),
                    ('delivered', '1970-02-01 00:00Z', 12.5, '{"kind": "inventory_item",
                        "inventory_item_id": %d, "name": "Item", "quantity": 1, "unit_price": 12.5}')
                  ) sold (status, at, subtotal, line)
                """.formatted(item.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by: [] | [] 3 5 22.41",
                "by: DAY | [1970-01-01] 1 3 9.90, [1970-01-04] 1 1 0.01, [1970-02-01] 1 1 12.50",
                "by: WEEK | [1970-W01] 2 4 9.91, [1970-W05] 1 1 12.50",
                "by: MONTH | [1970-01] 2 4 9.91, [1970-02] 1 1 12.50",
                "by: CATEGORY | [toys] 1 1 12.50, [wool] 1 3 9.90, [null] 1 1 0.01",
                "by: SUBJECT_KIND | [FABRIC] 2 4 9.91, [INVENTORY_ITEM] 1 1 12.50",
                "by: EVENT | [EVENT] 1 1 12.50, [null] 2 4 9.91",
                "by: [EVENT, MONTH] | [EVENT, 1970-02] 1 1 12.50, [null, 1970-01] 2 4 9.91",
                "by: [MONTH, EVENT] | [1970-01, null] 2 4 9.91, [1970-02, EVENT] 1 1 12.50"
            })
    void linesAreGroupedByTheirKeys(String by, String expected) {
        assertThat(groups(sales("gte: \"1970-01-01\", lte: \"1970-12-31\"", by)))
                .isEqualTo(expected.replace("EVENT", event.globalId()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gte: \"1970-01-01\", lte: \"1970-01-01\" | [1970-01] 1 3 9.90",
                "gte: \"1970-01-02\", lte: \"1970-01-04\" | [1970-01] 1 1 0.01",
                "gte: \"1970-01-02\", lte: \"1970-01-03\" | ``",
                "gte: \"1970-01-05\", lte: \"1970-01-01\" | ``",
                "lte: \"1970-01-31\" | [1970-01] 2 4 9.91",
                "gte: \"0000-01-01\", lte: \"1970-01-31\" | [1970-01] 2 4 9.91",
                "gte: null, lte: \"1970-01-31\" | [1970-01] 2 4 9.91",
                "gte: \"9999-12-31\" | ``",
                "gte: \"9999-12-31\", lte: \"9999-12-31\" | ``"
            })
    void bothDaysOfARangeCountAndEitherMayBeMissing(String during, String expected) {
        assertThat(groups(sales(during, "by: MONTH"))).isEqualTo(expected);
    }

    @Test
    void withoutDimensionsThereIsAlwaysOneGroup() {
        assertThat(groups(sales("lte: \"1960-01-01\"", "by: []"))).isEqualTo("[] 0 0 0.00");
    }

    @Test
    void theRevenueIsInTheDeploymentsCurrency() {
        assertThat(sales("lte: \"1970-12-31\"", "by: []").text("sales", 0, "revenue", "currency"))
                .isEqualTo("USD");
    }

    @Test
    void sixDimensionsAreGroupedAndNotOneMore() {
        assertThat(sales("lte: \"1970-12-31\"", "by: [%s]".formatted(many(6)))
                        .ok()
                        .at("sales", 0, "key")
                        .size())
                .isEqualTo(6);
        var answer = sales("lte: \"1970-12-31\"", "by: [%s]".formatted(many(7)));
        assertThat(answer.errorCodes()).containsExactly("LIMIT_EXCEEDED");
        assertThat(answer.statements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "UTC+2", "+02:00", "SystemV/PST8", "europe/berlin", ""})
    void aTimeZoneThatIsNoneStopsTheStartAndSaysWhatToSet(String zone) {
        assertThatThrownBy(() -> Gateway.start(gateway.database(), "--gateway.time-zone=" + zone))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "Selvage needs gateway.time-zone (environment variable GATEWAY_TIMEZONE) to be the IANA name of a "
                                + "time zone, such as Europe/Berlin or UTC; \"%s\" is none.",
                        zone);
    }

    private static Answer sales(String during, String by) {
        return admin.query(
                "{ sales(during: { %s }, %s) { key orders units revenue { amount currency } } }".formatted(during, by));
    }

    private static String many(int times) {
        return String.join(", ", Collections.nCopies(times, "CATEGORY"));
    }

    /** As {@code [key] orders units revenue}. */
    private static String groups(Answer answer) {
        return answer.ok()
                .at("sales")
                .valueStream()
                .map(group -> List.copyOf(group.path("key")
                                .valueStream()
                                .map(entry -> entry.asString("null"))
                                .toList())
                        + " " + group.path("orders").asInt() + " "
                        + group.path("units").asInt() + " "
                        + group.path("revenue").path("amount").asString())
                .collect(Collectors.joining(", "));
    }
}
