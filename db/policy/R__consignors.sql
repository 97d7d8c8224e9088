-- Who reads and writes consignors. This file states all of it: edit it in place.
SELECT drop_policies('consignors');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY consignors_owner ON consignors TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON consignors TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
CREATE POLICY consignors_read_anonymous ON consignors FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY consignors_read_user ON consignors FOR SELECT TO selvage_user USING (user_id = (SELECT viewer_id()));
CREATE POLICY consignors_read_integrator ON consignors FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('read:consignors')));
CREATE POLICY consignors_read_admin ON consignors FOR SELECT TO selvage_admin USING (true);

GRANT INSERT (user_id, name, email, phone, address, preferred_contact),
      UPDATE (name, email, phone, address, preferred_contact)
   ON consignors TO selvage_user, selvage_admin;
CREATE POLICY consignors_insert_user ON consignors FOR INSERT TO selvage_user
    WITH CHECK (user_id = (SELECT viewer_id()));
CREATE POLICY consignors_insert_admin ON consignors FOR INSERT TO selvage_admin WITH CHECK (true);
CREATE POLICY consignors_update_user ON consignors FOR UPDATE TO selvage_user USING (user_id = (SELECT viewer_id()));
CREATE POLICY consignors_update_admin ON consignors FOR UPDATE TO selvage_admin USING (true);

-- Searches for the three roles above.
GRANT SELECT ON consignors TO selvage_system;
CREATE POLICY consignors_read_system ON consignors FOR SELECT TO selvage_system USING (true);

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS consignors_matching(text);
CREATE FUNCTION consignors_matching(terms text)
    RETURNS TABLE (
        id bigint, user_id uuid, number int, name_sort sort_text, preferred_contact text, created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id, user_id, number, name_sort, preferred_contact, created_at
          FROM consignors
         WHERE search @@ to_tsquery('simple', terms)
           AND (user_id = (SELECT viewer_id()) OR (SELECT viewer_reads_all('read:consignors')));
    END;

-- The newest matches that the viewer may see. EXECUTE, because the planner then knows the words: a rare one it finds
-- through the full-text index, and for a frequent one it walks the newest rows.
CREATE OR REPLACE FUNCTION consignors_ranked(terms text, most int) RETURNS TABLE (id bigint, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100 AS $$
BEGIN
    -- Their search crosses kinds, and is not for looking oneself up.
    IF viewer_reads_all('read:consignors') THEN
        RETURN QUERY EXECUTE
            'SELECT id, greatest(ts_rank(search, $1, 1), 1e-6)::real
               FROM (SELECT id, search FROM consignors WHERE search @@ $1 ORDER BY id DESC LIMIT $2) newest'
            USING to_tsquery('simple', terms), most;
    END IF;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION consignors_matching(text) OWNER TO selvage_system;
ALTER FUNCTION consignors_ranked(text, int) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION consignors_matching(text), consignors_ranked(text, int)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
