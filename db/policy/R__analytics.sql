-- Who reads and writes analytics. This file states all of it: edit it in place.
SELECT drop_policies('analytics');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY analytics_owner ON analytics TO selvage_owner USING (true) WITH CHECK (true);

GRANT SELECT ON analytics TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
CREATE POLICY analytics_read_anonymous ON analytics FOR SELECT TO selvage_anonymous USING (false);
CREATE POLICY analytics_read_user ON analytics FOR SELECT TO selvage_user USING (false);
CREATE POLICY analytics_read_integrator ON analytics FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('read:analytics')));
CREATE POLICY analytics_read_admin ON analytics FOR SELECT TO selvage_admin USING (true);

-- A figure that is recorded again is another one; what it is a figure of stays.
GRANT INSERT (metric_type, metric_value, date, platform), UPDATE (metric_value)
   ON analytics TO selvage_integrator, selvage_admin;
CREATE POLICY analytics_insert_integrator ON analytics FOR INSERT TO selvage_integrator
    WITH CHECK ((SELECT viewer_has_scope('write:analytics')));
CREATE POLICY analytics_insert_admin ON analytics FOR INSERT TO selvage_admin WITH CHECK (true);
CREATE POLICY analytics_update_integrator ON analytics FOR UPDATE TO selvage_integrator
    USING ((SELECT viewer_has_scope('write:analytics')));
CREATE POLICY analytics_update_admin ON analytics FOR UPDATE TO selvage_admin USING (true);

-- What was sold on these days of a time zone, both inclusive and each open if it is NULL, without cancelled orders.
-- A key has one entry for each dimension, in the order asked for; without a dimension there is one group of all.
-- Those who read analytics need not read orders, so it reads them in their stead.
CREATE OR REPLACE FUNCTION sales(dimensions text[], first_day date, last_day date, zone text, most int)
    RETURNS TABLE (key text[], orders bigint, units bigint, revenue numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 100
    -- There is a row for each order and key on the way to the keys, and on disk those take twice as long.
    SET work_mem = '64MB'
    AS $$
DECLARE
    starts timestamp := coalesce(first_day, '-infinity');
    ends timestamp := coalesce(last_day + 1, 'infinity');
    dimension text;
    columns text[] := '{}';
    written text[] := '{}';
BEGIN
    IF NOT viewer_reads_all('read:analytics') THEN
        RETURN;
    END IF;
    FOREACH dimension IN ARRAY dimensions LOOP
        CASE dimension
            WHEN 'day' THEN written := written || 'to_char(day, ''YYYY-MM-DD'')'::text;
            WHEN 'week' THEN written := written || 'to_char(week, ''IYYY-"W"IW'')'::text;
            WHEN 'month' THEN written := written || 'to_char(month, ''YYYY-MM'')'::text;
            WHEN 'event' THEN written := written || 'event::text'::text;
            WHEN 'category' THEN written := written || 'category'::text;
            WHEN 'subject_kind' THEN written := written || 'upper(subject_kind)'::text;
        END CASE;
        columns := array_remove(columns, dimension) || dimension;
    END LOOP;
    RETURN QUERY EXECUTE
        'WITH sold AS (
             SELECT orders.id,
                    line.quantity,
                    line.unit_price,
                    date_trunc(''day'', local_time) AS day,
                    date_trunc(''week'', local_time) AS week,
                    date_trunc(''month'', local_time) AS month,
                    item.event_id AS event,
                    coalesce(item.category, fabric.category) AS category,
                    line.kind AS subject_kind
               FROM orders
              CROSS JOIN LATERAL (SELECT orders.created_at AT TIME ZONE $3 AS local_time) clock
              CROSS JOIN LATERAL jsonb_to_recordset(orders.items)
                    line (kind text, inventory_item_id bigint, fabric_id uuid, quantity int, unit_price numeric)
                    -- The planner leaves out the one that no dimension asks for.
               LEFT JOIN inventory_items item ON item.id = line.inventory_item_id
               LEFT JOIN fabrics fabric ON fabric.id = line.fabric_id
              WHERE orders.status <> ''cancelled''
                    -- The local clock says which day it was. The same bounds as instants are for the index, and wider,
                    -- because a clock that is set back at midnight shows the first hour of a day twice.
                AND local_time >= $1
                AND local_time < $2
                AND orders.created_at >= ($1 AT TIME ZONE $3) - interval ''3 hours''
                AND orders.created_at < ($2 AT TIME ZONE $3) + interval ''3 hours''
                    -- Always so. The planner expects a hundred lines of an order, and with this one.
                AND line.kind IN (''fabric'', ''inventory_item'')),
         -- Each order once for a key, which is quicker than count(DISTINCT id).
         part AS (
             SELECT ' || array_to_string(columns || 'id'::text, ', ') || ',
                    sum(quantity) AS units,
                    sum(quantity * unit_price) AS revenue
               FROM sold
              GROUP BY ' || array_to_string(columns || 'id'::text, ', ') || ')
         SELECT ARRAY[' || array_to_string(written, ', ') || ']::text[] COLLATE "C",
                count(*),
                coalesce(sum(units), 0)::bigint,
                coalesce(sum(revenue), 0)
           FROM part'
        || CASE columns WHEN '{}' THEN '' ELSE ' GROUP BY ' || array_to_string(columns, ', ') END
        || ' ORDER BY 1 LIMIT $4'
        USING starts, ends, zone, most;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION sales(text[], date, date, text, int) OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION sales(text[], date, date, text, int)
   TO selvage_anonymous, selvage_user, selvage_integrator, selvage_admin;
