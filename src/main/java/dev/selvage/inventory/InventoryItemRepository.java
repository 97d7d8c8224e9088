package dev.selvage.inventory;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Listing.Branch;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Viewer;
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
