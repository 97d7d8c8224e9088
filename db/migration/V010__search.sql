-- Text in the order of its bytes, as email_key and name_sort are. A domain, because a function's result takes no COLLATE.
CREATE DOMAIN sort_text AS text COLLATE "C";

-- English, every word of it: where names and hashtags stand, a stop word may be a name, such as Will.
CREATE TEXT SEARCH DICTIONARY every_word (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING REPLACE pg_catalog.english_stem WITH every_word;

-- All parts by one configuration, because a query is read by one.
ALTER TABLE orders
    DROP COLUMN search,
    ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('words', customer_name), 'A')
        || setweight(to_tsvector('words', customer_email), 'A')
        || setweight(to_tsvector('words', coalesce(etsy_order_id, '') || ' ' || coalesce(tracking_number, '')), 'B')
        || setweight(to_tsvector('words', jsonb_path_query_array(items, '$[*].name')), 'C')) STORED;
CREATE INDEX orders_search_idx ON orders USING gin (search);

ALTER TABLE content_calendar
    DROP COLUMN search,
    ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('words', title), 'A')
        || setweight(to_tsvector('words', hashtags), 'B')
        || setweight(to_tsvector('words', coalesce(description, '')), 'C')) STORED;
CREATE INDEX content_search_idx ON content_calendar USING gin (search);

-- How frequent a word is decides how it is looked for, and nothing else analyzes a column for being new.
ANALYZE orders (search);
ANALYZE content_calendar (search);
