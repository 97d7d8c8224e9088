-- Who reads and writes fabrics. This file states all of it: edit it in place.
SELECT drop_policies('fabrics');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY fabrics_owner ON fabrics TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON fabrics
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
-- Archived ones too: orders name them.
CREATE POLICY fabrics_read_anonymous ON fabrics FOR SELECT TO selvage_anonymous USING (true);
CREATE POLICY fabrics_read_user ON fabrics FOR SELECT TO selvage_user USING (true);
CREATE POLICY fabrics_read_integrator ON fabrics FOR SELECT TO selvage_integrator USING (true);
CREATE POLICY fabrics_read_admin ON fabrics FOR SELECT TO selvage_admin USING (true);
-- Searches for the roles above, and counts sales.
CREATE POLICY fabrics_read_system ON fabrics FOR SELECT TO selvage_system USING (true);

GRANT INSERT (name, description, category, subcategory, price, weight, width, composition, care_instructions,
              stock_quantity, images, tags, etsy_listing_id),
      UPDATE (name, description, category, subcategory, price, weight, width, composition, care_instructions,
              stock_quantity, images, tags, etsy_listing_id, archived_at)
   ON fabrics TO selvage_integrator, selvage_admin;
CREATE POLICY fabrics_insert_integrator ON fabrics FOR INSERT TO selvage_integrator
    WITH CHECK ((SELECT viewer_has_scope('write:fabrics')));
CREATE POLICY fabrics_insert_admin ON fabrics FOR INSERT TO selvage_admin WITH CHECK (true);
CREATE POLICY fabrics_update_integrator ON fabrics FOR UPDATE TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:fabrics')));
CREATE POLICY fabrics_update_admin ON fabrics FOR UPDATE TO selvage_admin USING (true);

-- Of all that match, because everybody reads all of them. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS fabrics_matching(text);
CREATE FUNCTION fabrics_matching(terms text)
    RETURNS TABLE (
        id uuid, archived boolean, category text, subcategory text, tags jsonb, price_cents bigint, in_stock boolean,
        name_sort sort_text, created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id, archived, category, subcategory, tags, price_cents, in_stock, name_sort, created_at
          FROM fabrics
         WHERE search @@ to_tsquery('english', terms);
    END;

-- The newest matches. EXECUTE, because the planner then knows the words: a rare one it finds through the full-text
-- index, and for a frequent one it walks the newest rows.
CREATE OR REPLACE FUNCTION fabrics_ranked(terms text, most int) RETURNS TABLE (id uuid, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100 AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id, greatest(ts_rank(search, $1, 1), 1e-6)::real
           FROM (SELECT id, search FROM fabrics WHERE search @@ $1 ORDER BY id DESC LIMIT $2) newest'
        USING to_tsquery('english', terms), most;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION fabrics_matching(text) OWNER TO selvage_system;
ALTER FUNCTION fabrics_ranked(text, int) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION fabrics_matching(text), fabrics_ranked(text, int)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;

-- Orders take and give back units of fabrics that their customers may not change. Rows are locked in the order of their ids,
-- so that no two orders wait for each other.
GRANT UPDATE (stock_quantity) ON fabrics TO selvage_system;
CREATE POLICY fabrics_update_system ON fabrics FOR UPDATE TO selvage_system USING (true);

-- Takes so many units of each fabric for the order that is being placed. A row for each fabric that there is; of those with
-- too few units, or that are not offered any more, nothing is taken.
CREATE OR REPLACE FUNCTION take_stock(wanted uuid[], units int[])
    RETURNS TABLE (id uuid, name text, price numeric, taken boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp ROWS 10 AS $$
#variable_conflict use_column
BEGIN
    IF viewer_order() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'No order is being placed';
    END IF;
    PERFORM FROM fabrics WHERE fabrics.id = ANY (wanted) ORDER BY fabrics.id FOR NO KEY UPDATE;
    RETURN QUERY
        WITH taken AS (
            UPDATE fabrics SET stock_quantity = stock_quantity - asked.units
              FROM unnest(wanted, units) asked (id, units)
             WHERE fabrics.id = asked.id AND NOT archived AND stock_quantity >= asked.units AND asked.units > 0
            RETURNING fabrics.id)
        SELECT fabrics.id, fabrics.name, fabrics.price, EXISTS (SELECT FROM taken WHERE taken.id = fabrics.id)
          FROM fabrics
         WHERE fabrics.id = ANY (wanted);
END
$$;

-- Gives units back, archived or not; at most as many as can be counted, since what is given back is never refused.
CREATE OR REPLACE FUNCTION give_back_stock(fabric_ids uuid[], units int[]) RETURNS void
    LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM fabrics WHERE id = ANY (fabric_ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE fabrics SET stock_quantity = least(stock_quantity::bigint + given.units, 2147483647)
      FROM unnest(fabric_ids, units) given (id, units)
     WHERE fabrics.id = given.id;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION take_stock(uuid[], int[]) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION take_stock(uuid[], int[]) TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
GRANT EXECUTE ON FUNCTION give_back_stock(uuid[], int[]) TO selvage_system;
