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

-- Searches for the three roles above.
GRANT SELECT ON consignors TO selvage_system;
CREATE POLICY consignors_read_system ON consignors FOR SELECT TO selvage_system USING (true);

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above.
CREATE OR REPLACE FUNCTION consignors_matching(query text) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    BEGIN ATOMIC
        SELECT id
          FROM consignors
         WHERE search @@ websearch_to_tsquery('simple', query)
           AND (user_id = viewer_id() OR viewer_reads_all('read:consignors'));
    END;
GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION consignors_matching(text) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION consignors_matching(text) TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
