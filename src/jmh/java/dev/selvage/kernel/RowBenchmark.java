package dev.selvage.kernel;

import dev.selvage.Measured;
import dev.selvage.inventory.Items;
import dev.selvage.orders.Orders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** From a row of a page, as the server sent it, to its record. */
public class RowBenchmark extends Measured {
    private static final String ITEM = """
            SELECT 1250::bigint AS page_key, 123456::bigint AS id, 3::int AS version, 42::bigint AS event_id,
                   1017::bigint AS consignor_id, '7f0c2a52-9d5c-4f0e-9a57-1f6c1f0b2d11'::uuid AS user_id,
                   'Winter jacket, down, hardly worn'::text AS name,
                   'Size as labelled. No stains, no tears.'::text AS description, 'Outerwear'::text AS category,
                   'M'::text AS size, 12.50::numeric(12,2) AS price, 'like_new'::text AS condition,
                   'approved'::text AS status, NULL::text AS rejection_reason, '2000000123457'::text AS barcode,
                   NULL::uuid AS order_id, '2026-09-01T08:15:30.123456Z'::timestamptz AS created_at,
                   '2026-09-02T08:15:30.123456Z'::timestamptz AS updated_at
            """;

    private static final String ORDER = """
            SELECT 5400::bigint AS page_key, '0d6f3c9e-5a53-4bb8-8d0e-2f4a9a3b7c10'::uuid AS id, 2::int AS version,
                   '7f0c2a52-9d5c-4f0e-9a57-1f6c1f0b2d11'::uuid AS user_id, 'somebody@example.com'::text AS customer_email,
                   'Some Body'::text AS customer_name,
                   '[{"kind": "inventory_item", "inventory_item_id": 123456, "name": "Winter jacket, down", "quantity": 1,
                      "unit_price": 12.50},
                     {"kind": "fabric", "fabric_id": "7f0c2a52-9d5c-4f0e-9a57-1f6c1f0b2d11", "name": "Linen, washed",
                      "quantity": 2, "unit_price": 18.25},
                     {"kind": "inventory_item", "inventory_item_id": 123457, "name": "Bedtime stories", "quantity": 1,
                      "unit_price": 5.00}]'::jsonb AS items,
                   54.00::numeric(12,2) AS subtotal, 0.00::numeric(12,2) AS discount, 0.00::numeric(12,2) AS shipping,
                   0.00::numeric(12,2) AS tax, 54.00::numeric(12,2) AS total_amount, 'shipped'::text AS status,
                   NULL::text AS etsy_order_id,
                   '{"line1": "12 Mill Lane", "city": "Weaverton", "region": "MA", "postal_code": "01001", "country": "US"}'
                       ::jsonb AS shipping_address,
                   '1Z999AA10123456784'::text AS tracking_number, NULL::text AS notes, NULL::timestamptz AS reserved_until,
                   '2026-09-01T08:15:30.123456Z'::timestamptz AS created_at,
                   '2026-09-02T08:15:30.123456Z'::timestamptz AS updated_at
            """;

    private ByteBuf item = Unpooled.EMPTY_BUFFER;
    private ByteBuf order = Unpooled.EMPTY_BUFFER;
    private SortKey itemPrice;
    private SortKey orderTotal;

    @Setup
    public void captureRows() throws IOException {
        item = CapturedRow.of(ITEM);
        order = CapturedRow.of(ORDER);
        itemPrice = Items.LIST.sorts().get("PRICE");
        orderTotal = Orders.LIST.sorts().get("TOTAL_AMOUNT");
    }

    /** 17 columns and the sort key. */
    @Benchmark
    public Object item() {
        return Items.LIST.row(columns(item), itemPrice);
    }

    /** 19 columns and the sort key; two of them are JSON: three lines and an address. */
    @Benchmark
    public Object order() {
        return Orders.LIST.row(columns(order), orderTotal);
    }

    /** The row from its beginning. */
    private static Columns columns(ByteBuf row) {
        return new Columns(row.readerIndex(0));
    }
}
