-- Who reads and writes users. This file states all of it: edit it in place.
SELECT drop_policies('users');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY users_owner ON users TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON users TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY users_read_anonymous ON users FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY users_read_user ON users FOR SELECT TO selvage_user USING (id = (SELECT viewer_id()));
CREATE POLICY users_read_integrator ON users FOR SELECT TO selvage_integrator USING (false);
CREATE POLICY users_read_admin ON users FOR SELECT TO selvage_admin USING (true);
-- Finds the viewer of a token, and searches for administrators.
CREATE POLICY users_read_system ON users FOR SELECT TO selvage_system USING (true);

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS users_matching(text);
CREATE FUNCTION users_matching(terms text)
    RETURNS TABLE (id uuid, role text, created_at timestamptz, email_key sort_text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    BEGIN ATOMIC
        SELECT id, role, created_at, email_key
          FROM users
         WHERE search @@ to_tsquery('simple', terms)
           AND (id = (SELECT viewer_id()) OR current_setting('role') = 'selvage_admin');
    END;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION users_matching(text) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION users_matching(text) TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
