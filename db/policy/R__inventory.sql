-- Who reads and writes inventory_items. This file states all of it: edit it in place.
SELECT drop_policies('inventory_items');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY inventory_items_owner ON inventory_items TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON inventory_items
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY inventory_items_read_anonymous ON inventory_items FOR SELECT TO selvage_anonymous USING (listed);
CREATE POLICY inventory_items_read_user ON inventory_items FOR SELECT TO selvage_user
    USING (listed OR user_id = (SELECT viewer_id()));
CREATE POLICY inventory_items_read_integrator ON inventory_items FOR SELECT TO selvage_integrator
    USING (listed OR (SELECT viewer_has_scope('read:inventory')));
CREATE POLICY inventory_items_read_admin ON inventory_items FOR SELECT TO selvage_admin USING (true);
-- Searches for those who may not reach the full-text index themselves.
CREATE POLICY inventory_items_read_system ON inventory_items FOR SELECT TO selvage_system USING (true);

-- A new item is pending. Event status and user are copies that the foreign keys hold to.
GRANT INSERT (event_id, event_status, consignor_id, user_id, name, description, category, size, price, condition)
   ON inventory_items TO selvage_user, selvage_admin;
CREATE POLICY inventory_items_insert_user ON inventory_items FOR INSERT TO selvage_user
    WITH CHECK (user_id = (SELECT viewer_id()));
CREATE POLICY inventory_items_insert_admin ON inventory_items FOR INSERT TO selvage_admin WITH CHECK (true);

-- Which status may follow which is held by triggers. Barcodes are written by one of those, and by nobody else.
GRANT UPDATE (name, description, category, size, price, condition, status)
   ON inventory_items TO selvage_user, selvage_admin;
GRANT UPDATE (status, rejection_reason) ON inventory_items TO selvage_integrator, selvage_admin;
CREATE POLICY inventory_items_update_user ON inventory_items FOR UPDATE TO selvage_user
    USING (user_id = (SELECT viewer_id()));
CREATE POLICY inventory_items_update_integrator ON inventory_items FOR UPDATE TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:inventory')));
CREATE POLICY inventory_items_update_admin ON inventory_items FOR UPDATE TO selvage_admin USING (true);
-- For issue_barcode(), which runs when an item is approved.
GRANT USAGE ON SEQUENCE inventory_items_barcode_seq TO selvage_system;
GRANT EXECUTE ON FUNCTION barcode(bigint) TO selvage_system;

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS inventory_items_matching(text);
CREATE FUNCTION inventory_items_matching(terms text)
    RETURNS TABLE (
        id bigint, listed boolean, event_id bigint, consignor_id bigint, user_id uuid, status text, condition text,
        category text, size text, price_cents bigint, name_sort sort_text, created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id, listed, event_id, consignor_id, user_id, status, condition, category, size, price_cents,
               name_sort, created_at
          FROM inventory_items
         WHERE search @@ to_tsquery('english', terms)
           AND (listed OR user_id = (SELECT viewer_id()) OR (SELECT viewer_reads_all('read:inventory')));
    END;

-- The newest matches that the viewer may see. EXECUTE, because the planner then knows the words: a rare one it finds
-- through the full-text index, and for a frequent one it walks the newest rows.
CREATE OR REPLACE FUNCTION inventory_items_ranked(terms text, most int) RETURNS TABLE (id bigint, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100 AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id, greatest(ts_rank(search, $1, 1), 1e-6)::real
           FROM (SELECT id, search FROM inventory_items WHERE search @@ $1 AND '
        || CASE WHEN viewer_reads_all('read:inventory') THEN 'true' ELSE '(listed OR user_id = $3)' END
        || ' ORDER BY id DESC LIMIT $2) newest'
        USING to_tsquery('english', terms), most, viewer_id();
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION inventory_items_matching(text) OWNER TO selvage_system;
ALTER FUNCTION inventory_items_ranked(text, int) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION inventory_items_matching(text), inventory_items_ranked(text, int)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;

-- Orders sell items and give them back, which their customers may not do themselves. The events are locked first, against
-- those who complete or cancel them meanwhile; then the items in the order of their ids.
CREATE POLICY inventory_items_update_system ON inventory_items FOR UPDATE TO selvage_system USING (true);
GRANT UPDATE ON inventory_items TO selvage_system;

-- Sells these items, each named by its id or by its barcode (else 0 and an empty text), to the order that is being placed. A
-- row for each item that there is, with its place among those asked for. Before the sale opens only the shop sells.
CREATE OR REPLACE FUNCTION sell_items(ids bigint[], barcodes text[])
    RETURNS TABLE (place int, id bigint, name text, price numeric, outcome text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp ROWS 10 AS $$
#variable_conflict use_column
DECLARE
    buyer constant uuid := viewer_order();
    is_shop constant boolean := viewer_reads_all('write:orders');
    wanted bigint[];
BEGIN
    IF buyer IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'No order is being placed';
    END IF;
    wanted := ARRAY(SELECT item.id FROM inventory_items item WHERE item.id = ANY (ids)
                     UNION
                    SELECT item.id FROM inventory_items item WHERE item.barcode = ANY (barcodes));
    PERFORM FROM events
      WHERE events.id IN (SELECT item.event_id FROM inventory_items item WHERE item.id = ANY (wanted))
      ORDER BY events.id FOR KEY SHARE;
    PERFORM FROM inventory_items item WHERE item.id = ANY (wanted) ORDER BY item.id FOR NO KEY UPDATE;
    RETURN QUERY
        WITH on_offer AS (
            SELECT item.id, item.name, item.price, item.barcode, item.status,
                   event.status = 'published' AND now() < event.end_date AND (is_shop OR now() >= event.start_date)
                       AS is_open
              FROM inventory_items item
              JOIN events event ON event.id = item.event_id
             WHERE item.id = ANY (wanted)),
        sold AS (
            UPDATE inventory_items item SET status = 'sold', order_id = buyer
              FROM on_offer
             WHERE item.id = on_offer.id AND item.status = 'approved' AND on_offer.is_open
            RETURNING item.id)
        SELECT asked.place::int, on_offer.id, on_offer.name, on_offer.price,
               CASE WHEN EXISTS (SELECT FROM sold WHERE sold.id = on_offer.id) THEN 'sold'
                    WHEN on_offer.status = 'approved' THEN 'closed'
                    ELSE 'not_on_offer' END
          FROM unnest(ids, barcodes) WITH ORDINALITY asked (id, barcode, place)
          JOIN on_offer ON on_offer.id = asked.id OR on_offer.barcode = asked.barcode;
END
$$;

-- Takes what these orders bought out of them: on offer again, or to be collected if the event is over.
CREATE OR REPLACE FUNCTION give_back_items(orders uuid[]) RETURNS void
    LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM events
      WHERE id IN (SELECT event_id FROM inventory_items WHERE order_id = ANY (orders))
      ORDER BY id FOR KEY SHARE;
    PERFORM FROM inventory_items WHERE order_id = ANY (orders) ORDER BY id FOR NO KEY UPDATE;
    UPDATE inventory_items
       SET status = CASE event_status WHEN 'completed' THEN 'returned' ELSE 'approved' END, order_id = NULL
     WHERE order_id = ANY (orders);
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION sell_items(bigint[], text[]) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION sell_items(bigint[], text[])
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
GRANT EXECUTE ON FUNCTION give_back_items(uuid[]) TO selvage_system;

-- What becomes of items when events and registrations change their states, called by the statements that change those.
-- These ask what the viewer sees: administrators see all items, and consignors their own.
CREATE OR REPLACE FUNCTION event_has_item(event bigint) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM inventory_items WHERE event_id = event);
CREATE OR REPLACE FUNCTION event_has_sold_item(event bigint) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM inventory_items WHERE event_id = event AND status = 'sold');
CREATE OR REPLACE FUNCTION consignor_has_item(event bigint, consignor bigint, statuses text[]) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (
        SELECT FROM inventory_items
         WHERE event_id = event AND consignor_id = consignor AND status = ANY (statuses));
GRANT EXECUTE ON FUNCTION event_has_item(bigint), event_has_sold_item(bigint) TO selvage_admin;
GRANT EXECUTE ON FUNCTION consignor_has_item(bigint, bigint, text[]) TO selvage_user, selvage_admin;

-- Gives back what is not sold of an event. Its items are locked first, in the order of their ids as everywhere: an order
-- that is being placed or cancelled meanwhile is waited for, and then seen.
CREATE OR REPLACE FUNCTION return_unsold_items(event bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') IN ('selvage_admin', 'selvage_system') THEN
        PERFORM FROM inventory_items WHERE event_id = event AND status <> 'returned' ORDER BY id FOR NO KEY UPDATE;
        UPDATE inventory_items SET status = 'returned' WHERE event_id = event AND status NOT IN ('sold', 'returned');
    END IF;
END
$$;

-- Gives back to the viewer, or for an administrator to any consignor, what is neither approved nor sold.
CREATE OR REPLACE FUNCTION return_unapproved_items(event bigint, consignor bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') = 'selvage_admin'
       OR EXISTS (SELECT FROM consignors WHERE consignors.id = consignor AND consignors.user_id = viewer_id()) THEN
        PERFORM FROM inventory_items
          WHERE event_id = event AND consignor_id = consignor AND status <> 'returned'
          ORDER BY id FOR NO KEY UPDATE;
        UPDATE inventory_items SET status = 'returned'
         WHERE event_id = event AND consignor_id = consignor AND status IN ('pending', 'rejected');
    END IF;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION return_unsold_items(bigint) OWNER TO selvage_system;
ALTER FUNCTION return_unapproved_items(bigint, bigint) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION return_unsold_items(bigint) TO selvage_admin;
GRANT EXECUTE ON FUNCTION return_unapproved_items(bigint, bigint) TO selvage_user, selvage_admin;
