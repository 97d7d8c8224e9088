package dev.selvage.gateway;

import static dev.selvage.gateway.Cast.READS_CONSIGNORS;
import static dev.selvage.gateway.Cast.READS_EITHER;
import static dev.selvage.gateway.Cast.READS_ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.gateway.Cast.Who;
import dev.selvage.support.Gateway;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists, filters, searches and long ways round show no more than the record itself does. */
class NestedVisibilityTest {
    private static final Gateway gateway = Gateway.running();
    private static final Cast cast = new Cast(gateway);

    @ParameterizedTest
    @EnumSource
    void noWayRoundLeadsToWhatIsHidden(Who who) {
        var owner = "consignor { name email phone address user { name email image consignor { name } }"
                + " registrations { nodes { status consignor { name } event { name } } }"
                + " inventoryItems { nodes { name description rejectionReason } } }";
        var items = "inventoryItems(first: 50) { nodes { name description rejectionReason %s } }".formatted(owner);

        for (var item : new String[] {cast.approved.globalId(), cast.sold.globalId()}) {
            var answer = cast.as(who)
                    .query(
                            "{ inventoryItem(by: { id: \"%s\" }) { %s event { name %s viewerRegistration { %s } registrations { nodes { %s } } } } }"
                                    .formatted(item, owner, items, owner, owner));

            cast.assertNothingHiddenIn(answer, who);
            assertThat(answer.at("inventoryItem", "consignor").isObject()).isEqualTo(READS_CONSIGNORS.contains(who));
            assertThat(answer.at("inventoryItem", "event").isObject()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsHoldWhatTheViewerMaySeeAndNothingElse(Who who) {
        var answer = cast.as(who).query("""
                { published: event(id: "%s") { inventoryItems(first: 50) { nodes { id } totalCount } } }
                """.formatted(cast.published.globalId()));

        assertThat(answer.ok().all("id", "published", "inventoryItems", "nodes"))
                .containsExactlyInAnyOrderElementsOf(
                        READS_ITEMS.contains(who)
                                ? Set.of(cast.approved.globalId(), cast.rejected.globalId())
                                : Set.of(cast.approved.globalId()));
        assertThat(answer.at("published", "inventoryItems", "totalCount").asInt())
                .isEqualTo(READS_ITEMS.contains(who) ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void aConsignorsItemsAreThoseThatTheViewerMaySee(Who who) {
        var answer = cast.as(who)
                .query("{ consignor(by: { id: \"%s\" }) { inventoryItems(first: 50) { totalCount } } }"
                        .formatted(cast.owner.globalId()));

        var expected = READS_CONSIGNORS.contains(who) ? READS_ITEMS.contains(who) ? "3" : "2" : "";
        assertThat(answer.ok().at("consignor", "inventoryItems", "totalCount").asString(""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aSearchFindsOnlyWhatTheViewerMaySee(Who who) {
        var answer = cast.as(who)
                .query(
                        """
                query ($item: String, $draft: String, $consignor: String, $user: String) {
                  inventoryItems(filter: { search: $item }) { totalCount nodes { id } }
                  events(filter: { search: $draft }) { totalCount nodes { id } }
                  byOwner: inventoryItems(filter: { search: $consignor }) { totalCount }
                  consignors(filter: { search: $consignor }) { totalCount }
                  users(filter: { search: $user }) { totalCount }
                }""",
                        java.util.Map.of(
                                "item", cast.itemCanary,
                                "draft", cast.draftCanary,
                                "consignor", cast.consignorCanary,
                                "user", cast.userCanary));

        assertThat(answer.at("inventoryItems", "totalCount").asInt()).isEqualTo(READS_ITEMS.contains(who) ? 1 : 0);
        assertThat(answer.at("events", "totalCount").asInt()).isEqualTo(READS_EITHER.contains(who) ? 1 : 0);
        assertThat(answer.at("byOwner", "totalCount").asInt()).isZero();
        assertThat(answer.at("consignors").isNull()).isEqualTo(who == Who.OWNER || !READS_CONSIGNORS.contains(who));
        assertThat(answer.at("consignors", "totalCount").asInt(1)).isEqualTo(1);
        assertThat(answer.at("users").isNull()).isEqualTo(who != Who.ADMIN);
        assertThat(answer.at("users", "totalCount").asInt(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void filteringItemsByAConsignorIsForTheConsignorAndForReadersOfConsignors(Who who) {
        var answer = cast.as(who).query("""
                { inventoryItems(filter: { consignorId: "%1$s" }) { totalCount }
                  event(id: "%2$s") { inventoryItems(filter: { consignorId: "%1$s" }) { nodes { id } } } }
                """.formatted(cast.owner.globalId(), cast.published.globalId()));

        var ofAll = answer.ok().at("inventoryItems", "totalCount").asInt();
        var ofEvent = answer.at("event", "inventoryItems", "nodes").size();
        if (!READS_CONSIGNORS.contains(who)) {
            assertThat(ofAll).isZero();
            assertThat(ofEvent).isZero();
        } else {
            assertThat(ofAll).isEqualTo(READS_ITEMS.contains(who) ? 3 : 2);
            assertThat(ofEvent).isEqualTo(READS_ITEMS.contains(who) ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConsignorOfEveryItemOfAPageIsRefusedAndTheItemsStay(Who who) {
        var answer = cast.as(who).query("""
                { event(id: "%s") { inventoryItems { nodes { name consignor { name } rejectionReason } } } }
                """.formatted(cast.published.globalId()));

        var shown = READS_ITEMS.contains(who) ? 2 : 1;
        assertThat(answer.at("event", "inventoryItems", "nodes").size()).isEqualTo(shown);
        var refused = (READS_CONSIGNORS.contains(who) ? 0 : shown) + (READS_ITEMS.contains(who) ? 0 : shown);
        assertThat(answer.errorCodes()).hasSize(refused).allMatch("FORBIDDEN"::equals);
    }
}
