-- The roles of one Selvage database. Run it once, connected to that database, as its administrator (a superuser, or a
-- role with CREATEROLE that owns the database); running it again changes nothing. It sets no passwords: give
-- selvage_owner and selvage_login theirs with ALTER ROLE … PASSWORD, or let the server authenticate them otherwise.
--
--   selvage_owner        migrates and owns every object; nothing serves requests with it
--   selvage_login        what the gateway connects as; it has no rights of its own and takes one of the roles below for
--                        the length of a transaction
--   selvage_anonymous    callers without a token
--   selvage_user         signed-in users
--   selvage_integrator   third-party clients; their scopes stand in a setting of the transaction
--   selvage_admin        administrators
--   selvage_system       the gateway's own work; owns the SECURITY DEFINER functions
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['selvage_owner', 'selvage_login'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role);
        END IF;
    END LOOP;
    FOREACH role IN ARRAY
        ARRAY['selvage_anonymous', 'selvage_user', 'selvage_integrator', 'selvage_admin', 'selvage_system'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO selvage_owner, selvage_login', current_database());
    -- Trusted extensions are created by a role that may create in the database.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO selvage_owner', current_database());
END
$$;

-- Without INHERIT the login role gains nothing by its memberships until it says SET ROLE.
ALTER ROLE selvage_login NOINHERIT;
GRANT selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system TO selvage_login;
-- So that migrations can hand a SECURITY DEFINER function to selvage_system.
GRANT selvage_system TO selvage_owner;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public
   TO selvage_login, selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
GRANT USAGE, CREATE ON SCHEMA public TO selvage_owner WITH GRANT OPTION;

-- A request is short: what runs longer is a fault, and must not hold a connection, a snapshot or a lock.
ALTER ROLE selvage_login SET statement_timeout = '3s';
ALTER ROLE selvage_login SET lock_timeout = '2s';
ALTER ROLE selvage_login SET idle_in_transaction_session_timeout = '10s';
-- Compiling a plan of a few milliseconds costs more than it saves.
ALTER ROLE selvage_login SET jit = off;
-- What serves requests lies in memory or on a solid-state disk. With the default, made for spinning disks, the planner takes
-- walking past twice as many rows for as cheap as finding the right ones.
ALTER ROLE selvage_login SET random_page_cost = 1.1;
ALTER ROLE selvage_login SET timezone = 'UTC';
