-- The way back from V007, and from what policy/R__inventory.sql added.
DROP FUNCTION IF EXISTS inventory_items_ranked;
DROP FUNCTION IF EXISTS event_has_item;
DROP FUNCTION IF EXISTS event_has_sold_item;
DROP FUNCTION IF EXISTS consignor_has_item;
DROP FUNCTION IF EXISTS return_unsold_items;
DROP FUNCTION IF EXISTS return_unapproved_items;

-- Which events a consignor sees is also decided by their items: what asks for them goes too, until policy/R__events.sql
-- runs again on the way up.
DROP POLICY IF EXISTS events_read_user ON events;
DROP FUNCTION IF EXISTS viewer_event_ids;

DROP TABLE inventory_items;
DROP FUNCTION barcode(bigint);
DROP FUNCTION barcode_check_digit(text);
DROP SEQUENCE inventory_items_barcode_seq;
DROP FUNCTION IF EXISTS sell_items;
DROP FUNCTION IF EXISTS give_back_items;
