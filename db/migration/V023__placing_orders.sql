-- An item is sold before its order is written, since the order holds the item's price.
ALTER TABLE inventory_items ALTER CONSTRAINT inventory_items_order_fkey DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE orders ADD CONSTRAINT orders_shipping_address_length CHECK (octet_length(shipping_address::text) <= 4000);
