-- The way back from V006, and from what policy/R__orders.sql added.
DROP FUNCTION IF EXISTS claim_guest_orders;
DROP FUNCTION IF EXISTS orders_containing;
DROP TABLE orders;
DROP FUNCTION IF EXISTS give_back_cancelled;
DROP FUNCTION IF EXISTS viewer_order;
DROP FUNCTION order_items_subtotal(jsonb);
DROP FUNCTION is_order_items(jsonb);
DROP FUNCTION is_order_line(jsonb);
