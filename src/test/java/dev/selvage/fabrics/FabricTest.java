package dev.selvage.fabrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code Query.fabric} and the type {@code Fabric}. */
class FabricTest {
    private static final Gateway gateway = Gateway.running();
    private static final Given given = new Given(gateway);
    private static final String LISTING = Given.unique("etsy");
    private static final Given.Fabric fabric = given.fabric("Harbour stripe", "cotton", new BigDecimal("12.50"));

    static {
        gateway.database().execute("selvage_owner", """
                UPDATE fabrics
                   SET description = 'Narrow stripes', subcategory = 'poplin', weight = 110.5, width = 140,
                       composition = '100%% cotton', care_instructions = 'Cold', images = '["https://example.com/a b.jpg"]',
                       tags = '["blue \\"navy\\"", "stripe"]', etsy_listing_id = '%s',
                       created_at = '2024-02-29T12:00:00.123456Z'
                 WHERE id = '%s'
                """.formatted(LISTING, fabric.id()));
    }

    @Test
    void everyFieldIsTheColumnOfItsName() {
        var answer = gateway.anonymous().query("""
                        { fabric(by: { id: "%s" }) { id version name description category subcategory price { amount currency }
                            availableQuantity weight width composition careInstructions inStock stockQuantity images tags
                            etsyListingId archivedAt createdAt } }
                        """.formatted(fabric.globalId())).ok();

        assertThat(answer.at("fabric"))
                .isEqualTo(JsonMapper.shared().readTree("""
                { "id": "%s", "version": 2, "name": "Harbour stripe", "description": "Narrow stripes", "category": "cotton",
                  "subcategory": "poplin", "price": { "amount": "12.50", "currency": "USD" }, "availableQuantity": 10,
                  "weight": "110.50", "width": "140.00", "composition": "100%% cotton", "careInstructions": "Cold",
                  "inStock": true, "stockQuantity": 10, "images": ["https://example.com/a b.jpg"],
                  "tags": ["blue \\"navy\\"", "stripe"], "etsyListingId": "%s", "archivedAt": null,
                  "createdAt": "2024-02-29T12:00:00.123456Z" }
                """.formatted(fabric.globalId(), LISTING)));
    }

    @Test
    void whatTheShopDoesNotKnowOfAFabricIsNullAndListsAreEmpty() {
        var bare = gateway.anonymous()
                .query("""
                        { fabric(by: { id: "%s" }) { description subcategory weight width composition careInstructions
                            etsyListingId archivedAt images tags } }
                        """.formatted(given.fabric().globalId()))
                .ok();

        assertThat(bare.at("fabric")).isEqualTo(JsonMapper.shared().readTree("""
                { "description": null, "subcategory": null, "weight": null, "width": null, "composition": null,
                  "careInstructions": null, "etsyListingId": null, "archivedAt": null, "images": [], "tags": [] }
                """));
    }

    @Test
    void anArchivedFabricKeepsItsStockAndCannotBeOrdered() {
        var archived = given.fabric();
        gateway.database()
                .execute("selvage_owner", "UPDATE fabrics SET archived_at = now() WHERE id = '" + archived.id() + "'");
        var answer =
                gateway.anonymous().query("""
                        { fabric(by: { id: "%s" }) { archivedAt stockQuantity inStock availableQuantity
                            ... on Purchasable { available: availableQuantity } } }
                        """.formatted(archived.globalId())).ok();

        assertThat(answer.text("fabric", "archivedAt")).isNotEmpty();
        assertThat(answer.at("fabric", "stockQuantity").asInt()).isEqualTo(10);
        assertThat(answer.at("fabric", "inStock").asBoolean()).isTrue();
        assertThat(answer.at("fabric", "availableQuantity").asInt(-1)).isZero();
        assertThat(answer.at("fabric", "available").asInt(-1)).isZero();
    }

    @Test
    void aSoldOutFabricIsNotInStock() {
        var soldOut = given.fabric();
        gateway.database()
                .execute("selvage_owner", "UPDATE fabrics SET stock_quantity = 0 WHERE id = '" + soldOut.id() + "'");
        var answer = gateway.anonymous()
                .query("{ fabric(by: { id: \"%s\" }) { inStock availableQuantity stockQuantity } }"
                        .formatted(soldOut.globalId()))
                .ok();

        assertThat(answer.at("fabric").toString())
                .isEqualTo("{\"inStock\":false,\"availableQuantity\":0,\"stockQuantity\":0}");
    }

    @Test
    void aFabricIsFoundByIdByEtsyListingAndAsANode() {
        var answer = gateway.anonymous()
                .query("""
                        { a: fabric(by: { id: "%1$s" }) { id } b: fabric(by: { etsyListingId: "%2$s" }) { id }
                          node(id: "%1$s") { __typename id ... on Purchasable { name price { amount } } } }
                        """.formatted(fabric.globalId(), LISTING))
                .ok();

        assertThat(answer.text("a", "id")).isEqualTo(fabric.globalId());
        assertThat(answer.text("b", "id")).isEqualTo(fabric.globalId());
        assertThat(answer.text("node", "__typename")).isEqualTo("Fabric");
        assertThat(answer.text("node", "price", "amount")).isEqualTo("12.50");
        assertThat(answer.statements()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "%", "ETSY", "' OR true --"})
    void aListingThatNoFabricHasFindsNone(String listing) {
        var answer = gateway.anonymous()
                .query(
                        "query ($listing: String!) { fabric(by: { etsyListingId: $listing }) { id } }",
                        Map.of("listing", listing));

        assertThat(answer.ok().at("fabric").isNull()).isTrue();
    }

    @Test
    void aFabricThatDoesNotExistIsNull() {
        var answer = gateway.anonymous()
                .query("{ fabric(by: { id: \"%s\" }) { id } }".formatted(new Given.Fabric(new UUID(0, 0)).globalId()));

        assertThat(answer.ok().at("fabric").isNull()).isTrue();
    }

    @Test
    void everybodyReadsTheSameFabrics() {
        var query = """
                { fabric(by: { etsyListingId: "%s" }) { id name price { amount } stockQuantity }
                  fabrics(filter: { archived: true, search: "harbour" }) { totalCount nodes { id name tags } } }
                """.formatted(LISTING);
        var nobody = gateway.anonymous().query(query).ok();

        for (Caller caller :
                List.of(gateway.user(given.user()), gateway.user(given.admin()), gateway.integrator("read:orders"))) {
            var answer = caller.query(query).ok();

            assertThat(answer.body().toString()).isEqualTo(nobody.body().toString());
            assertThat(answer.statements()).isEqualTo(nobody.statements());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void browsingTakesTwoStatementsWhateverThePage(int size) {
        for (int i = 0; i < 12; i++) {
            given.fabric();
        }
        var answer = gateway.anonymous()
                .document("BrowseFabrics", Map.of("first", size, "category", "cotton", "inStock", true))
                .ok();

        assertThat(answer.at("fabrics", "nodes").size()).isBetween(Math.min(size, 10), size);
        assertThat(answer.statements()).isEqualTo(2);
    }
}
