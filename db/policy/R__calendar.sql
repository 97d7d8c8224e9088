-- Who reads and writes content_calendar. This file states all of it: edit it in place.
SELECT drop_policies('content_calendar');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY content_calendar_owner ON content_calendar TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON content_calendar
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY content_calendar_read_anonymous ON content_calendar FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY content_calendar_read_user ON content_calendar FOR SELECT TO selvage_user
    USING (user_id = (SELECT viewer_id()));
CREATE POLICY content_calendar_read_integrator ON content_calendar FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('read:calendar')));
CREATE POLICY content_calendar_read_admin ON content_calendar FOR SELECT TO selvage_admin USING (true);
-- Whose an entry is nobody says: it is its maker's.
GRANT INSERT (platform, content_type, title, description, media_urls, hashtags, scheduled_date),
      UPDATE (platform, content_type, title, description, media_urls, hashtags, scheduled_date),
      DELETE
   ON content_calendar TO selvage_user, selvage_admin;
GRANT UPDATE (published, published_date, engagement_metrics)
   ON content_calendar TO selvage_user, selvage_integrator, selvage_admin;
CREATE POLICY content_calendar_insert_user ON content_calendar FOR INSERT TO selvage_user
    WITH CHECK (user_id = (SELECT viewer_id()));
CREATE POLICY content_calendar_insert_admin ON content_calendar FOR INSERT TO selvage_admin WITH CHECK (true);
CREATE POLICY content_calendar_update_user ON content_calendar FOR UPDATE TO selvage_user
    USING (user_id = (SELECT viewer_id()));
CREATE POLICY content_calendar_update_integrator ON content_calendar FOR UPDATE TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:calendar')));
CREATE POLICY content_calendar_update_admin ON content_calendar FOR UPDATE TO selvage_admin USING (true);
CREATE POLICY content_calendar_delete_user ON content_calendar FOR DELETE TO selvage_user
    USING (user_id = (SELECT viewer_id()));
CREATE POLICY content_calendar_delete_admin ON content_calendar FOR DELETE TO selvage_admin USING (true);

-- Searches for those who may not reach the full-text index themselves.
CREATE POLICY content_calendar_read_system ON content_calendar FOR SELECT TO selvage_system USING (true);

-- Full-text search cannot use its index behind a policy, because @@ might leak; so it happens here, under the same
-- conditions as the policies above. It returns what the list is filtered, sorted and paged by,
-- and is made anew, quietly the first time, because OR REPLACE cannot change that.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS content_calendar_matching(text);
CREATE FUNCTION content_calendar_matching(terms text)
    RETURNS TABLE (
        id uuid, user_id uuid, platform text, content_type text, published boolean, scheduled_sort timestamptz,
        created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- Whatever is looked for, the plan is the same: by the index. From version 18 on PostgreSQL would make it anew each time.
    SET plan_cache_mode = force_generic_plan
    BEGIN ATOMIC
        SELECT id, user_id, platform, content_type, published, scheduled_sort, created_at
          FROM content_calendar
         WHERE search @@ to_tsquery('words', terms)
           AND (user_id = (SELECT viewer_id()) OR (SELECT viewer_reads_all('read:calendar')));
    END;

-- The newest matches that the viewer may see. EXECUTE, because the planner then knows the words: a rare one it finds
-- through the full-text index, and for a frequent one it walks the newest rows.
CREATE OR REPLACE FUNCTION content_calendar_ranked(terms text, most int) RETURNS TABLE (id uuid, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100 AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT id, greatest(ts_rank(search, $1, 1), 1e-6)::real
           FROM (SELECT id, search FROM content_calendar WHERE search @@ $1 AND '
        || CASE WHEN viewer_reads_all('read:calendar') THEN 'true' ELSE 'user_id = $3' END
        || ' ORDER BY id DESC LIMIT $2) newest'
        USING to_tsquery('words', terms), most, viewer_id();
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION content_calendar_matching(text) OWNER TO selvage_system;
ALTER FUNCTION content_calendar_ranked(text, int) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION content_calendar_matching(text), content_calendar_ranked(text, int)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
