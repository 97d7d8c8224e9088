package dev.selvage.orders;

import static dev.selvage.orders.PlacedOrders.line;
import static dev.selvage.orders.PlacedOrders.order;
import static dev.selvage.orders.PlacedOrders.place;
import static dev.selvage.orders.PlacedOrders.placed;
import static dev.selvage.orders.PlacedOrders.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an order that somebody places. */
class PlaceOrderTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final PlacedOrders orders = new PlacedOrders(gateway);
    private static final Caller guest = gateway.anonymous();

    private final Given.Fabric fabric = given.fabric();
    private final Given.Consignor consignor = given.consignor();

    private Given.Item item(Instant saleStart, String status) {
        return given.item(given.event("published", Given.unique("Sale"), saleStart), consignor, status);
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    @Test
    void takesStockAndItemsAtTheShopsPricesAndIsSeenByTheGuestWhoPlacedIt() {
        var item = item(anHourAgo(), "approved");
        var input = order(line(fabric, 3), line(item));
        input.put(
                "shippingAddress",
                Map.of("line1", " 1 Mill Lane ", "city", "Millbrook", "postalCode", "12545", "country", "US"));

        var answer = place(guest, input);

        var id = placed(answer);
        var order = answer.at("placeOrder", "order");
        assertThat(order.path("status").asString()).isEqualTo("PENDING");
        assertThat(order.path("totalAmount").path("amount").asString()).isEqualTo("50.00");
        assertThat(order.path("lines").toString())
                .contains("\"quantity\":3,\"unitPrice\":{\"amount\":\"12.50\"},\"total\":{\"amount\":\"37.50\"}")
                .contains("\"availableQuantity\":7")
                .contains("\"availableQuantity\":0");
        assertThat(order.path("shippingAddress").toString())
                .isEqualTo("{\"line1\":\"1 Mill Lane\",\"line2\":null,\"city\":\"Millbrook\",\"region\":null,"
                        + "\"postalCode\":\"12545\",\"country\":\"US\"}");
        assertThat(Instant.parse(order.path("reservedUntil").asString()))
                .isBetween(Instant.now().plusSeconds(29 * 60), Instant.now().plusSeconds(31 * 60));
        assertThat(order.path("user").isNull()).isTrue();
        assertThat(orders.stock(fabric)).isEqualTo(7);
        assertThat(orders.status(item)).isEqualTo("sold");
        // Afterwards nobody without a name sees it.
        var later = guest.query("query ($id: ID!) { order(by: { id: $id }) { id } }", Map.of("id", id));
        assertThat(later.ok().at("order").isNull()).isTrue();
    }

    @Test
    void belongsToWhoeverIsSignedIn() {
        var user = given.user();

        var answer = place(gateway.user(user), order(line(fabric, 1)));

        placed(answer);
        assertThat(answer.text("placeOrder", "order", "user", "id")).isEqualTo(user.globalId());
    }

    @Test
    void isPlacedByAnIntegratorForSomebodyWithoutAName() {
        var answer = place(gateway.integrator("write:orders"), order(line(fabric, 1)));
        placed(answer);
        assertThat(answer.at("placeOrder", "order", "user").isNull()).isTrue();
        // Also by one that reads no orders.
        placed(place(gateway.integrator("read:inventory"), order(line(fabric, 1))));
    }

    @Test
    void isSeenAgainByTheGuestWhoSendsItAgainUnderItsKey() {
        var key = UUID.randomUUID();
        var place = "mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) @idempotent(key: \"" + key + "\") "
                + PlacedOrders.PAYLOAD + " }";
        var input = Map.of("input", order(line(fabric, 2)));

        var first = guest.query(place, input);
        var again = guest.query(place, input);

        assertThat(again.body().toString()).isEqualTo(first.body().toString());
        placed(first);
        assertThat(orders.stock(fabric)).isEqualTo(8);
        var withoutUuid = guest.query(place.replace(key.toString(), "key"), input);
        assertThat(withoutUuid.errorCodes()).containsExactly("BAD_USER_INPUT");
        // Somebody else's input is somebody else's order, whatever their key.
        placed(guest.query(place, Map.of("input", order(line(fabric, 1)))));
        assertThat(orders.stock(fabric)).isEqualTo(7);
    }

    @Test
    void twoOfOneRequestAreTwoOrders() {
        var answer = guest.query(
                "mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } }"
                        + " other: placeOrder(input: $input) { order { id lines { subject { id } } } userErrors { code } } }",
                Map.of("input", order(line(fabric, 1))));

        assertThat(answer.ok().text("placeOrder", "order", "id")).isNotEqualTo(answer.text("other", "order", "id"));
        assertThat(orders.stock(fabric)).isEqualTo(8);
    }

    @Test
    void isRefusedWholeWithAReasonForEachLineThatCannotBeHad() {
        var other = given.fabric();
        var sold = item(anHourAgo(), "approved");
        placed(place(guest, order(line(sold))));

        var answer = place(guest, order(line(fabric, 11), line(other, 1), line(sold)));

        var errors = answer.ok().at("placeOrder", "userErrors");
        assertThat(errors.size()).isEqualTo(2);
        assertThat(errors.path(0).path("code").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(errors.path(0).path("available").asInt()).isEqualTo(10);
        assertThat(errors.path(0).path("path").toString()).isEqualTo("[\"input\",\"lines\",\"0\",\"fabric\",\"id\"]");
        assertThat(errors.path(1).path("code").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(errors.path(1).path("subject").path("id").asString()).isEqualTo(sold.globalId());
        assertThat(errors.path(1).path("path").toString())
                .isEqualTo("[\"input\",\"lines\",\"2\",\"inventoryItem\",\"id\"]");
        assertThat(orders.stock(fabric)).isEqualTo(10);
        assertThat(orders.stock(other)).isEqualTo(10);
    }

    @Test
    void theLastUnitsCanBeHadAndNotOneMore() {
        refused(place(guest, order(line(fabric, 11))), "OUT_OF_STOCK", "input", "lines", "0", "fabric", "id");
        placed(place(guest, order(line(fabric, 10))));
        assertThat(orders.stock(fabric)).isZero();
    }

    @Test
    void itemsAreSoldWhileTheSaleIsOpenAndBeforeItByTheShopOnly() {
        var early = item(Instant.now().plus(Duration.ofHours(1)), "approved");
        var late = item(Instant.now().minus(Duration.ofHours(25)), "approved");
        var path = new String[] {"input", "lines", "0", "inventoryItem", "id"};

        refused(place(guest, order(line(early))), "WINDOW_CLOSED", path);
        refused(place(gateway.user(given.user()), order(line(early))), "WINDOW_CLOSED", path);
        refused(place(gateway.integrator("read:inventory"), order(line(early))), "WINDOW_CLOSED", path);
        refused(place(gateway.user(given.admin()), order(line(late))), "WINDOW_CLOSED", path);
        placed(place(gateway.user(given.admin()), order(line(early))));
        placed(place(
                gateway.integrator("write:orders"),
                order(line(item(Instant.now().plus(Duration.ofHours(1)), "approved")))));
    }

    @ParameterizedTest
    @CsvSource({
        "pending, NOT_FOUND, TRANSITION_BLOCKED",
        "rejected, NOT_FOUND, TRANSITION_BLOCKED",
        "returned, NOT_FOUND, TRANSITION_BLOCKED"
    })
    void anItemThatIsNotOnOfferIsThereOnlyForThoseWhoSeeIt(String status, String toOthers, String toItsOwner) {
        var item = item(anHourAgo(), status);
        var path = new String[] {"input", "lines", "0", "inventoryItem", "id"};

        refused(place(guest, order(line(item))), toOthers, path);
        refused(place(gateway.user(consignor.user()), order(line(item))), toItsOwner, path);
    }

    @Test
    void anItemIsBoughtByItsBarcode() {
        var item = item(anHourAgo(), "approved");
        var barcode = gateway.database()
                .query("SELECT barcode FROM inventory_items WHERE id = ?", row -> row.getString(1), item.id())
                .getFirst();
        var byBarcode = Map.of("inventoryItem", Map.of("barcode", barcode));

        refused(
                place(guest, order(line(item), byBarcode)),
                "INVALID",
                "input",
                "lines",
                "1",
                "inventoryItem",
                "barcode");
        placed(place(guest, order(byBarcode)));
        assertThat(orders.status(item)).isEqualTo("sold");
        refused(
                place(guest, order(Map.of("inventoryItem", Map.of("barcode", "nothing")))),
                "NOT_FOUND",
                "input",
                "lines",
                "0",
                "inventoryItem",
                "barcode");
    }

    @Test
    void aSubjectStandsInOneLine() {
        refused(
                place(guest, order(line(fabric, 1), line(fabric, 1))),
                "INVALID",
                "input",
                "lines",
                "1",
                "fabric",
                "id");
    }

    @Test
    void hasOneToAHundredLines() {
        refused(place(guest, order()), "REQUIRED", "input", "lines");
        var lines = new ArrayList<Map<String, ?>>();
        for (int i = 0; i < 100; i++) {
            lines.add(line(given.fabric(), 1));
        }
        placed(place(guest, order(lines.toArray())));
        lines.add(line(fabric, 1));
        refused(place(guest, order(lines.toArray())), "TOO_LONG", "input", "lines");
    }

    @Test
    void whatIsNoFabricOrNoItemIsNotFound() {
        refused(
                place(guest, order(line(new Given.Fabric(new UUID(1, 1)), 1))),
                "NOT_FOUND",
                "input",
                "lines",
                "0",
                "fabric",
                "id");
        refused(
                place(guest, order(Map.of("fabric", Map.of("id", consignor.globalId(), "quantity", 1)))),
                "NOT_FOUND",
                "input",
                "lines",
                "0",
                "fabric",
                "id");
        refused(
                place(guest, order(Map.of("inventoryItem", Map.of("id", fabric.globalId())))),
                "NOT_FOUND",
                "input",
                "lines",
                "0",
                "inventoryItem",
                "id");
    }

    @Test
    void anArchivedFabricIsNotSold() {
        gateway.database()
                .execute("postgres", "UPDATE fabrics SET archived_at = now() WHERE id = '" + fabric.id() + "'");
        refused(place(guest, order(line(fabric, 1))), "TRANSITION_BLOCKED", "input", "lines", "0", "fabric", "id");
    }

    @Test
    void costsAtMostWhatCanBeWrittenDown() {
        var dear = given.fabric(Given.unique("Silk"), "silk", new BigDecimal("9999999999.99"));
        refused(place(guest, order(line(dear, 2))), "OUT_OF_RANGE", "input", "lines");
        placed(place(guest, order(line(dear, 1))));
        refused(
                place(guest, order(line(fabric, 1_000_000))),
                "OUT_OF_RANGE",
                "input",
                "lines",
                "0",
                "fabric",
                "quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"customerName", "notes"})
    void textsHaveTheirLimits(String field) {
        var input = order(line(fabric, 1));
        int most = field.equals("notes") ? 4000 : 200;
        input.put(field, "x".repeat(most + 1));
        refused(place(guest, input), "TOO_LONG", "input", field);
        assertThat(orders.stock(fabric)).isEqualTo(10);
        input.put(field, "x".repeat(most));
        placed(place(guest, input));
    }

    @Test
    void anAddressIsWholeAndOfSomeLength() {
        var address = new HashMap<String, Object>(
                Map.of("line1", "1 Mill Lane", "city", "Millbrook", "postalCode", "12545", "country", "US"));
        var input = order(line(fabric, 1));
        input.put("shippingAddress", address);
        address.put("city", " ");
        refused(place(guest, input), "REQUIRED", "input", "shippingAddress", "city");
        address.put("city", "x".repeat(201));
        refused(place(guest, input), "TOO_LONG", "input", "shippingAddress", "city");
        address.put("city", "x".repeat(200));
        placed(place(guest, input));
    }

    @Test
    void aDryRunTakesNothing() {
        var answer = guest.query(
                "mutation ($input: PlaceOrderInput!) @dryRun { placeOrder(input: $input) " + PlacedOrders.PAYLOAD
                        + " }",
                Map.of("input", order(line(fabric, 4))));

        placed(answer);
        assertThat(answer.at("placeOrder", "order", "lines", 0, "subject", "availableQuantity")
                        .asInt())
                .isEqualTo(6);
        assertThat(orders.stock(fabric)).isEqualTo(10);
    }

    @Test
    void theTotalHoldsToTheCent() {
        var random = new Random(20261126);
        for (int i = 0; i < 50; i++) {
            var lines = new ArrayList<Map<String, ?>>();
            var expected = new BigDecimal("0.00");
            for (int line = 1 + random.nextInt(8); line > 0; line--) {
                var price = BigDecimal.valueOf(random.nextLong(random.nextBoolean() ? 100 : 1_000_000_00), 2);
                int units = 1 + random.nextInt(10);
                lines.add(line(given.fabric(Given.unique("Fabric"), "cotton", price), units));
                expected = expected.add(price.multiply(BigDecimal.valueOf(units)));
            }

            var answer = place(guest, order(lines.toArray()));

            placed(answer);
            assertThat(answer.text("placeOrder", "order", "totalAmount", "amount"))
                    .isEqualTo(expected.toPlainString());
        }
    }
}
