package dev.selvage.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers of the fabric shop and consignors of the sales are the same people, and their orders hold both kinds of goods. */
class AcrossBothSystemsTest {
    private static final Gateway gateway = Gateway.lenient();
    private static final Given given = new Given(gateway);
    private static final Given.User admin = given.admin();
    private static final Given.Consignor consignor = given.consignor();
    private static final Given.Event event = given.event("completed");
    private static final Given.Item item = given.soldItem(event, consignor);
    private static final Given.Order mixed = given.orderOf(item);
    private static final Given.Fabric fabric = given.fabric();
    private static final String CROWD = Given.unique("crowd");

    /** A hundred consignors who are customers too: six items and six orders each, of an item and two fabrics. */
    @BeforeAll
    static void everybodySellsAndBuys() {
        gateway.database().execute("selvage_owner", """
                UPDATE orders
                   SET user_id = '%1$s', subtotal = 25, total_amount = 25,
                       items = items || jsonb_build_array(jsonb_build_object('kind', 'fabric', 'fabric_id', '%2$s',
                                                                             'name', 'Fabric', 'quantity', 1, 'unit_price', 12.50))
                 WHERE id = '%3$s';
                INSERT INTO users (email, name, role) SELECT '%4$s' || n || '@example.com', '%4$s', 'user' FROM generate_series(1, 100) n;
                INSERT INTO consignors (user_id, name, email) SELECT id, name, email FROM users WHERE name = '%4$s';
                INSERT INTO fabrics (name, category, price, stock_quantity, tags)
                SELECT '%4$s', 'wool', n, 5, '["red"]' FROM generate_series(1, 12) n;
                INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, category, price, condition, status)
                SELECT %5$d, 'completed', consignor.id, user_id, '%4$s', 'toys', 5, 'good', 'returned'
                  FROM consignors consignor, generate_series(1, 6) WHERE name = '%4$s';
                INSERT INTO orders (user_id, customer_email, customer_name, items, subtotal, total_amount, status)
                SELECT item.user_id, 'crowd@example.com', '%4$s',
                       jsonb_build_array(
                           jsonb_build_object('kind', 'inventory_item', 'inventory_item_id', item.id, 'name', 'Item', 'quantity', 1, 'unit_price', 5),
                           jsonb_build_object('kind', 'fabric', 'fabric_id', one.id, 'name', 'One', 'quantity', 2, 'unit_price', 1),
                           jsonb_build_object('kind', 'fabric', 'fabric_id', two.id, 'name', 'Two', 'quantity', 1, 'unit_price', 3)),
                       10, 10, 'cancelled'
                  FROM inventory_items item
                  JOIN fabrics one ON one.name = '%4$s' AND one.price = 1 + item.id %% 6
                  JOIN fabrics two ON two.name = '%4$s' AND two.price = 7 + item.id %% 6
                 WHERE item.name = '%4$s'
                """.formatted(
                        consignor.user().id(), fabric.id(), mixed.id(), CROWD, event.id()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 20, 100})
    void whatCustomersConsignAndBuyTakesSevenStatementsWhateverTheSizes(int size) {
        var answer = ask("""
                users(first: %1$d, sort: { field: CREATED_AT, direction: DESC }) { nodes { name
                  consignor { name inventoryItems(first: 5) { nodes { name event { name } } } }
                  orders(first: 5) { nodes { totalAmount { amount } lines { quantity subject { name ... on Fabric { tags } } } } } } }
                """.formatted(size));

        assertThat(answer.at("users", "nodes").size()).isEqualTo(size);
        for (var user : answer.at("users", "nodes")) {
            assertThat(user.path("name").asString()).isEqualTo(CROWD);
            assertThat(user.path("consignor")
                            .path("inventoryItems")
                            .path("nodes")
                            .size())
                    .isEqualTo(5);
            assertThat(user.path("orders").path("nodes").size()).isEqualTo(5);
            var lines = user.path("orders").path("nodes").path(4).path("lines");
            assertThat(lines.path(0).path("subject").path("name").asString()).isEqualTo(CROWD);
            assertThat(lines.path(2).path("subject").path("tags").toString()).isEqualTo("[\"red\"]");
        }
        assertThat(answer.statements()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void theTotalsOfEveryUsersPagesTakeOneStatementEach(int size) {
        var answer = ask("""
                users(first: %d, sort: { field: CREATED_AT, direction: DESC }) { nodes { orders(first: 1) { totalCount } } }
                """.formatted(size));

        assertThat(answer.at("users", "nodes").size()).isEqualTo(size);
        assertThat(answer.at("users", "nodes", 0, "orders", "totalCount").asInt())
                .isEqualTo(6);
        assertThat(answer.statements()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void theOrdersOfAPageOfFabricsTakeOneStatement(int size) {
        var answer = ask("""
                fabrics(first: %d, sort: { field: CREATED_AT, direction: DESC }) { nodes { orders(first: 3) { nodes { customerName user { name } } } } }
                """.formatted(size));

        assertThat(answer.at("fabrics", "nodes", 0, "orders", "nodes", 2, "user", "name")
                        .asString())
                .isEqualTo(CROWD);
        assertThat(answer.statements()).isEqualTo(3);
    }

    @Test
    void anItemLeadsToItsOrderAndTheOrderToItsItemFabricAndBuyer() {
        var answer = ask("""
                inventoryItem(by: { id: "%s" }) { order { id user { id consignor { id } }
                    lines { quantity subject { id ... on InventoryItem { order { id } consignor { id } } ... on Fabric { orders { nodes { id } } } } } } }
                """.formatted(item.globalId()));
        var order = answer.at("inventoryItem", "order");

        assertThat(order.path("id").asString()).isEqualTo(mixed.globalId());
        assertThat(order.path("user").path("id").asString())
                .isEqualTo(consignor.user().globalId());
        assertThat(order.path("user").path("consignor").path("id").asString()).isEqualTo(consignor.globalId());
        var first = order.path("lines").path(0).path("subject");
        assertThat(first.path("id").asString()).isEqualTo(item.globalId());
        assertThat(first.path("order").path("id").asString()).isEqualTo(mixed.globalId());
        assertThat(first.path("consignor").path("id").asString()).isEqualTo(consignor.globalId());
        var second = order.path("lines").path(1).path("subject");
        assertThat(second.path("id").asString()).isEqualTo(fabric.globalId());
        assertThat(second.path("orders").path("nodes").path(0).path("id").asString())
                .isEqualTo(mixed.globalId());
    }

    @Test
    void anItemThatNobodyBoughtHasNoOrder() {
        var offered = given.item(given.event("published"), consignor, "approved");

        assertThat(ask("inventoryItem(by: { id: \"%s\" }) { order { id } }".formatted(offered.globalId()))
                        .at("inventoryItem", "order")
                        .isNull())
                .isTrue();
    }

    @Test
    void aUserIsAConsignorOrIsNot() {
        var answer = ask("""
                a: user(by: { id: "%s" }) { consignor { number user { id } } } b: user(by: { id: "%s" }) { consignor { number } }
                """.formatted(consignor.user().globalId(), admin.globalId()));

        assertThat(answer.at("a", "consignor", "number").asInt()).isEqualTo(consignor.number());
        assertThat(answer.text("a", "consignor", "user", "id"))
                .isEqualTo(consignor.user().globalId());
        assertThat(answer.at("b", "consignor").isNull()).isTrue();
    }

    private static Answer ask(String field) {
        return gateway.user(admin).query("{ " + field + " }").ok();
    }
}
