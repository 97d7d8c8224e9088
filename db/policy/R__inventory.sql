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
