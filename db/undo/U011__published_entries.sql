-- The search function answers the column; the policy file makes it anew.
DROP FUNCTION IF EXISTS content_calendar_matching;

DROP INDEX content_published_scheduled_idx, content_published_created_at_idx,
    content_user_scheduled_idx, content_user_created_at_idx, content_platform_idx, content_type_idx;
ALTER TABLE content_calendar DROP COLUMN scheduled_sort;
CREATE INDEX content_scheduled_page_idx ON content_calendar (coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_created_at_idx ON content_calendar (created_at, id);
CREATE INDEX content_user_scheduled_idx ON content_calendar (user_id, coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_user_created_at_idx ON content_calendar (user_id, created_at, id);
CREATE INDEX content_platform_idx ON content_calendar (platform, coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_type_idx ON content_calendar (content_type, coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_planned_idx ON content_calendar (coalesce(scheduled_date, 'infinity'), id) WHERE NOT published;
