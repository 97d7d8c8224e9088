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
-- conditions as the policies above.
CREATE OR REPLACE FUNCTION inventory_items_matching(query text) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    BEGIN ATOMIC
        SELECT id
          FROM inventory_items
         WHERE search @@ websearch_to_tsquery('english', query)
           AND (listed OR user_id = viewer_id() OR viewer_reads_all('read:inventory'));
    END;
GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION inventory_items_matching(text) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION inventory_items_matching(text) TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
