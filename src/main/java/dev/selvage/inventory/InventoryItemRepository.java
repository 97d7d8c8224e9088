package dev.selvage.inventory;

import dev.selvage.kernel.Change;
import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.Viewer;
import dev.selvage.kernel.Writing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class InventoryItemRepository {
    private static final String COLUMNS = """
            id, version, event_id, consignor_id, user_id, name, description, category, size, price, condition, status, \
            rejection_reason, barcode, order_id, created_at, updated_at""";

    /** Whose an item is, only its owner may ask, and whoever reads all consignors. */
    private static final String CONSIGNOR = "consignor_id = ?"
            + " AND (user_id = (SELECT viewer_id()) OR (SELECT viewer_reads_all('read:consignors')))";

    static final Listing<InventoryItem> ITEMS = Listing.of(
                    "inventory_items", COLUMNS, InventoryItemRepository::toInventoryItem, Long.class, InventoryItem::id)
            .filter("eventId", Filter.id("event_id = ?", "Event", Long.class))
            .filter("consignorId", Filter.id(CONSIGNOR, "Consignor", Long.class))
            .filter("status", Filter.oneOf("status"))
            .filter("condition", Filter.oneOf("condition"))
            .filter("category", Filter.equal("category"))
            .filter("size", Filter.equal("size"))
            .filter("price", Filter.cents("price_cents"))
            .search("inventory_items_matching", "english")
            .sort("CREATED_AT", "created_at", Instant.class)
            .sort("PRICE", "price_cents", Long.class)
            .sort("NAME", "name_sort", String.class)
            .branches(InventoryItemRepository::branches);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM inventory_items WHERE id = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_ALL_BY_BARCODE =
            Sql.of("SELECT %s FROM inventory_items WHERE barcode = ANY ($1)".formatted(COLUMNS));

    static final Sql SELL = Sql.of("SELECT place, id, name, price, outcome FROM sell_items($1, $2)");

    static final Table<Long, InventoryItem> ITEM = Table.of(
                    "inventory_items",
                    COLUMNS,
                    InventoryItemRepository::toInventoryItem,
                    InventoryItem.class,
                    Long.class)
            .withStatus()
            .ownedBy("user_id = (SELECT viewer_id())");

    static final Sql APPROVE = ITEM.update(InventoryRules.APPROVE, "status = 'approved'");
    static final Sql REJECT = ITEM.update(InventoryRules.REJECT, "status = 'rejected', rejection_reason = $3");
    static final Sql RESUBMIT = ITEM.update(InventoryRules.RESUBMIT, "status = 'pending'");
    static final Sql RETURN = ITEM.update(InventoryRules.RETURN, "status = 'returned'");
    static final Sql REVIEW = ITEM.updateAll(List.of(InventoryRules.APPROVE, InventoryRules.REJECT), """
            status = CASE mutation WHEN 'approveInventoryItem' THEN 'approved' ELSE 'rejected' END, \
            rejection_reason = nullif(given, '')""");

    /** The consignor {@code $2}, or the viewer's own if that is 0. */
    private static final String NAMED =
            "coalesce(nullif($2, 0), (SELECT id FROM consignors WHERE user_id = (SELECT viewer_id())))";

    static final Sql LOCK_PLACE = Sql.of("SELECT lock_place($1, " + NAMED + ")");
    static final Sql FIND_PLACE = Sql.of("""
            SELECT event.id IS NOT NULL, consignor.id IS NOT NULL, (%s) IS TRUE, (%s) IS TRUE, %s
              FROM (VALUES (1)) one
              LEFT JOIN events event ON event.id = $1
              LEFT JOIN consignors consignor ON consignor.id = %s
            """.formatted(
                    InventoryRules.EVENT_IS_PUBLISHED,
                    InventoryRules.DROP_OFF_IS_OPEN,
                    InventoryRules.CONSIGNOR_HAS_A_PLACE,
                    NAMED));

    static final Writing WRITING = ITEM.writing()
            .text("name", "name")
            .text("description", "description")
            .text("category", "category")
            .text("size", "size")
            .decimal("price", "price", 12, 2)
            .word("condition", "condition")
            .from(
                    "event_id, event_status, consignor_id, user_id",
                    "event.id, event.status, consignor.id, consignor.user_id",
                    "events event, consignors consignor WHERE event.id = $1 AND consignor.id = %s AND %s AND %s AND %s"
                            .formatted(
                                    NAMED,
                                    InventoryRules.EVENT_IS_PUBLISHED,
                                    InventoryRules.DROP_OFF_IS_OPEN,
                                    InventoryRules.CONSIGNOR_HAS_A_PLACE));

    private final Database database;

    InventoryItemRepository(Database database) {
        this.database = database;
    }

    Mono<List<InventoryItem>> findAll(Collection<Long> ids) {
        return database.query(FIND_ALL.withAll(ids, Long[]::new), InventoryItemRepository::toInventoryItem);
    }

    Mono<List<InventoryItem>> findAllByBarcode(Collection<String> barcodes) {
        return database.query(
                FIND_ALL_BY_BARCODE.withAll(barcodes, String[]::new), InventoryItemRepository::toInventoryItem);
    }

    /**
     * Keeps the event from being cancelled, and the consignor's place from being given up, while an item is handed in for
     * it.
     *
     * @param consignor 0 for the viewer's own
     */
    Mono<?> lockPlace(long event, long consignor) {
        return database.query(LOCK_PLACE.with(event, consignor), _ -> true);
    }

    /** What stands in the way of an item. */
    Mono<Place> findPlace(long event, long consignor) {
        return database.query(
                        FIND_PLACE.with(event, consignor),
                        row -> new Place(row.bool(), row.bool(), row.bool(), row.bool(), row.bool()))
                .map(List::getFirst);
    }

    /** None if something stands in the way. */
    Mono<List<InventoryItem>> insert(Input input, long event, long consignor) {
        return ITEM.insertFrom(database, input, WRITING, event, consignor);
    }

    Mono<Payload<InventoryItem>> update(Input input) {
        return ITEM.change(database, input, InventoryRules.UPDATE, WRITING);
    }

    Mono<Payload<InventoryItem>> approve(Input input) {
        return ITEM.change(database, input, InventoryRules.APPROVE, APPROVE);
    }

    Mono<Payload<InventoryItem>> reject(Input input, String reason) {
        return ITEM.change(database, input, InventoryRules.REJECT, REJECT, reason);
    }

    Mono<Payload<InventoryItem>> resubmit(Input input) {
        return ITEM.change(database, input, InventoryRules.RESUBMIT, RESUBMIT);
    }

    Mono<Payload<InventoryItem>> giveBack(Input input) {
        return ITEM.change(database, input, InventoryRules.RETURN, RETURN);
    }

    Mono<List<Payload<InventoryItem>>> review(List<Change> changes) {
        return ITEM.changeAll(database, changes, REVIEW);
    }

    private static List<Branch> branches(Viewer viewer) {
        var listed = Branch.of("listed", true);
        if (viewer.readsAll(Scope.READ_INVENTORY)) {
            return List.of(listed, Branch.of("listed", false));
        }
        return viewer.userId() == null
                ? List.of(listed)
                : List.of(listed, Branch.of("listed", false, "user_id = (SELECT viewer_id())"));
    }

    Mono<List<Sales.Sale>> sell(List<Sales.Wanted> wanted) {
        // No item has the key 0, and none an empty barcode.
        var ids = wanted.stream().map(one -> Objects.requireNonNullElse(one.id(), 0L));
        var barcodes = wanted.stream().map(one -> Objects.requireNonNullElse(one.barcode(), ""));
        return database.query(
                SELL.with(ids.toArray(Long[]::new), barcodes.toArray(String[]::new)),
                row -> new Sales.Sale(
                        row.integer(), row.bigint(), row.text(), row.money(), row.word(Sales.Outcome.class)));
    }

    private static InventoryItem toInventoryItem(Columns row) {
        return new InventoryItem(
                row.bigint(),
                row.integer(),
                row.bigint(),
                row.bigint(),
                row.uuid(),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.textOrNull(),
                row.money(),
                row.word(ItemCondition.class),
                row.word(ItemStatus.class),
                row.textOrNull(),
                row.textOrNull(),
                row.uuidOrNull(),
                row.instant(),
                row.instant());
    }
}
