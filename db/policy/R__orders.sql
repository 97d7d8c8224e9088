-- Who reads and writes orders. This file states all of it: edit it in place.
SELECT drop_policies('orders');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY orders_owner ON orders TO selvage_owner USING (true) WITH CHECK (true);

-- The order that is being placed in this transaction, or was placed under the key that came again: whoever places one reads
-- it, also without a name, for as long as the answer takes.
CREATE OR REPLACE FUNCTION viewer_order() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('selvage.order', true), '')::uuid;
GRANT EXECUTE ON FUNCTION viewer_order() TO PUBLIC;

GRANT SELECT ON orders
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY orders_read_anonymous ON orders FOR SELECT TO selvage_anonymous USING (id = (SELECT viewer_order()));
CREATE POLICY orders_read_user ON orders FOR SELECT TO selvage_user USING (user_id = (SELECT viewer_id()));
CREATE POLICY orders_read_integrator ON orders FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('read:orders')) OR id = (SELECT viewer_order()));
CREATE POLICY orders_read_admin ON orders FOR SELECT TO selvage_admin USING (true);
-- Searches for those who may not reach the index themselves, and counts sales.
CREATE POLICY orders_read_system ON orders FOR SELECT TO selvage_system USING (true);

-- Anybody places orders, in their own name only and at the shop's prices.
GRANT INSERT (id, user_id, customer_email, customer_name, items, subtotal, total_amount, shipping_address, notes,
              reserved_until)
   ON orders TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
CREATE POLICY orders_insert_anonymous ON orders FOR INSERT TO selvage_anonymous
    WITH CHECK (id = (SELECT viewer_order()) AND user_id IS NULL);
CREATE POLICY orders_insert_user ON orders FOR INSERT TO selvage_user
    WITH CHECK (id = (SELECT viewer_order()) AND user_id = (SELECT viewer_id()));
CREATE POLICY orders_insert_integrator ON orders FOR INSERT TO selvage_integrator
    WITH CHECK (id = (SELECT viewer_order()) AND user_id IS NULL);
CREATE POLICY orders_insert_admin ON orders FOR INSERT TO selvage_admin
    WITH CHECK (id = (SELECT viewer_order()) AND user_id = (SELECT viewer_id()));

GRANT UPDATE (status, reserved_until) ON orders TO selvage_user;
GRANT UPDATE (status, reserved_until, tracking_number) ON orders TO selvage_integrator, selvage_admin;
CREATE POLICY orders_cancel_user ON orders FOR UPDATE TO selvage_user
    USING (user_id = (SELECT viewer_id())) WITH CHECK (status = 'cancelled');
CREATE POLICY orders_update_integrator ON orders FOR UPDATE TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:orders')));
CREATE POLICY orders_update_admin ON orders FOR UPDATE TO selvage_admin USING (true);

-- Ends reservations.
CREATE POLICY orders_expire_system ON orders FOR UPDATE TO selvage_system
    USING (status = 'pending') WITH CHECK (status = 'cancelled');

-- What a cancelled order held goes back, whoever cancels it and however many at once: units by fabric, in the order in which
-- orders take them, and then items.
CREATE OR REPLACE FUNCTION give_back_cancelled() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cancelled uuid[];
BEGIN
    SELECT array_agg(after.id) INTO cancelled
      FROM after JOIN before USING (id)
     WHERE after.status = 'cancelled' AND before.status <> 'cancelled';
    IF cancelled IS NOT NULL THEN
        PERFORM give_back_stock(array_agg(fabric ORDER BY fabric), array_agg(units ORDER BY fabric))
           FROM (SELECT (line ->> 'fabric_id')::uuid AS fabric, sum((line ->> 'quantity')::int)::int AS units
                   FROM after, jsonb_array_elements(after.items) line
                  WHERE after.id = ANY (cancelled) AND line ->> 'kind' = 'fabric'
                  GROUP BY 1) lines
         HAVING count(*) > 0;
        PERFORM give_back_items(cancelled);
    END IF;
    RETURN NULL;
END
$$;

-- A guest's orders become the user's who first signs in with the address they were placed with.
GRANT UPDATE ON orders TO selvage_system;
CREATE POLICY orders_claim_system ON orders FOR UPDATE TO selvage_system
    USING (user_id IS NULL) WITH CHECK (user_id IS NOT NULL);

-- Gives that user, who has just proved the address, the orders that guests placed with it.
CREATE OR REPLACE FUNCTION claim_guest_orders(owner uuid) RETURNS void
    LANGUAGE sql VOLATILE SET search_path = public, pg_temp
    BEGIN ATOMIC
        UPDATE orders SET user_id = owner
         WHERE user_id IS NULL
           AND customer_email_key = (SELECT email_key FROM users WHERE id = owner AND email_verified IS NOT NULL);
    END;
GRANT EXECUTE ON FUNCTION claim_guest_orders(uuid) TO selvage_system;

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS orders_matching(text);
CREATE FUNCTION orders_matching(terms text)
    RETURNS TABLE (
        id uuid, user_id uuid, status text, created_at timestamptz, customer_email_key sort_text, total_cents bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id, user_id, status, created_at, customer_email_key, total_cents
          FROM orders
         WHERE search @@ to_tsquery('words', terms)
           AND (user_id = (SELECT viewer_id()) OR (SELECT viewer_reads_all('read:orders')));
    END;

-- The newest matches that the viewer may see. EXECUTE, because the planner then knows the words: a rare one it finds
-- through the full-text index, and for a frequent one it walks the newest rows.
CREATE OR REPLACE FUNCTION orders_ranked(terms text, most int) RETURNS TABLE (id uuid, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100 AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id, greatest(ts_rank(search, $1, 1), 1e-6)::real
           FROM (SELECT id, search FROM orders WHERE search @@ $1 AND '
        || CASE WHEN viewer_reads_all('read:orders') THEN 'true' ELSE 'user_id = $3' END
        || ' ORDER BY id DESC LIMIT $2) newest'
        USING to_tsquery('words', terms), most, viewer_id();
END
$$;

-- The orders with a line of that fabric. The same goes for @>: it might leak, so behind a policy it has no index.
CREATE OR REPLACE FUNCTION orders_containing(fabric uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id
          FROM orders
         WHERE items @> jsonb_build_array(jsonb_build_object('fabric_id', fabric))
           AND (user_id = (SELECT viewer_id()) OR (SELECT viewer_reads_all('read:orders')));
    END;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION give_back_cancelled() OWNER TO selvage_system;
ALTER FUNCTION orders_matching(text) OWNER TO selvage_system;
ALTER FUNCTION orders_ranked(text, int) OWNER TO selvage_system;
ALTER FUNCTION orders_containing(uuid) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION orders_matching(text), orders_ranked(text, int), orders_containing(uuid)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;

CREATE OR REPLACE TRIGGER orders_give_back AFTER UPDATE ON orders
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION give_back_cancelled();
