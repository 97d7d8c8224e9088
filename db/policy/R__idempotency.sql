-- Who knows what was done under a key. This file states all of it: edit it in place.
SELECT drop_policies('idempotency_keys');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY idempotency_keys_owner ON idempotency_keys TO selvage_owner USING (true) WITH CHECK (true);

-- Callers reach their keys through the functions below, which work for the caller of the transaction only.
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO selvage_system;
CREATE POLICY idempotency_keys_read_system ON idempotency_keys FOR SELECT TO selvage_system USING (true);
CREATE POLICY idempotency_keys_insert_system ON idempotency_keys FOR INSERT TO selvage_system WITH CHECK (true);
CREATE POLICY idempotency_keys_update_system ON idempotency_keys FOR UPDATE TO selvage_system USING (true);
CREATE POLICY idempotency_keys_delete_system ON idempotency_keys FOR DELETE TO selvage_system USING (true);

-- Whose keys these are. Whoever comes without a token shares theirs with all others who do.
CREATE OR REPLACE FUNCTION idempotency_caller() RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE current_setting('role')
               WHEN 'selvage_user' THEN 'user ' || viewer_id()
               WHEN 'selvage_admin' THEN 'user ' || viewer_id()
               WHEN 'selvage_integrator' THEN 'client ' || current_setting('selvage.subject')
               ELSE 'anybody' END;
GRANT EXECUTE ON FUNCTION idempotency_caller() TO selvage_system;

-- Takes a key. Another transaction that has taken it and is still open is waited for: if it is kept the key was used, and
-- else it is free. After 24 hours it is free again. For those without a name another input is another key, so that nobody
-- learns whether somebody else has used it.
CREATE OR REPLACE FUNCTION claim_idempotency_key(
        claimed text, wanted_mutation text, wanted_input text,
        OUT is_fresh boolean, OUT is_same boolean, OUT outcome text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of_caller constant text := idempotency_caller();
    kept_key constant text := CASE of_caller WHEN 'anybody' THEN claimed || ' ' || wanted_input ELSE claimed END;
BEGIN
    INSERT INTO idempotency_keys AS kept (caller, key, mutation, input)
    VALUES (of_caller, kept_key, wanted_mutation, wanted_input)
        ON CONFLICT (caller, key) DO UPDATE
       SET mutation = excluded.mutation, input = excluded.input, outcome = NULL, created_at = excluded.created_at
     WHERE kept.created_at < now() - interval '24 hours';
    is_fresh := FOUND;
    IF NOT is_fresh THEN
        SELECT kept.mutation = wanted_mutation AND kept.input = wanted_input, kept.outcome
          INTO is_same, outcome
          FROM idempotency_keys kept
         WHERE kept.caller = of_caller AND kept.key = kept_key;
    END IF;
    is_same := coalesce(is_same, false);
END
$$;

-- What the change under a key that this transaction has claimed has come to.
CREATE OR REPLACE FUNCTION keep_idempotent_outcome(claimed text, of_input text, new_outcome text) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    BEGIN ATOMIC
        UPDATE idempotency_keys SET outcome = new_outcome
         WHERE caller = idempotency_caller()
           AND key = CASE idempotency_caller() WHEN 'anybody' THEN claimed || ' ' || of_input ELSE claimed END
           AND input = of_input
           AND outcome IS NULL;
    END;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION claim_idempotency_key(text, text, text) OWNER TO selvage_system;
ALTER FUNCTION keep_idempotent_outcome(text, text, text) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION claim_idempotency_key(text, text, text), keep_idempotent_outcome(text, text, text)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
