ALTER TABLE orders DROP CONSTRAINT orders_shipping_address_length;
ALTER TABLE inventory_items ALTER CONSTRAINT inventory_items_order_fkey NOT DEFERRABLE;
