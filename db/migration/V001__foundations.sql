-- What every table leans on: who is asking, ids, versions, names in sorting order.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A function is called by whom it is granted to by name.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The viewer's users.id, or NULL for everybody without one. A transaction-local setting reads '' once it was set in an
-- earlier transaction of the session.
CREATE FUNCTION viewer_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('selvage.viewer', true), '')::uuid;

-- Whether an integrator's token carries the scope.
CREATE FUNCTION viewer_has_scope(scope text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN scope = ANY (string_to_array(current_setting('selvage.scopes', true), ' '));

-- Whether the viewer may read everybody's records behind this scope: an administrator, or an integrator who carries it.
-- It asks for the role that was set and not for current_user, which is another inside a SECURITY DEFINER function.
CREATE FUNCTION viewer_reads_all(scope text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN current_setting('role') = 'selvage_admin'
        OR (current_setting('role') = 'selvage_integrator' AND viewer_has_scope(scope));

-- A version 7 UUID (RFC 9562): the first 48 bits are milliseconds, so that new rows stand together in an index.
-- PostgreSQL has its own only from version 18 on.
CREATE FUNCTION time_ordered_uuid() RETURNS uuid
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN encode(
        set_bit(
            set_bit(
                overlay(
                    uuid_send(gen_random_uuid())
                    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1 FOR 6),
                52, 1),
            53, 1),
        'hex')::uuid;

-- Each table's trigger says in its WHEN which columns count.
CREATE FUNCTION raise_version() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$$;

-- A JSON array of strings, none of them empty. Strict, because a lax filter looks into arrays within the array.
CREATE FUNCTION is_array_of_text(value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_typeof(value) = 'array'
       AND NOT jsonb_path_exists(value, 'strict $[*] ? (@.type() != "string" || @ == "")');

-- A policy file states all that the roles may do with a table, so it begins by taking back what an earlier text of it gave.
CREATE FUNCTION drop_policies(of_table regclass) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    policy name;
BEGIN
    EXECUTE format(
        'REVOKE ALL ON %s FROM selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system', of_table);
    FOR policy IN SELECT polname FROM pg_policy WHERE polrelid = of_table LOOP
        EXECUTE format('DROP POLICY %I ON %s', policy, of_table);
    END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION viewer_id(), viewer_has_scope(text), viewer_reads_all(text), time_ordered_uuid(), is_array_of_text(jsonb)
   TO PUBLIC;
