-- The way back from V006.
DROP TABLE orders;
DROP FUNCTION order_items_subtotal(jsonb);
DROP FUNCTION is_order_items(jsonb);
DROP FUNCTION is_order_line(jsonb);
