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

-- Neither e-mail address nor role is a user's own to change.
GRANT UPDATE (name, image) ON users TO selvage_user, selvage_admin;
GRANT UPDATE (role) ON users TO selvage_admin;
CREATE POLICY users_update_user ON users FOR UPDATE TO selvage_user USING (id = (SELECT viewer_id()));
CREATE POLICY users_update_admin ON users FOR UPDATE TO selvage_admin USING (true);

-- Signs people in.
GRANT INSERT, UPDATE ON users TO selvage_system;
CREATE POLICY users_insert_system ON users FOR INSERT TO selvage_system
    WITH CHECK (role = 'user' AND issuer IS NOT NULL AND email_verified IS NOT NULL);
CREATE POLICY users_update_system ON users FOR UPDATE TO selvage_system USING (true);

-- The user whom a token names by issuer and subject: one already known, who then gets the token's e-mail address while that
-- is free; or an imported one with that address and no sign-in yet; or else a new one. Of calls at the same time one makes
-- the user and the others find it. Without a verified address (an empty text) nobody is made or taken over.
CREATE OR REPLACE FUNCTION sign_in(
        token_issuer text, token_subject text, verified_email text, token_name text, first_administrator boolean)
    RETURNS TABLE (outcome text, id uuid, role text)
    LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    known uuid;
BEGIN
    SELECT users.id INTO known FROM users WHERE issuer = token_issuer AND subject = token_subject;
    IF known IS NULL AND verified_email <> '' THEN
        BEGIN
            INSERT INTO users (email, name, email_verified, issuer, subject)
            VALUES (btrim(verified_email), nullif(token_name, ''), clock_timestamp(), token_issuer, token_subject)
                ON CONFLICT (email_key) DO UPDATE
               SET issuer = EXCLUDED.issuer, subject = EXCLUDED.subject, email_verified = EXCLUDED.email_verified
             WHERE users.issuer IS NULL
            RETURNING users.id INTO known;
        EXCEPTION WHEN unique_violation THEN
            -- By another address the same one has just been made.
        END;
        IF known IS NOT NULL THEN
            PERFORM claim_guest_orders(known);
        ELSE
            SELECT users.id INTO known FROM users WHERE issuer = token_issuer AND subject = token_subject;
        END IF;
    END IF;
    IF known IS NULL THEN
        RETURN QUERY SELECT CASE verified_email WHEN '' THEN 'no_verified_email' ELSE 'email_of_another' END,
                            NULL::uuid, NULL::text;
        RETURN;
    END IF;

    IF verified_email <> '' THEN
        BEGIN
            UPDATE users SET email = btrim(verified_email), email_verified = clock_timestamp()
             WHERE users.id = known
               AND (email_key <> folded_email(verified_email) OR email_verified IS NULL)
               AND NOT EXISTS (SELECT FROM users other
                                WHERE other.email_key = folded_email(verified_email) AND other.id <> known);
            IF FOUND THEN
                PERFORM claim_guest_orders(known);
            END IF;
        EXCEPTION WHEN unique_violation THEN
            -- Somebody else has just taken it.
        END;
    END IF;
    IF first_administrator AND NOT EXISTS (SELECT FROM users WHERE role = 'admin' AND issuer IS NOT NULL) THEN
        UPDATE users SET role = 'admin' WHERE users.id = known;
    END IF;
    RETURN QUERY SELECT 'signed_in', users.id, users.role FROM users WHERE users.id = known;
END
$$;
GRANT EXECUTE ON FUNCTION sign_in(text, text, text, text, boolean) TO selvage_system;

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS users_matching(text);
CREATE FUNCTION users_matching(terms text)
    RETURNS TABLE (id uuid, role text, created_at timestamptz, email_key sort_text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
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
