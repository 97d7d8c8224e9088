-- Who reads and writes events and event_registrations. This file states all of it: edit it in place.
SELECT drop_policies('events'), drop_policies('event_registrations');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY events_owner ON events TO selvage_owner USING (true) WITH CHECK (true);
CREATE POLICY event_registrations_owner ON event_registrations TO selvage_owner USING (true) WITH CHECK (true);

-- The events that hold a registration or an item of the viewer's. The tables' own policies narrow both branches to the
-- viewer's rows, and neither of them asks about events, so nothing recurses.
CREATE OR REPLACE FUNCTION viewer_event_ids() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT registration.event_id
          FROM event_registrations registration
         WHERE registration.consignor_id = (SELECT id FROM consignors WHERE user_id = viewer_id())
        UNION
        SELECT item.event_id FROM inventory_items item WHERE item.user_id = viewer_id());
GRANT EXECUTE ON FUNCTION viewer_event_ids() TO selvage_user, selvage_system;

GRANT SELECT ON events TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
CREATE POLICY events_read_anonymous ON events FOR SELECT TO selvage_anonymous USING (listed);
CREATE POLICY events_read_user ON events FOR SELECT TO selvage_user
    USING (listed OR id = ANY ((SELECT viewer_event_ids())::bigint[]));
CREATE POLICY events_read_integrator ON events FOR SELECT TO selvage_integrator
    USING (listed OR (SELECT viewer_has_scope('read:inventory') OR viewer_has_scope('read:consignors')));
CREATE POLICY events_read_admin ON events FOR SELECT TO selvage_admin USING (true);

GRANT SELECT ON event_registrations
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY event_registrations_read_anonymous ON event_registrations FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY event_registrations_read_user ON event_registrations FOR SELECT TO selvage_user
    USING (consignor_id = (SELECT id FROM consignors WHERE user_id = (SELECT viewer_id())));
CREATE POLICY event_registrations_read_integrator ON event_registrations FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('read:consignors')));
CREATE POLICY event_registrations_read_admin ON event_registrations FOR SELECT TO selvage_admin USING (true);
-- Counts who is ahead on a waiting list.
CREATE POLICY event_registrations_read_system ON event_registrations FOR SELECT TO selvage_system USING (true);

-- Searches for the roles above.
GRANT SELECT ON events TO selvage_system;
CREATE POLICY events_read_system ON events FOR SELECT TO selvage_system USING (true);

GRANT INSERT (name, description, location, start_date, end_date, drop_off_start, drop_off_end, pick_up_start, pick_up_end,
              max_consignors),
      UPDATE (name, description, location, start_date, end_date, drop_off_start, drop_off_end, pick_up_start, pick_up_end,
              max_consignors, status)
   ON events TO selvage_admin;
CREATE POLICY events_insert_admin ON events FOR INSERT TO selvage_admin WITH CHECK (true);
CREATE POLICY events_update_admin ON events FOR UPDATE TO selvage_admin USING (true);
-- Counts places, completes what is over, and locks events whose items are sold.
GRANT UPDATE (registered_count, status) ON events TO selvage_system;
CREATE POLICY events_update_system ON events FOR UPDATE TO selvage_system USING (true);

-- Whose a registration is does not change, so a user's stays theirs.
GRANT UPDATE (status) ON event_registrations TO selvage_user, selvage_admin, selvage_system;
CREATE POLICY event_registrations_update_user ON event_registrations FOR UPDATE TO selvage_user
    USING (consignor_id = (SELECT id FROM consignors WHERE user_id = (SELECT viewer_id())))
    WITH CHECK (status = 'cancelled');
CREATE POLICY event_registrations_update_admin ON event_registrations FOR UPDATE TO selvage_admin USING (true);
CREATE POLICY event_registrations_update_system ON event_registrations FOR UPDATE TO selvage_system USING (true);
-- Joins for users, who may not count the places.
GRANT INSERT (event_id, consignor_id, status) ON event_registrations TO selvage_system;
CREATE POLICY event_registrations_insert_system ON event_registrations FOR INSERT TO selvage_system WITH CHECK (true);

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS events_matching(text);
CREATE FUNCTION events_matching(terms text)
    RETURNS TABLE (
        id bigint, listed boolean, status text, start_date timestamptz, created_at timestamptz, name_sort sort_text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id, listed, status, start_date, created_at, name_sort
          FROM events
         WHERE search @@ to_tsquery('english', terms)
           AND (listed
                OR id = ANY ((SELECT viewer_event_ids())::bigint[])
                OR (SELECT viewer_reads_all('read:inventory') OR viewer_reads_all('read:consignors')));
    END;

-- The newest matches that the viewer may see. EXECUTE, because the planner then knows the words: a rare one it finds
-- through the full-text index, and for a frequent one it walks the newest rows.
CREATE OR REPLACE FUNCTION events_ranked(terms text, most int) RETURNS TABLE (id bigint, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100 AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id, greatest(ts_rank(search, $1, 1), 1e-6)::real
           FROM (SELECT id, search FROM events WHERE search @@ $1 AND '
        || CASE WHEN viewer_reads_all('read:inventory') OR viewer_reads_all('read:consignors')
           THEN 'true' ELSE '(listed OR id = ANY ($3))' END
        || ' ORDER BY id DESC LIMIT $2) newest'
        USING to_tsquery('english', terms), most, viewer_event_ids();
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION events_matching(text) OWNER TO selvage_system;
ALTER FUNCTION events_ranked(text, int) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION events_matching(text), events_ranked(text, int)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;

-- The places on the waiting list of those of the registrations that the viewer may see; 1 is next. Where one stands
-- depends on rows that are not one's own.
CREATE OR REPLACE FUNCTION waitlist_positions(registrations bigint[]) RETURNS TABLE (id bigint, place int)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    BEGIN ATOMIC
        SELECT waiting.id, waiting.place
          FROM (SELECT registration.id,
                       registration.consignor_id,
                       (row_number() OVER (PARTITION BY registration.event_id ORDER BY registration.id))::int AS place
                  FROM event_registrations registration
                 WHERE registration.status = 'waitlisted'
                   AND registration.event_id IN
                       (SELECT asked.event_id FROM event_registrations asked WHERE asked.id = ANY (registrations))
               ) waiting
         WHERE waiting.id = ANY (registrations)
           AND (viewer_reads_all('read:consignors')
                OR waiting.consignor_id = (SELECT consignor.id FROM consignors consignor
                                            WHERE consignor.user_id = viewer_id()));
    END;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION waitlist_positions(bigint[]) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION waitlist_positions(bigint[]) TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;

-- Takes a place at an event that the viewer sees, for a consignor of theirs, or for any if they are an administrator; or says
-- why not. Whether a place is free holds until the end of the transaction: the event's row is locked.
CREATE OR REPLACE FUNCTION join_event(event bigint, consignor bigint, waits boolean)
    RETURNS TABLE (outcome text, registration bigint, capacity int)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
DECLARE
    by_admin CONSTANT boolean := current_setting('role') = 'selvage_admin';
    joined record;
BEGIN
    SELECT events.status, events.drop_off_end, events.registered_count, events.max_consignors INTO joined
      FROM events
     WHERE events.id = event
       AND (events.listed OR by_admin OR events.id = ANY ((SELECT viewer_event_ids())::bigint[]))
       FOR NO KEY UPDATE;
    capacity := joined.max_consignors;
    outcome := CASE
        WHEN NOT FOUND THEN 'unknown_event'
        WHEN consignor IS NULL THEN CASE WHEN by_admin THEN 'nobody_named' ELSE 'no_consignor' END
        WHEN NOT EXISTS (SELECT FROM consignors
                          WHERE consignors.id = consignor AND (by_admin OR consignors.user_id = viewer_id()))
            THEN CASE WHEN by_admin THEN 'unknown_consignor' ELSE 'another_consignor' END
        WHEN joined.status <> 'published' THEN 'not_published'
        WHEN now() >= joined.drop_off_end THEN 'drop_off_over'
        WHEN EXISTS (SELECT FROM event_registrations live
                      WHERE live.event_id = event AND live.consignor_id = consignor AND live.status <> 'cancelled')
            THEN 'joined_before'
        WHEN joined.registered_count < joined.max_consignors THEN 'registered'
        WHEN waits THEN 'waitlisted'
        ELSE 'full' END;
    IF outcome IN ('registered', 'waitlisted') THEN
        INSERT INTO event_registrations (event_id, consignor_id, status) VALUES (event, consignor, outcome)
        RETURNING id INTO registration;
    END IF;
    RETURN NEXT;
END
$$;

-- Locks a registration that the viewer may change, and before it the event, in a statement of its own: whoever moves places
-- waits here, and sees then what the other has done. Nobody hands in an item meanwhile either, as its foreign key would
-- lock the event.
CREATE OR REPLACE FUNCTION lock_registration(registration bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    event bigint := (SELECT event_id
                       FROM event_registrations
                      WHERE id = registration
                        AND (current_setting('role') = 'selvage_admin'
                             OR consignor_id = (SELECT consignors.id FROM consignors WHERE user_id = viewer_id())));
BEGIN
    IF event IS NOT NULL THEN
        PERFORM FROM events WHERE id = event FOR UPDATE;
        PERFORM FROM event_registrations WHERE id = registration FOR NO KEY UPDATE;
    END IF;
END
$$;

-- Keeps an event as it is, and the place there of a consignor whom the viewer may act for, until the transaction ends: what is
-- handed in meanwhile is not overlooked by those who end either. Others may join in the meantime.
CREATE OR REPLACE FUNCTION lock_place(event bigint, consignor bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('role') = 'selvage_admin'
       OR EXISTS (SELECT FROM consignors WHERE consignors.id = consignor AND consignors.user_id = viewer_id()) THEN
        -- The weakest lock that a change of its status waits for.
        PERFORM FROM events WHERE events.id = event FOR KEY SHARE;
        PERFORM FROM event_registrations live
          WHERE live.event_id = event AND live.consignor_id = consignor AND live.status <> 'cancelled'
            FOR SHARE;
    END IF;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION join_event(bigint, bigint, boolean) OWNER TO selvage_system;
ALTER FUNCTION lock_registration(bigint) OWNER TO selvage_system;
ALTER FUNCTION lock_place(bigint, bigint) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION join_event(bigint, bigint, boolean), lock_registration(bigint), lock_place(bigint, bigint)
   TO selvage_user, selvage_admin;
