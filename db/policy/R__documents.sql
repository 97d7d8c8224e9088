-- Who reads and writes apps and the documents that they publish. This file states all of it: edit it in place.
SELECT drop_policies('client_apps'), drop_policies('persisted_documents'), drop_policies('document_ids');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY client_apps_owner ON client_apps TO selvage_owner USING (true) WITH CHECK (true);
CREATE POLICY persisted_documents_owner ON persisted_documents TO selvage_owner USING (true) WITH CHECK (true);
CREATE POLICY document_ids_owner ON document_ids TO selvage_owner USING (true) WITH CHECK (true);

-- What an app may send is for administrators to say; whoever publishes its documents only has to know its client id.
GRANT SELECT ON client_apps TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY client_apps_read_anonymous ON client_apps FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY client_apps_read_user ON client_apps FOR SELECT TO selvage_user USING (false);
CREATE POLICY client_apps_read_integrator ON client_apps FOR SELECT TO selvage_integrator USING (false);
CREATE POLICY client_apps_read_admin ON client_apps FOR SELECT TO selvage_admin USING (true);
-- Finds the policy of a caller's app.
CREATE POLICY client_apps_read_system ON client_apps FOR SELECT TO selvage_system USING (true);

GRANT INSERT (client_id, name, policy) ON client_apps TO selvage_admin, selvage_system;
GRANT UPDATE (name, policy) ON client_apps TO selvage_admin;
CREATE POLICY client_apps_insert_admin ON client_apps FOR INSERT TO selvage_admin WITH CHECK (true);
-- The gateway's own, whose documents everybody may call.
CREATE POLICY client_apps_insert_system ON client_apps FOR INSERT TO selvage_system
    WITH CHECK (client_id = 'selvage-gateway');
CREATE POLICY client_apps_update_admin ON client_apps FOR UPDATE TO selvage_admin USING (true);

GRANT SELECT ON persisted_documents TO selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY persisted_documents_read_integrator ON persisted_documents FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:documents')));
CREATE POLICY persisted_documents_read_admin ON persisted_documents FOR SELECT TO selvage_admin USING (true);
CREATE POLICY persisted_documents_read_system ON persisted_documents FOR SELECT TO selvage_system USING (true);

-- What a document says stays; which versions use it changes.
GRANT INSERT (client_id, hash, text, operation_name, cost, app_versions), UPDATE (cost, app_versions, retired_at)
   ON persisted_documents TO selvage_integrator, selvage_admin, selvage_system;
GRANT UPDATE (last_used_at) ON persisted_documents TO selvage_system;
CREATE POLICY persisted_documents_insert_integrator ON persisted_documents FOR INSERT TO selvage_integrator
    WITH CHECK ((SELECT viewer_has_scope('write:documents')));
CREATE POLICY persisted_documents_insert_admin ON persisted_documents FOR INSERT TO selvage_admin WITH CHECK (true);
CREATE POLICY persisted_documents_insert_system ON persisted_documents FOR INSERT TO selvage_system
    WITH CHECK (client_id = 'selvage-gateway');
CREATE POLICY persisted_documents_update_integrator ON persisted_documents FOR UPDATE TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:documents')));
CREATE POLICY persisted_documents_update_admin ON persisted_documents FOR UPDATE TO selvage_admin USING (true);
CREATE POLICY persisted_documents_update_system ON persisted_documents FOR UPDATE TO selvage_system USING (true);

GRANT SELECT ON document_ids TO selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY document_ids_read_integrator ON document_ids FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:documents')));
CREATE POLICY document_ids_read_admin ON document_ids FOR SELECT TO selvage_admin USING (true);
CREATE POLICY document_ids_read_system ON document_ids FOR SELECT TO selvage_system USING (true);

GRANT INSERT (client_id, custom_id, document_id) ON document_ids TO selvage_integrator, selvage_admin;
CREATE POLICY document_ids_insert_integrator ON document_ids FOR INSERT TO selvage_integrator
    WITH CHECK ((SELECT viewer_has_scope('write:documents')));
CREATE POLICY document_ids_insert_admin ON document_ids FOR INSERT TO selvage_admin WITH CHECK (true);

-- Whether there is an app with this client id. Whoever may publish its documents may know that, and no more of it.
CREATE OR REPLACE FUNCTION is_client_app(asked text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (current_setting('role') IN ('selvage_admin', 'selvage_system')
            OR current_setting('role') = 'selvage_integrator' AND viewer_has_scope('write:documents'))
       AND EXISTS (SELECT FROM client_apps WHERE client_id = asked);

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION is_client_app(text) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION is_client_app(text) TO selvage_integrator, selvage_admin;
