package dev.selvage.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code Query.order}, the type {@code Order} and its lines. */
class OrderTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.User buyer = given.user();
    private static final String ETSY = Given.unique("etsy");

    @Test
    void everyFieldIsTheColumnOfItsName() {
        var order = given.order(buyer, "pending", given.fabric());
        change(order, """
                customer_name = 'Ann Brook', customer_email = ' Ann@Example.com', discount = 2.5, shipping = 4.95, tax = 1,
                total_amount = 28.45, etsy_order_id = '%s', tracking_number = 'SLV 1', notes = 'Gift',
                shipping_address = '{"line1": "1 Main Street", "line2": "Apartment 2", "city": "Millbrook", "region": "OH",
                                     "postal_code": "44601", "country": "US"}',
                reserved_until = '2024-02-29T12:30:00Z', created_at = '2024-02-29T12:00:00.123456Z'
                """.formatted(ETSY));
        var answer = ask("""
                order(by: { id: "%s" }) { id version user { id } customerEmail customerName subtotal { amount } discount { amount }
                    shipping { amount } tax { amount } totalAmount { amount currency } status etsyOrderId
                    shippingAddress { line1 line2 city region postalCode country } trackingNumber notes reservedUntil createdAt }
                """.formatted(order.globalId()));

        assertThat(answer.at("order")).isEqualTo(json("""
                { "id": "%s", "version": 2, "user": { "id": "%s" }, "customerEmail": " Ann@Example.com",
                  "customerName": "Ann Brook", "subtotal": { "amount": "25.00" }, "discount": { "amount": "2.50" },
                  "shipping": { "amount": "4.95" }, "tax": { "amount": "1.00" },
                  "totalAmount": { "amount": "28.45", "currency": "USD" }, "status": "PENDING", "etsyOrderId": "%s",
                  "shippingAddress": { "line1": "1 Main Street", "line2": "Apartment 2", "city": "Millbrook", "region": "OH",
                                       "postalCode": "44601", "country": "US" },
                  "trackingNumber": "SLV 1", "notes": "Gift", "reservedUntil": "2024-02-29T12:30:00Z",
                  "createdAt": "2024-02-29T12:00:00.123456Z" }
                """.formatted(order.globalId(), buyer.globalId(), ETSY)));
    }

    @Test
    void whatIsNotKnownOfAGuestsOrderIsNull() {
        var order = given.guestOrder("guest@example.com", "delivered", given.fabric());
        change(order, "shipping_address = NULL");
        var answer = ask("""
                order(by: { id: "%s" }) { user { id } etsyOrderId shippingAddress { city } trackingNumber notes reservedUntil }
                """.formatted(order.globalId()));

        assertThat(answer.at("order")).isEqualTo(json("""
                { "user": null, "etsyOrderId": null, "shippingAddress": null, "trackingNumber": null, "notes": null,
                  "reservedUntil": null }
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {\"line1\":null,\"city\":null,\"postalCode\":null,\"country\":null}",
                "{\"line1\": null, \"city\": \"\"} | {\"line1\":null,\"city\":\"\",\"postalCode\":null,\"country\":null}",
                "{\"postal_code\": \"1\", \"postalCode\": \"2\"} | {\"line1\":null,\"city\":null,\"postalCode\":\"1\",\"country\":null}"
            })
    void anAddressMayBeKnownInPart(String stored, String told) {
        var order = given.guestOrder("guest@example.com", "delivered", given.fabric());
        change(order, "shipping_address = '" + stored + "'");

        assertThat(ask("order(by: { id: \"%s\" }) { shippingAddress { line1 city postalCode country } }"
                                .formatted(order.globalId()))
                        .at("order", "shippingAddress")
                        .toString())
                .isEqualTo(told);
    }

    @Test
    void anOrderIsFoundByIdByEtsyOrderAndAsANode() {
        var order = given.order(buyer, "delivered", given.fabric());
        var etsy = Given.unique("etsy");
        change(order, "etsy_order_id = '" + etsy + "'");
        var answer = ask("""
                a: order(by: { id: "%1$s" }) { id } b: order(by: { etsyOrderId: "%2$s" }) { id }
                c: order(by: { etsyOrderId: "%2$sx" }) { id } node(id: "%1$s") { __typename id }
                """.formatted(order.globalId(), etsy));

        assertThat(answer.text("a", "id")).isEqualTo(order.globalId());
        assertThat(answer.text("b", "id")).isEqualTo(order.globalId());
        assertThat(answer.at("c").isNull()).isTrue();
        assertThat(answer.text("node", "__typename")).isEqualTo("Order");
        assertThat(answer.statements()).isEqualTo(2);
    }

    @Test
    void linesStandInTheirOrderAndTellWhatWasPaidThen() {
        var first = given.fabric("First", "wool", new BigDecimal("0.10"));
        var second = given.fabric("Second", "wool", new BigDecimal("9999999.99"));
        var order = given.order(buyer, "delivered", first, second);
        gateway.database()
                .execute(
                        "selvage_owner",
                        "UPDATE fabrics SET name = 'Renamed', price = 99 WHERE id = '%s'".formatted(first.id()));
        change(order, """
                items = '[{ "kind": "fabric", "fabric_id": "%s", "name": "Second", "quantity": 3, "unit_price": 9999999.99 },
                          { "kind": "fabric", "fabric_id": "%s", "name": "First", "quantity": 7, "unit_price": 0.1 }]',
                subtotal = 30000000.67, total_amount = 30000000.67
                """.formatted(second.id(), first.id()));
        var answer = ask("""
                order(by: { id: "%s" }) { lines { name quantity unitPrice { amount currency } total { amount } subject { name } } }
                """.formatted(order.globalId()));

        assertThat(answer.at("order", "lines")).isEqualTo(json("""
                [{ "name": "Second", "quantity": 3, "unitPrice": { "amount": "9999999.99", "currency": "USD" },
                   "total": { "amount": "29999999.97" }, "subject": { "name": "Second" } },
                 { "name": "First", "quantity": 7, "unitPrice": { "amount": "0.10", "currency": "USD" },
                   "total": { "amount": "0.70" }, "subject": { "name": "Renamed" } }]
                """));
    }

    @Test
    void aLineLeadsToItsFabricOrItem() {
        var event = given.event("completed");
        var item = given.soldItem(event, given.consignor());
        var sold = given.orderOf(item);
        var fabric = given.fabric();
        var fabrics = given.order(buyer, "delivered", fabric);
        var answer = ask("""
                item: order(by: { id: "%s" }) { lines { subject { __typename id availableQuantity ... on InventoryItem { event { id } } } } }
                fabric: order(by: { id: "%s" }) { lines { subject { __typename id availableQuantity ... on Fabric { stockQuantity } } } }
                """.formatted(sold.globalId(), fabrics.globalId()));

        assertThat(answer.at("item", "lines", 0, "subject"))
                .isEqualTo(json("""
                { "__typename": "InventoryItem", "id": "%s", "availableQuantity": 0, "event": { "id": "%s" } }
                """.formatted(item.globalId(), event.globalId())));
        assertThat(answer.at("fabric", "lines", 0, "subject")).isEqualTo(json("""
                { "__typename": "Fabric", "id": "%s", "availableQuantity": 10, "stockQuantity": 10 }
                """.formatted(fabric.globalId())));
    }

    @Test
    void aLineOutlivesItsSubjectAndAnArchivedFabricIsStillShown() {
        var gone = given.fabric();
        var archived = given.fabric();
        var order = given.order(buyer, "delivered", gone, archived);
        gateway.database().execute("selvage_owner", """
                        DELETE FROM fabrics WHERE id = '%s';
                        UPDATE fabrics SET archived_at = now() WHERE id = '%s'
                        """.formatted(gone.id(), archived.id()));
        var lines = ask("order(by: { id: \"%s\" }) { lines { quantity subject { id } } }".formatted(order.globalId()))
                .at("order", "lines");

        assertThat(lines.path(0).toString()).isEqualTo("{\"quantity\":2,\"subject\":null}");
        assertThat(lines.path(1).path("subject").path("id").asString()).isEqualTo(archived.globalId());
    }

    @ParameterizedTest
    @CsvSource({"1", "100"})
    void anOrderOfOneLineOrAHundredTakesTwoStatements(int lines) {
        var fabrics =
                java.util.stream.Stream.generate(given::fabric).limit(lines).toArray(Given.Fabric[]::new);
        var order = given.order(buyer, "delivered", fabrics);
        var answer = gateway.user(buyer)
                .document("OrderWithLines", Map.of("id", order.globalId()))
                .ok();

        assertThat(answer.at("order", "lines").size()).isEqualTo(lines);
        assertThat(answer.at("order", "lines").valueStream())
                .allMatch(line -> line.path("subject").path("tags").isArray());
        assertThat(answer.statements()).isEqualTo(2);
    }

    private static Answer ask(String fields) {
        return gateway.user(admin).query("{ " + fields + " }").ok();
    }

    private static void change(Given.Order order, String values) {
        gateway.database()
                .execute("selvage_owner", "UPDATE orders SET %s WHERE id = '%s'".formatted(values, order.id()));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
