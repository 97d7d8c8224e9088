package dev.selvage.fabrics;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import dev.selvage.kernel.Writing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class FabricRepository {
    private static final String COLUMNS = """
            id, version, name, description, category, subcategory, price, weight, width, composition, care_instructions, \
            stock_quantity, in_stock, images, tags, etsy_listing_id, archived_at, created_at, updated_at""";

    static final Listing<Fabric> FABRICS = Listing.of(
                    "fabrics", COLUMNS, FabricRepository::toFabric, UUID.class, Fabric::id)
            .filter("category", Filter.equal("category"))
            .filter("subcategory", Filter.equal("subcategory"))
            .filter("tags", Filter.containing("tags"))
            .filter("price", Filter.cents("price_cents"))
            .filter("inStock", Filter.flag("in_stock"))
            .filter("archived", Filter.unlessTrue("NOT archived"))
            .search("fabrics_matching", "english")
            .sort("CREATED_AT", "created_at", Instant.class)
            .sort("PRICE", "price_cents", Long.class)
            .sort("NAME", "name_sort", String.class);

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM fabrics WHERE id = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_ALL_BY_ETSY_LISTING =
            Sql.of("SELECT %s FROM fabrics WHERE etsy_listing_id = ANY ($1)".formatted(COLUMNS));

    static final Table<UUID, Fabric> FABRIC =
            Table.of("fabrics", COLUMNS, FabricRepository::toFabric, Fabric.class, UUID.class);

    static final Sql ARCHIVE = FABRIC.update(FabricRules.ARCHIVE, "archived_at = now()");

    static final Sql ADJUST_STOCK = Sql.of("""
            UPDATE fabrics SET stock_quantity = stock_quantity + $2
             WHERE id = $1 AND NOT archived AND stock_quantity::bigint + $2 BETWEEN 0 AND 2147483647
            RETURNING %s""".formatted(COLUMNS));

    static final Sql TAKE_STOCK = Sql.of("SELECT id, name, price, taken FROM take_stock($1, $2)");

    static final Writing WRITING = FABRIC.writing()
            .text("name", "name")
            .text("description", "description")
            .text("category", "category")
            .text("subcategory", "subcategory")
            .decimal("price", "price", 12, 2)
            .decimal("weight", "weight", 8, 2)
            .decimal("width", "width", 8, 2)
            .text("composition", "composition")
            .text("careInstructions", "care_instructions")
            .integer("stockQuantity", "stock_quantity")
            .texts("images", "images")
            .texts("tags", "tags")
            .text("etsyListingId", "etsy_listing_id");

    private final Database database;

    FabricRepository(Database database) {
        this.database = database;
    }

    Mono<List<Fabric>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), FabricRepository::toFabric);
    }

    Mono<List<Fabric>> findAllByEtsyListing(Collection<String> listingIds) {
        return database.query(FIND_ALL_BY_ETSY_LISTING.withAll(listingIds, String[]::new), FabricRepository::toFabric);
    }

    Mono<Payload<Fabric>> insert(Input input) {
        return FABRIC.insert(database, input, WRITING);
    }

    Mono<Payload<Fabric>> update(Input input) {
        return FABRIC.change(database, input, FabricRules.UPDATE, WRITING);
    }

    Mono<Payload<Fabric>> archive(Input input) {
        return FABRIC.change(database, input, FabricRules.ARCHIVE, ARCHIVE);
    }

    /** With more or less of its stock; none if it is not there, is archived, or has too little. */
    Mono<List<Fabric>> adjustStock(UUID id, int delta) {
        return database.query(ADJUST_STOCK.with(id, delta), FabricRepository::toFabric);
    }

    Mono<List<Stock.Taken>> takeStock(List<UUID> ids, List<Integer> units) {
        return database.query(
                TAKE_STOCK.with(ids.toArray(UUID[]::new), units.toArray(Integer[]::new)),
                row -> new Stock.Taken(row.uuid(), row.text(), row.money(), row.bool()));
    }

    private static Fabric toFabric(Columns row) {
        return new Fabric(
                row.uuid(),
                row.integer(),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.textOrNull(),
                row.money(),
                row.decimalOrNull(),
                row.decimalOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.integer(),
                row.bool(),
                row.texts(),
                row.texts(),
                row.textOrNull(),
                row.instantOrNull(),
                row.instant(),
                row.instant());
    }
}
