package dev.selvage.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders placed through the front door. */
final class PlacedOrders {
    static final String PAYLOAD = """
            { order { id version status reservedUntil trackingNumber totalAmount { amount } subtotal { amount }
                      lines { name quantity unitPrice { amount } total { amount } subject { id availableQuantity } }
                      user { id } shippingAddress { line1 line2 city region postalCode country } customerName }
              userErrors { __typename code message path
                ... on OutOfStock { available subject { id } }
                ... on VersionConflict { current { id ... on Order { version status } } }
                ... on TransitionBlocked { from to blockers { code message } } } }""";

    private static final String PLACE =
            "mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) " + PAYLOAD + " }";

    private final Gateway gateway;

    PlacedOrders(Gateway gateway) {
        this.gateway = gateway;
    }

    static Map<String, ?> line(Given.Fabric fabric, int units) {
        return Map.of("fabric", Map.of("id", fabric.globalId(), "quantity", units));
    }

    static Map<String, ?> line(Given.Item item) {
        return Map.of("inventoryItem", Map.of("id", item.globalId()));
    }

    static Map<String, Object> order(Object... lines) {
        return new HashMap<>(
                Map.of("customerName", "Ada", "customerEmail", "ada@example.com", "lines", List.of(lines)));
    }

    static Answer place(Caller caller, Map<String, ?> input) {
        return caller.query(PLACE, Map.of("input", input));
    }

    /** Whoever finds no connection is told to come again, and does. */
    static Answer placePatiently(Caller caller, Map<String, ?> input) {
        return Answer.patiently(() -> place(caller, input));
    }

    static String placed(Answer answer) {
        assertThat(answer.ok().at("placeOrder", "userErrors").toString()).isEqualTo("[]");
        return answer.text("placeOrder", "order", "id");
    }

    /** Nothing was placed, for this one reason. */
    static void refused(Answer answer, String code, @Nullable String... path) {
        answer.ok();
        assertThat(answer.at("placeOrder", "order").isNull()).isTrue();
        assertThat(answer.at("placeOrder", "userErrors").size())
                .as("%s", answer.body())
                .isEqualTo(1);
        assertThat(answer.text("placeOrder", "userErrors", 0, "code")).isEqualTo(code);
        assertThat(answer.at("placeOrder", "userErrors", 0, "path")
                        .valueStream()
                        .map(step -> step.asString()))
                .containsExactly(path);
    }

    int stock(Given.Fabric fabric) {
        return gateway.database()
                .query("SELECT stock_quantity FROM fabrics WHERE id = ?", row -> row.getInt(1), fabric.id())
                .getFirst();
    }

    String status(Given.Item item) {
        return gateway.database()
                .query("SELECT status FROM inventory_items WHERE id = ?", row -> row.getString(1), item.id())
                .getFirst();
    }

    void stock(Given.Fabric fabric, int units) {
        gateway.database()
                .execute(
                        "postgres",
                        "UPDATE fabrics SET stock_quantity = " + units + " WHERE id = '" + fabric.id() + "'");
    }

    static UUID key(String globalId) {
        return UUID.fromString(dev.selvage.kernel.GlobalId.parse(globalId).key());
    }
}
