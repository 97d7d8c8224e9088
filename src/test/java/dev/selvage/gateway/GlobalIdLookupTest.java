package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records by their global ids. */
class GlobalIdLookupTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.Event event = given.event("published");
    private static final Given.Consignor consignor = given.consignor();
    private static final Given.Item item = given.item(event, consignor, "approved");
    private static final Given.Fabric fabric = given.fabric();
    private static final Given.Order order = given.order(consignor.user(), "delivered", fabric);
    private static final Given.Registration registration = given.registration(event, consignor, "registered");
    private static final Given.CalendarEntry entry = given.calendarEntry(consignor.user(), "Entry", null);
    private static final Given.Metric metric =
            given.metric(Given.unique("metric"), LocalDate.of(2024, 1, 1), null, "1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node(id: $id) { id }",
                "nodes(ids: [$id]) { id }",
                "event(id: $id) { id }",
                "inventoryItem(by: { id: $id }) { id }",
                "consignor(by: { id: $id }) { id }",
                "consignor(by: { userId: $id }) { id }",
                "user(by: { id: $id }) { id }",
                "fabric(by: { id: $id }) { id }",
                "order(by: { id: $id }) { id }",
                "calendarEntry(id: $id) { id }",
                "orders(filter: { fabricId: $id }) { nodes { id } }",
                "inventoryItems(filter: { eventId: $id }) { nodes { id } }",
                "inventoryItems(filter: { consignorId: $id }) { nodes { id } }"
            })
    void whatIsNoIdIsBadInputWhereverIdsAreTaken(String field) {
        for (var id : List.of("", "1", "Event:1", "RXZlbnQ6MQ==", "RXZlbnQ6MQ \n", "é", "A".repeat(5_000))) {
            var answer = ask(field, id);

            assertThat(answer.errorCodes()).as("%s %s", field, id).containsExactly("BAD_USER_INPUT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Event, 0",
        "Event, -1",
        "Event, 1e9",
        "User, 1",
        "Fabric, 1",
        "Order, x",
        "OrderLine, 1",
        "CalendarEntry, 1",
        "Metric, x",
        "Engagement, 1",
        "Nothing, 1",
        "Query, 1",
        "Money, 1"
    })
    void anIdOfWhatCannotExistIsBadInput(String type, String key) {
        assertThat(ask("node(id: $id) { id }", GlobalId.of(type, key)).errorCodes())
                .containsExactly("BAD_USER_INPUT");
    }

    @Test
    void anIdOfAnotherTypeFindsNothing() {
        assertThat(ask("event(id: $id) { id }", item.globalId())
                        .ok()
                        .at("event")
                        .isNull())
                .isTrue();
        assertThat(ask("inventoryItem(by: { id: $id }) { id }", event.globalId())
                        .ok()
                        .at("inventoryItem")
                        .isNull())
                .isTrue();
        assertThat(ask("consignor(by: { id: $id }) { id }", event.globalId())
                        .ok()
                        .at("consignor")
                        .isNull())
                .isTrue();
        assertThat(ask("consignor(by: { userId: $id }) { id }", consignor.globalId())
                        .ok()
                        .at("consignor")
                        .isNull())
                .isTrue();
        assertThat(ask("fabric(by: { id: $id }) { id }", order.globalId())
                        .ok()
                        .at("fabric")
                        .isNull())
                .isTrue();
        assertThat(ask("order(by: { id: $id }) { id }", fabric.globalId())
                        .ok()
                        .at("order")
                        .isNull())
                .isTrue();
        assertThat(ask("calendarEntry(id: $id) { id }", metric.globalId())
                        .ok()
                        .at("calendarEntry")
                        .isNull())
                .isTrue();
        assertThat(ask("user(by: { id: $id }) { id }", consignor.globalId())
                        .ok()
                        .at("user")
                        .isNull())
                .isTrue();
    }

    @Test
    void nodesKeepTheOrderOfTheirIdsWithDoublesAndGaps() {
        var missing = new Given.Event(Long.MAX_VALUE).globalId();
        var ids = List.of(
                item.globalId(),
                event.globalId(),
                missing,
                consignor.globalId(),
                event.globalId(),
                registration.globalId(),
                order.globalId(),
                fabric.globalId(),
                metric.globalId(),
                entry.globalId(),
                consignor.user().globalId(),
                item.globalId());
        var answer = nodes(ids).ok();

        assertThat(answer.all("id", "nodes"))
                .containsExactlyElementsOf(
                        ids.stream().map(id -> id.equals(missing) ? "" : id).toList());
        assertThat(answer.all("__typename", "nodes"))
                .containsExactly(
                        "InventoryItem",
                        "Event",
                        "",
                        "Consignor",
                        "Event",
                        "Registration",
                        "Order",
                        "Fabric",
                        "Metric",
                        "CalendarEntry",
                        "User",
                        "InventoryItem");
    }

    @Test
    void nodesAnswersAHundredIdsAndRefusesOneMore() {
        assertThat(nodes(List.of()).ok().at("nodes").size()).isZero();
        assertThat(nodes(Collections.nCopies(100, event.globalId()))
                        .ok()
                        .at("nodes")
                        .size())
                .isEqualTo(100);
        assertThat(nodes(Collections.nCopies(101, event.globalId())).errorCodes())
                .containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    void aByWithoutOrWithTwoKeysIsRefused() {
        for (var by : List.<Map<String, Object>>of(Map.of(), Map.of("id", event.globalId(), "number", 1))) {
            assertThat(gateway.user(admin)
                            .query("query ($by: ConsignorBy!) { consignor(by: $by) { id } }", Map.of("by", by))
                            .errorCodes())
                    .containsExactly("BAD_USER_INPUT");
        }
    }

    private static Answer ask(String field, String id) {
        return gateway.user(admin).query("query ($id: ID!) { " + field + " }", Map.of("id", id));
    }

    private static Answer nodes(List<String> ids) {
        return gateway.user(admin)
                .query("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", Map.of("ids", ids));
    }
}
