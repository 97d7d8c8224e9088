CREATE TABLE analytics (
    id           uuid        CONSTRAINT analytics_pkey PRIMARY KEY DEFAULT time_ordered_uuid(),
    metric_type  text        NOT NULL,
    metric_value jsonb       NOT NULL,
    date         date        NOT NULL,
    -- NULL counts as one platform.
    platform     text,
    created_at   timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT analytics_metric_type_length CHECK (char_length(metric_type) BETWEEN 1 AND 100),
    CONSTRAINT analytics_platform_length CHECK (char_length(platform) BETWEEN 1 AND 100),
    CONSTRAINT analytics_metric_value_shape CHECK (jsonb_typeof(metric_value) IN ('object', 'number')),
    -- Days only pass, so what is true once stays true.
    CONSTRAINT analytics_date_past CHECK (date <= (now() AT TIME ZONE 'UTC')::date + 1),
    CONSTRAINT analytics_one_a_day UNIQUE NULLS NOT DISTINCT (metric_type, date, platform)
);

CREATE INDEX analytics_date_idx ON analytics (date, id);
CREATE INDEX analytics_metric_type_idx ON analytics (metric_type, date, id);
CREATE INDEX analytics_platform_idx ON analytics (platform, date, id);

ALTER TABLE analytics ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
