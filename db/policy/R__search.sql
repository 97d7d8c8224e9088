-- What searching takes across the domains. This file states all of it: edit it in place.

-- Whether so many rows match that a list had better be walked in its own order until a page is full. With n of N rows
-- matching, a page of twenty is full after some 20 × N ÷ n rows of the walk, or twice that where the words go with the
-- order of the list, and fetching all matches reads n: the walk is the shorter way from about n = √(36 × N) on. Of one word
-- the planner knows n from its statistics; EXPLAIN plans and runs nothing. Of several it believes that they have nothing to
-- do with each other, so those are looked up, as far as it takes to tell.
-- VOLATILE, because EXPLAIN is refused in any other function.
CREATE OR REPLACE FUNCTION search_is_frequent(relation regclass, config regconfig, terms text) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_indexscan = off
    AS $$
DECLARE
    query constant tsquery := to_tsquery(config, terms);
    few int;
    matching bigint;
    plan json;
BEGIN
    -- A table of ours: planning somebody's view would evaluate functions in it, with the rights of this one.
    SELECT ceil(sqrt(36 * greatest(reltuples, 1))) INTO STRICT few
      FROM pg_class
     WHERE oid = relation AND relkind = 'r' AND relnamespace = 'public'::regnamespace;
    -- What only leaves out (T) matches nearly everything, and no index finds it.
    IF numnode(query) > 1 AND querytree(query) <> 'T' THEN
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE search @@ $1 LIMIT $2) counted', relation)
           INTO matching USING query, few + 1;
        RETURN matching > few;
    END IF;
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM %s WHERE search @@ %L::tsquery', relation, query) INTO plan;
    RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8 > few;
END
$$;

-- Whether a range of a column, either end of which may be open, holds so few rows that a page in the order of another column
-- had better fetch and sort them all. Up to n = √(36 × N) for the reason above, and in small tables up to a quarter of all
-- rows: amounts and what they are sorted by may go together, and then the walk is longer than that. Two times of one
-- row do go together, so there it is up to a quarter in every table.
-- How many rows a range has the planner knows for the whole table. In the half of it with a flag they are counted, through
-- the index on (flag, ranged), as far as it takes to tell: what a date says about the flag the planner does not know, that
-- nothing published lies ahead.
SET LOCAL client_min_messages = warning;
DROP FUNCTION IF EXISTS range_is_narrow(regclass, name, text, text);
CREATE OR REPLACE FUNCTION range_is_narrow(
        relation regclass, ranged name, lower_end text, upper_end text, times boolean, flag name, value boolean)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off
    AS $$
DECLARE
    part text;
    range constant text :=
           CASE WHEN lower_end IS NULL THEN '' ELSE format(' AND %I >= %L', ranged, lower_end) END
        || CASE WHEN upper_end IS NULL THEN '' ELSE format(' AND %I <= %L', ranged, upper_end) END;
    plan json;
    of_all float8;
    few int;
    matching bigint;
BEGIN
    -- Of a table of ours, for the same reason as above.
    SELECT format('SELECT FROM %s WHERE %s %s',
                  relation, CASE WHEN value THEN '' ELSE 'NOT' END, coalesce(quote_ident(flag), 'true'))
      INTO STRICT part
      FROM pg_class
     WHERE oid = relation AND relkind = 'r' AND relnamespace = 'public'::regnamespace;
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || part INTO plan;
    of_all := plan -> 0 -> 'Plan' ->> 'Plan Rows';
    few := ceil(greatest(sqrt(36 * of_all), CASE WHEN times THEN of_all / 4 ELSE least(1900, of_all / 4) END));
    IF flag IS NULL THEN
        EXECUTE 'EXPLAIN (FORMAT JSON) ' || part || range INTO plan;
        RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8 <= few;
    END IF;
    IF NOT times THEN
        -- Both halves may be fetched for one page.
        few := few / 2;
    END IF;
    EXECUTE 'SELECT count(*) FROM (' || part || range || ' LIMIT $1) counted' INTO matching USING few + 1;
    RETURN matching <= few;
END
$$;

-- Those of the candidates, each one word, that stand in a row of one of the kinds which the viewer may see.
CREATE OR REPLACE FUNCTION words_in_use(candidates text[], kinds text[]) RETURNS SETOF text
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    -- The full-text index, whatever comes: of a word that it does not know yet the planner expects so many rows that it
    -- would look for the first one from an end of the table.
    SET enable_seqscan = off SET enable_indexscan = off
    -- A stop word is worth a notice to PostgreSQL.
    SET client_min_messages = error
    AS $$
DECLARE
    place constant text := ' OR EXISTS (SELECT FROM %I WHERE search @@ plainto_tsquery(%L, candidate) AND %s)';
    places text := '';
    kind text;
BEGIN
    FOREACH kind IN ARRAY kinds LOOP
        places := places || CASE kind
            WHEN 'fabric' THEN format(place, 'fabrics', 'english', 'true')
            WHEN 'inventory_item' THEN format(place, 'inventory_items', 'english',
                CASE WHEN viewer_reads_all('read:inventory') THEN 'true' ELSE '(listed OR user_id = $2)' END)
            WHEN 'event' THEN format(place, 'events', 'english',
                CASE WHEN viewer_reads_all('read:inventory') OR viewer_reads_all('read:consignors')
                THEN 'true' ELSE '(listed OR id = ANY ($3))' END)
            WHEN 'consignor' THEN
                CASE WHEN viewer_reads_all('read:consignors')
                THEN format(place, 'consignors', 'simple', 'true') ELSE '' END
            WHEN 'order' THEN format(place, 'orders', 'words',
                CASE WHEN viewer_reads_all('read:orders') THEN 'true' ELSE 'user_id = $2' END)
            WHEN 'calendar_entry' THEN format(place, 'content_calendar', 'words',
                CASE WHEN viewer_reads_all('read:calendar') THEN 'true' ELSE 'user_id = $2' END)
            END;
    END LOOP;
    -- A word that a search of these kinds leaves out anyway is not one that it misses.
    IF kinds && ARRAY['fabric', 'inventory_item', 'event'] THEN
        places := places || ' OR numnode(plainto_tsquery(''english'', candidate)) = 0';
    END IF;
    RETURN QUERY EXECUTE 'SELECT candidate FROM unnest($1) candidate WHERE false' || places
        USING candidates, viewer_id(), viewer_event_ids();
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION search_is_frequent(regclass, regconfig, text) OWNER TO selvage_system;
ALTER FUNCTION range_is_narrow(regclass, name, text, text, boolean, name, boolean) OWNER TO selvage_system;
ALTER FUNCTION words_in_use(text[], text[]) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE
   ON FUNCTION search_is_frequent(regclass, regconfig, text),
      range_is_narrow(regclass, name, text, text, boolean, name, boolean), words_in_use(text[], text[])
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
