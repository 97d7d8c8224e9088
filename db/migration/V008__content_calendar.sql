-- The known figures of a post; a platform leaves out what it does not count.
CREATE FUNCTION is_engagement(figures jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_typeof(figures) = 'object'
       AND figures - ARRAY['impressions', 'reach', 'likes', 'comments', 'shares', 'saves', 'clicks'] = '{}'
       AND NOT jsonb_path_exists(figures,
               'strict $.* ? (@.type() != "number" || @ < 0 || @ > 2147483647 || @.floor() != @)');

-- At most 30, each # and then letters, digits or _.
CREATE FUNCTION is_hashtags(hashtags jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN is_array_of_text(hashtags)
       AND jsonb_array_length(hashtags) <= 30
       AND NOT jsonb_path_exists(hashtags, '$[*] ? (!(@ like_regex "^#\\w+$"))');

CREATE TABLE content_calendar (
    id                 uuid        CONSTRAINT content_calendar_pkey PRIMARY KEY DEFAULT time_ordered_uuid(),
    version            int         NOT NULL DEFAULT 1,
    user_id            uuid        NOT NULL CONSTRAINT content_calendar_user_fkey REFERENCES users,
    platform           text        NOT NULL,
    content_type       text        NOT NULL,
    title              text        NOT NULL,
    description        text,
    media_urls         jsonb       NOT NULL DEFAULT '[]',
    hashtags           jsonb       NOT NULL DEFAULT '[]',
    -- NULL for a draft without a date.
    scheduled_date     timestamptz,
    published          boolean     NOT NULL DEFAULT false,
    published_date     timestamptz,
    engagement_metrics jsonb,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),

    search             tsvector    NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A')
        || setweight(to_tsvector('simple', hashtags), 'B')
        || setweight(to_tsvector('english', coalesce(description, '')), 'C')) STORED,

    CONSTRAINT content_calendar_platform_known CHECK (platform IN ('instagram', 'facebook', 'pinterest')),
    CONSTRAINT content_calendar_content_type_known CHECK (content_type IN ('post', 'story', 'reel')),
    CONSTRAINT content_calendar_pinterest_posts CHECK (platform <> 'pinterest' OR content_type = 'post'),
    CONSTRAINT content_calendar_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT content_calendar_description_length CHECK (char_length(description) <= 10000),
    CONSTRAINT content_calendar_media_urls_shape
        CHECK (is_array_of_text(media_urls) AND jsonb_array_length(media_urls) <= 50),
    CONSTRAINT content_calendar_hashtags_shape CHECK (is_hashtags(hashtags)),
    CONSTRAINT content_calendar_published_when CHECK (published = (published_date IS NOT NULL)),
    CONSTRAINT content_calendar_engagement_shape CHECK (is_engagement(engagement_metrics))
);

CREATE INDEX content_scheduled_idx ON content_calendar (scheduled_date);
-- An entry without a date is paged behind all others.
CREATE INDEX content_scheduled_page_idx ON content_calendar (coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_created_at_idx ON content_calendar (created_at, id);
CREATE INDEX content_user_scheduled_idx ON content_calendar (user_id, coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_user_created_at_idx ON content_calendar (user_id, created_at, id);
CREATE INDEX content_platform_idx ON content_calendar (platform, coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_type_idx ON content_calendar (content_type, coalesce(scheduled_date, 'infinity'), id);
CREATE INDEX content_planned_idx ON content_calendar (coalesce(scheduled_date, 'infinity'), id) WHERE NOT published;
CREATE INDEX content_search_idx ON content_calendar USING gin (search);
CREATE INDEX content_title_trgm_idx ON content_calendar USING gin (title gin_trgm_ops);

CREATE TRIGGER content_calendar_version BEFORE UPDATE ON content_calendar FOR EACH ROW
    WHEN (ROW (OLD.user_id, OLD.platform, OLD.content_type, OLD.title, OLD.description, OLD.media_urls, OLD.hashtags,
               OLD.scheduled_date, OLD.published, OLD.published_date, OLD.engagement_metrics)
          IS DISTINCT FROM
          ROW (NEW.user_id, NEW.platform, NEW.content_type, NEW.title, NEW.description, NEW.media_urls, NEW.hashtags,
               NEW.scheduled_date, NEW.published, NEW.published_date, NEW.engagement_metrics))
    EXECUTE FUNCTION raise_version();

ALTER TABLE content_calendar ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

GRANT EXECUTE ON FUNCTION is_engagement(jsonb), is_hashtags(jsonb) TO PUBLIC;
