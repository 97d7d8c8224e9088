-- What an entry of the change log costs PostgreSQL: processor time with and without the triggers, of statements over one row and
-- over a thousand. For a superuser on Linux, on a database with the large data set, of which it leaves nothing changed:
--
--     psql -d selvage -f src/bench/changes.sql
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
SET jit = off;
CREATE FUNCTION pg_temp.microseconds() RETURNS numeric
    RETURN split_part(pg_read_file('/proc/self/schedstat', 0, 100), ' ', 1)::numeric / 1000;

-- Of each statement the least of its rounds.
CREATE TEMP TABLE run (statement text, microseconds numeric);
CREATE FUNCTION pg_temp.measure() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    fabric uuid[] := (SELECT array_agg(id) FROM (SELECT id FROM fabrics ORDER BY id LIMIT 2000) few);
    consignor bigint := (SELECT consignor_id FROM inventory_items GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1);
    owned int := (SELECT count(*) FROM inventory_items WHERE consignor_id = consignor);
    owner uuid;
    start numeric;
BEGIN
    FOR round IN 1..10 LOOP
        start := pg_temp.microseconds();
        FOR i IN 1..300 LOOP
            INSERT INTO analytics (metric_type, metric_value, date) VALUES ('bench' || round || '/' || i, '1', '2020-02-02');
        END LOOP;
        INSERT INTO run VALUES ('1 insert one metric', (pg_temp.microseconds() - start) / 300);

        start := pg_temp.microseconds();
        FOR i IN 1..300 LOOP
            INSERT INTO orders (customer_email, customer_name, items, subtotal, total_amount)
            VALUES ('guest@example.com', 'Guest', '[{"kind": "inventory_item", "inventory_item_id": 1, "name": "Shirt",
                    "quantity": 1, "unit_price": 5}]', 5, 5);
        END LOOP;
        INSERT INTO run VALUES ('2 insert one order', (pg_temp.microseconds() - start) / 300);

        start := pg_temp.microseconds();
        FOR i IN 1..100 LOOP
            UPDATE fabrics SET stock_quantity = stock_quantity + 1
             WHERE id = fabric[(round - 1) * 100 + i];
        END LOOP;
        INSERT INTO run VALUES ('3 update the stock of one fabric', (pg_temp.microseconds() - start) / 100);

        start := pg_temp.microseconds();
        FOR i IN 1..1000 LOOP
            UPDATE fabrics SET stock_quantity = 1 WHERE id = '00000000-0000-0000-0000-000000000000';
        END LOOP;
        INSERT INTO run VALUES ('4 update no row', (pg_temp.microseconds() - start) / 1000);

        start := pg_temp.microseconds();
        INSERT INTO analytics (metric_type, metric_value, date)
        SELECT 'bench' || round || '.' || n, '1', '2020-02-02' FROM generate_series(1, 1000) n;
        INSERT INTO run VALUES ('5 insert 1,000 metrics, each', (pg_temp.microseconds() - start) / 1000);

        start := pg_temp.microseconds();
        UPDATE fabrics SET stock_quantity = stock_quantity + 1 WHERE id = ANY (fabric[1001:2000]);
        INSERT INTO run VALUES ('6 update the stock of 1,000 fabrics, each', (pg_temp.microseconds() - start) / 1000);

        start := pg_temp.microseconds();
        UPDATE inventory_items SET description = 'Round ' || round
         WHERE id = ANY (ARRAY(SELECT id FROM inventory_items ORDER BY id LIMIT 1000));
        INSERT INTO run VALUES ('7 update 1,000 items, each', (pg_temp.microseconds() - start) / 1000);

        INSERT INTO users (email) VALUES ('bench' || round || '@example.com') RETURNING id INTO owner;
        start := pg_temp.microseconds();
        UPDATE consignors SET user_id = owner WHERE id = consignor;
        INSERT INTO run VALUES ('8 give a consignor another user, each item',
                                (pg_temp.microseconds() - start) / owned);
    END LOOP;
    RETURN (SELECT jsonb_object_agg(statement, least)
              FROM (SELECT statement, min(microseconds) AS least FROM run GROUP BY statement) runs);
END
$$;

VACUUM analytics, orders, fabrics, inventory_items, consignors, users, changes;
BEGIN;
SELECT pg_temp.measure() AS with_triggers \gset
ROLLBACK;

VACUUM analytics, orders, fabrics, inventory_items, consignors, users, changes;
BEGIN;
DO $$
DECLARE
    writer regprocedure;
BEGIN
    FOR writer IN SELECT oid FROM pg_proc WHERE proname LIKE '%\_changes' AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', writer);
    END LOOP;
END
$$;
SELECT pg_temp.measure() AS without_triggers \gset
ROLLBACK;

SELECT statement,
       round(without::numeric) AS without,
       round((:'with_triggers'::jsonb ->> statement)::numeric) AS "with",
       round((:'with_triggers'::jsonb ->> statement)::numeric - without::numeric) AS "difference, in microseconds"
  FROM jsonb_each_text(:'without_triggers') AS least (statement, without)
 ORDER BY statement;
