package dev.selvage.orders;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Filter;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Payload;
import dev.selvage.kernel.Sql;
import dev.selvage.kernel.Table;
import java.math.BigDecimal;
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

    static final Table<UUID, Order> ORDER = Table.of(
                    "orders", COLUMNS, OrderRepository::toOrder, Order.class, UUID.class)
            .withStatus()
            .ownedBy("user_id = viewer_id()");

    static final Sql CONFIRM = ORDER.update(OrderRules.CONFIRM, "status = 'processing', reserved_until = NULL");
    static final Sql SHIP = ORDER.update(OrderRules.SHIP, "status = 'shipped', tracking_number = $3");
    static final Sql DELIVER = ORDER.update(OrderRules.DELIVER, "status = 'delivered'");
    static final Sql CANCEL = ORDER.update(OrderRules.CANCEL, "status = 'cancelled', reserved_until = NULL");

    /** From here on the transaction places the order of a new id. */
    static final Sql OPEN = Sql.of("SELECT set_config('selvage.order', time_ordered_uuid()::text, true)");

    /** From here on the viewer reads this order. */
    static final Sql SHOW = Sql.of("SELECT set_config('selvage.order', $1::text, true)");

    static final Sql INSERT = Sql.of("""
            INSERT INTO orders (id, user_id, customer_name, customer_email, items, subtotal, total_amount, shipping_address,
                                notes, reserved_until)
            VALUES (viewer_order(), viewer_id(), $1, $2, $3::text::jsonb, $4, $4, nullif($5, '')::jsonb, nullif($6, ''),
                    now() + interval '30 minutes')
            RETURNING %s
            """.formatted(COLUMNS));

    /** Those that somebody else is at just now are left to them. */
    static final Sql EXPIRE = Sql.of("""
            WITH ended AS (
                SELECT id FROM orders
                 WHERE status = 'pending' AND reserved_until <= now()
                 ORDER BY reserved_until
                 LIMIT $1
                   FOR UPDATE SKIP LOCKED)
            UPDATE orders SET status = 'cancelled', reserved_until = NULL
              FROM ended
             WHERE orders.id = ended.id
            RETURNING orders.id
            """);

    static final Sql FIND_EXPIRED = Sql.of("""
            SELECT id FROM orders WHERE status = 'pending' AND reserved_until <= now() ORDER BY reserved_until LIMIT $1
            """);

    static final Sql EXPIRE_ONE = Sql.of("""
            UPDATE orders SET status = 'cancelled', reserved_until = NULL
             WHERE id = (SELECT id FROM orders
                          WHERE id = $1 AND status = 'pending' AND reserved_until <= now() FOR UPDATE SKIP LOCKED)
            RETURNING id
            """);

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

    /** Begins the order that the transaction places. */
    Mono<?> open() {
        return database.query(OPEN.with(), Columns::text);
    }

    /** Lets the viewer read an order that they placed without a name, for as long as the operation takes. */
    Mono<?> show(UUID id) {
        return database.query(SHOW.with(id.toString()), Columns::text);
    }

    /**
     * Writes the order that was begun.
     *
     * @param items JSON
     * @param shippingAddress JSON, or an empty text
     * @param notes may be empty
     */
    Mono<Order> insert(
            String customerName,
            String customerEmail,
            String items,
            BigDecimal subtotal,
            String shippingAddress,
            String notes) {
        return database.query(
                        INSERT.with(customerName, customerEmail, items, subtotal, shippingAddress, notes),
                        OrderRepository::toOrder)
                .map(List::getFirst);
    }

    Mono<Payload<Order>> confirm(Input input) {
        return ORDER.change(database, input, OrderRules.CONFIRM, CONFIRM);
    }

    Mono<Payload<Order>> ship(Input input, String trackingNumber) {
        return ORDER.change(database, input, OrderRules.SHIP, SHIP, trackingNumber);
    }

    Mono<Payload<Order>> deliver(Input input) {
        return ORDER.change(database, input, OrderRules.DELIVER, DELIVER);
    }

    Mono<Payload<Order>> cancel(Input input) {
        return ORDER.change(database, input, OrderRules.CANCEL, CANCEL);
    }

    /**
     * Cancels orders whose reservation has ended.
     *
     * @param most of them
     * @return how many
     */
    Mono<Integer> expire(int most) {
        return database.query(EXPIRE.with(most), Columns::uuid).map(List::size);
    }

    /** Those whose reservation has ended, the first ones first, for the gateway itself. */
    Mono<List<UUID>> findExpired(int most) {
        return database.query(FIND_EXPIRED.with(most), Columns::uuid);
    }

    /** Whether it was done; not if somebody else is at it. */
    Mono<Boolean> expireOne(UUID id) {
        return database.query(EXPIRE_ONE.with(id), Columns::uuid).map(done -> !done.isEmpty());
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
