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
GRANT UPDATE (registered_count, status) ON events TO selvage_system;
CREATE POLICY events_update_system ON events FOR UPDATE TO selvage_system USING (true);

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
