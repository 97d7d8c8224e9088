-- The way back from V010, and from what the policy files added on top of it.
DROP FUNCTION IF EXISTS search_is_frequent;
DROP FUNCTION IF EXISTS range_is_narrow;
DROP FUNCTION IF EXISTS words_in_use;
DROP FUNCTION IF EXISTS users_matching;
DROP FUNCTION IF EXISTS consignors_matching;
DROP FUNCTION IF EXISTS events_matching;
DROP FUNCTION IF EXISTS fabrics_matching;
DROP FUNCTION IF EXISTS inventory_items_matching;
DROP FUNCTION IF EXISTS orders_matching;
DROP FUNCTION IF EXISTS orders_ranked;
DROP FUNCTION IF EXISTS content_calendar_matching;
DROP FUNCTION IF EXISTS content_calendar_ranked;

ALTER TABLE content_calendar
    DROP COLUMN search,
    ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A')
        || setweight(to_tsvector('simple', hashtags), 'B')
        || setweight(to_tsvector('english', coalesce(description, '')), 'C')) STORED;
CREATE INDEX content_search_idx ON content_calendar USING gin (search);

ALTER TABLE orders
    DROP COLUMN search,
    ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', customer_name), 'A')
        || setweight(to_tsvector('simple', customer_email), 'A')
        || setweight(to_tsvector('simple', coalesce(etsy_order_id, '') || ' ' || coalesce(tracking_number, '')), 'B')
        || setweight(to_tsvector('english', jsonb_path_query_array(items, '$[*].name')), 'C')) STORED;
CREATE INDEX orders_search_idx ON orders USING gin (search);

DROP TEXT SEARCH CONFIGURATION words;
DROP TEXT SEARCH DICTIONARY every_word;
DROP DOMAIN sort_text;
