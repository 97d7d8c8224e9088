-- What entries are sorted by: those without a date behind all others. A column, because behind a policy an index serves
-- conditions on columns only; of an expression PostgreSQL does not know that it cannot leak.
ALTER TABLE content_calendar
    ADD COLUMN scheduled_sort timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(scheduled_date, 'infinity')) STORED;

-- Lists are read in two branches, what is published and what is not, so its indexes lead with that:
-- what has no date is seldom published, and a walk past all of it is long.
DROP INDEX content_scheduled_page_idx, content_created_at_idx, content_user_scheduled_idx, content_platform_idx,
    content_type_idx, content_planned_idx, content_user_created_at_idx;
CREATE INDEX content_published_scheduled_idx ON content_calendar (published, scheduled_sort, id);
CREATE INDEX content_published_created_at_idx ON content_calendar (published, created_at, id);
CREATE INDEX content_user_scheduled_idx ON content_calendar (user_id, published, scheduled_sort, id);
CREATE INDEX content_user_created_at_idx ON content_calendar (user_id, published, created_at, id);
CREATE INDEX content_platform_idx ON content_calendar (platform, published, scheduled_sort, id);
CREATE INDEX content_type_idx ON content_calendar (content_type, published, scheduled_sort, id);

ANALYZE content_calendar;
