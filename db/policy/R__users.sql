-- Who reads and writes users. This file states all of it: edit it in place.
SELECT drop_policies('users');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY users_owner ON users TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON users TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY users_read_anonymous ON users FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY users_read_user ON users FOR SELECT TO selvage_user USING (id = (SELECT viewer_id()));
CREATE POLICY users_read_integrator ON users FOR SELECT TO selvage_integrator USING (false);
CREATE POLICY users_read_admin ON users FOR SELECT TO selvage_admin USING (true);
-- Finds the viewer of a token.
CREATE POLICY users_read_system ON users FOR SELECT TO selvage_system USING (true);
