package dev.selvage.orders;

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
class OrderRepository {
    private static final String COLUMNS = """
            id, version, user_id, customer_email, customer_name, items, subtotal, discount, shipping, tax, total_amount, \
            status, etsy_order_id, shipping_address, tracking_number, notes, reserved_until, created_at, updated_at""";

    /** The orders with a line of the fabric that is the parent. */
    static final String CONTAINING_PARENT = "id = ANY (ARRAY(SELECT orders_containing(parent_key)))";

    /** The database makes the key, as it made the column: what lower case is depends on its locale. */
    private static final String CUSTOMER = "customer_email_key = folded_email(?)";

    static final Listing<Order> ORDERS = Listing.of("orders", COLUMNS, OrderRepository::toOrder, UUID.class, Order::id)
            .filter("status", Filter.oneOf("status"))
            .filter("createdAt", Filter.during("created_at"))
            .filter("customerEmail", Filter.text(CUSTOMER))
            .filter("fabricId", Filter.id("id = ANY (ARRAY(SELECT orders_containing(?)))", "Fabric", UUID.class))
            .search("orders_matching", "words")
            .sort("CREATED_AT", "created_at", Instant.class)
            .sort("TOTAL_AMOUNT", "total_cents", Long.class)
            .descendingByDefault();

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM orders WHERE id = ANY ($1)".formatted(COLUMNS));
    static final Sql FIND_ALL_BY_ETSY_ORDER =
            Sql.of("SELECT %s FROM orders WHERE etsy_order_id = ANY ($1)".formatted(COLUMNS));

    private final Database database;

    OrderRepository(Database database) {
        this.database = database;
    }

    Mono<List<Order>> findAll(Collection<UUID> ids) {
        return database.query(FIND_ALL.withAll(ids, UUID[]::new), OrderRepository::toOrder);
    }

    Mono<List<Order>> findAllByEtsyOrder(Collection<String> etsyOrderIds) {
        return database.query(FIND_ALL_BY_ETSY_ORDER.withAll(etsyOrderIds, String[]::new), OrderRepository::toOrder);
    }

    private static Order toOrder(Columns row) {
        return new Order(
                row.uuid(),
                row.integer(),
                row.uuidOrNull(),
                row.text(),
                row.text(),
                row.list(OrderLine::of),
                row.money(),
                row.money(),
                row.money(),
                row.money(),
                row.money(),
                row.word(OrderStatus.class),
                row.textOrNull(),
                row.objectOrNull(Address::of),
                row.textOrNull(),
                row.textOrNull(),
                row.instantOrNull(),
                row.instant(),
                row.instant());
    }
}
