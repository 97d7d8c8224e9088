-- An entry that is planned for infinity is one without a date, and stands in lists where such entries do.
UPDATE content_calendar SET scheduled_date = NULL WHERE NOT isfinite(scheduled_date);
ALTER TABLE content_calendar
    ADD CONSTRAINT content_calendar_dates_finite CHECK (isfinite(scheduled_date) AND isfinite(published_date)),
    -- What was posted was posted before now, by a clock that may be a little fast. Time only passes, so what is true once stays
    -- true.
    ADD CONSTRAINT content_calendar_published_past CHECK (published_date <= now() + interval '5 minutes');

-- A figure, or an object with figures in it: no place to keep documents.
ALTER TABLE analytics
    ADD CONSTRAINT analytics_metric_value_size CHECK (octet_length(metric_value::text) <= 65536);
