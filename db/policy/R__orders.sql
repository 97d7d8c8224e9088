-- Who reads and writes orders. This file states all of it: edit it in place.
SELECT drop_policies('orders');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY orders_owner ON orders TO selvage_owner USING (true) WITH CHECK (true);
