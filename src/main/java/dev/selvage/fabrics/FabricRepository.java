package dev.selvage.fabrics;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
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
