package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many statements an operation takes depends on its shape and never on how many rows there are. */
class StatementCountTest {
    private static final Gateway gateway = Gateway.lenient();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.Event event = given.event("published");
    private static final Given.Consignor busy = given.consignor();

    /** A hundred of everything, and a hundred below one event and below one consignor. */
    @BeforeAll
    static void aHundredOfEverything() {
        gateway.database().execute("selvage_owner", """
                INSERT INTO users (email, name) SELECT 'crowd' || n || '@%1$d.example.com', 'Crowd' FROM generate_series(1, 100) n;
                INSERT INTO consignors (user_id, name, email)
                SELECT id, 'Crowd', email FROM users WHERE email LIKE 'crowd%%@%1$d.example.com';
                INSERT INTO events (name, location, drop_off_start, drop_off_end, start_date, end_date, pick_up_start,
                                    pick_up_end, max_consignors, status)
                SELECT 'Crowd', 'Hall', now(), now() + interval '1 day', now() + interval '2 days',
                       now() + interval '3 days', now() + interval '4 days', now() + interval '5 days', 1000, 'published'
                  FROM generate_series(1, 100);
                INSERT INTO event_registrations (event_id, consignor_id, status)
                SELECT %1$d, id, 'waitlisted' FROM consignors WHERE email LIKE 'crowd%%@%1$d.example.com';
                INSERT INTO event_registrations (event_id, consignor_id, status)
                SELECT id, %2$d, 'waitlisted' FROM events WHERE name = 'Crowd';
                INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, price, condition)
                SELECT %1$d, 'published', id, user_id, 'Crowd', 'toys', 5, 'good' FROM consignors
                 WHERE email LIKE 'crowd%%@%1$d.example.com';
                INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, price, condition)
                SELECT id, 'published', %2$d, '%3$s', 'Crowd', 'toys', 5, 'good' FROM events WHERE name = 'Crowd';
                INSERT INTO fabrics (name, category, price) SELECT 'Crowd', 'wool', 5 FROM generate_series(1, 100);
                INSERT INTO orders (user_id, customer_email, customer_name, items, subtotal, total_amount)
                SELECT '%3$s', 'crowd@example.com', 'Crowd',
                       jsonb_build_array(jsonb_build_object('kind', 'fabric', 'fabric_id', id, 'name', name, 'quantity', 1,
                                                            'unit_price', price)), price, price
                  FROM fabrics WHERE name = 'Crowd';
                """.formatted(
                        event.id(), busy.id(), busy.user().id()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void aRecordThatIsKnownAlreadyAddsNoStatementBelowIt(int size) {
        var answer = gateway.user(given.admin())
                .query("{ event(id: \"" + event.globalId() + "\") { name } consignors(first: " + size + ") { nodes {"
                        + " registrations(first: 50) { nodes { event { registrations(first: 3) { nodes { id } totalCount } } } }"
                        + " } } }");

        assertThat(answer.ok().statements()).isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | events(first: N) { nodes { name } }",
                "2 | events(first: N) { nodes { name } totalCount }",
                "2 | events(first: N) { nodes { registrations(first: 3) { nodes { status } } } }",
                "3 | events(first: N) { nodes { registrations(first: 3) { nodes { status } totalCount } } }",
                "2 | events(first: N) { nodes { inventoryItems(first: 3) { nodes { name } } } }",
                "2 | events(first: N) { nodes { viewerRegistration { status } } }",
                "1 | inventoryItems(first: N) { nodes { name } }",
                "2 | inventoryItems(first: N) { nodes { event { name } } }",
                "4 | inventoryItems(first: N) { nodes { event { name } consignor { name user { email } } } }",
                "1 | consignors(first: N) { nodes { name } }",
                "2 | consignors(first: N) { nodes { user { email } } }",
                "4 | consignors(first: N) { nodes { inventoryItems(first: 3) { nodes { name } totalCount } registrations(first: 3) { nodes { status } } } }",
                "1 | users(first: N) { nodes { email } }",
                "2 | users(first: N) { nodes { consignor { name } } }",
                "3 | users(first: N) { nodes { orders(first: 3) { nodes { status } totalCount } } }",
                "1 | fabrics(first: N) { nodes { name } }",
                "2 | fabrics(first: N) { nodes { orders(first: 3) { nodes { status } } } }",
                "3 | fabrics(first: N) { nodes { orders(first: 3) { nodes { status } totalCount } } }",
                "1 | orders(first: N) { nodes { customerName lines { name } } }",
                "3 | orders(first: N) { nodes { user { name } lines { subject { name } } } }",
                "3 | user(by: { id: \"CUSTOMER\" }) { orders(first: N) { nodes { lines { subject { name } } } } }",
                "4 | event(id: \"EVENT\") { registrations(first: N) { nodes { waitlistPosition consignor { name } } } }",
                "3 | event(id: \"EVENT\") { inventoryItems(first: N) { nodes { consignor { name } } } }",
                "3 | consignor(by: { id: \"BUSY\" }) { registrations(first: N) { nodes { event { name } } } }",
                "3 | consignor(by: { id: \"BUSY\" }) { inventoryItems(first: N) { nodes { event { name } } } }"
            })
    void aPageTakesTheSameStatementsForOneTenAndAHundredRows(int expected, String field) {
        for (int size : new int[] {1, 10, 100}) {
            var query = field.replace("first: N", "first: " + size)
                    .replace("EVENT", event.globalId())
                    .replace("BUSY", busy.globalId())
                    .replace("CUSTOMER", busy.user().globalId());
            var answer = gateway.user(admin).query("{ " + query + " }").ok();

            assertThat(answer.statements()).as("%d rows", size).isEqualTo(expected);
            assertThat(answer.body().toString().split("\\{\""))
                    .as("%d rows", size)
                    .hasSizeGreaterThan(size);
        }
    }

    @Test
    void aDozenAliasesOfOneLookUpCostOneStatement() {
        assertThat(aliases("event(id: \"%s\") { name }".formatted(event.globalId())))
                .isEqualTo(1);
        assertThat(aliases("consignor(by: { number: %d }) { name }".formatted(busy.number())))
                .isEqualTo(1);
        assertThat(aliases("consignor(by: { userId: \"%s\" }) { name }"
                        .formatted(busy.user().globalId())))
                .isEqualTo(1);
        assertThat(aliases("user(by: { email: \"%s\" }) { name }"
                        .formatted(busy.user().email())))
                .isEqualTo(1);
        assertThat(aliases("fabric(by: { etsyListingId: \"crowd\" }) { name }")).isEqualTo(1);
        assertThat(aliases("order(by: { etsyOrderId: \"crowd\" }) { customerName }"))
                .isEqualTo(1);
        assertThat(aliases("inventoryItem(by: { barcode: \"2000000000008\" }) { name }"))
                .isEqualTo(1);
        assertThat(aliases("node(id: \"%s\") { id }".formatted(busy.globalId())))
                .isEqualTo(1);
    }

    @Test
    void lookUpsOfDifferentRecordsOfATypeCostOneStatementTogether() {
        var events = IntStream.range(0, 12)
                .mapToObj(i -> "e%d: event(id: \"%s\") { name }"
                        .formatted(i, given.event("published").globalId()))
                .collect(Collectors.joining(" "));

        assertThat(gateway.anonymous().query("{ " + events + " }").ok().statements())
                .isEqualTo(1);
    }

    @Test
    void nodesOfSeveralTypesCostAStatementForEachType() {
        var ids = new String[] {event.globalId(), busy.globalId(), busy.user().globalId(), event.globalId()};
        var answer = gateway.user(admin).query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", Map.of("ids", ids));

        assertThat(answer.ok().statements()).isEqualTo(3);
    }

    @Test
    void whatNeedsNoRowCostsNothing() {
        assertThat(gateway.anonymous()
                        .query("{ __typename viewer { roles user { id } } }")
                        .ok()
                        .statements())
                .isZero();
        assertThat(gateway.anonymous()
                        .query("{ consignors { nodes { name } } users { nodes { id } } orders { nodes { id } } }")
                        .statements())
                .isZero();
    }

    private static int aliases(String field) {
        var dozen = IntStream.range(0, 12).mapToObj(i -> "a" + i + ": " + field).collect(Collectors.joining(" "));
        return gateway.user(admin).query("{ " + dozen + " }").ok().statements();
    }
}
