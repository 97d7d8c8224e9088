-- The way back from V008.
DROP TABLE content_calendar;
DROP FUNCTION is_hashtags(jsonb);
DROP FUNCTION is_engagement(jsonb);
