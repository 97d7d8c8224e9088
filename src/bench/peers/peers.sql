-- What the peers get beside a copy of the data: a role that row security does not hold for, with the same settings as
-- Selvage's, and the indexes that their plain SQL wants. Selvage's own lead with `listed`, for its policies.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'peer') THEN
        CREATE ROLE peer LOGIN BYPASSRLS;
    END IF;
END
$$;
ALTER ROLE peer SET jit = off;
ALTER ROLE peer SET random_page_cost = 1.1;
ALTER ROLE peer SET timezone = 'UTC';
GRANT USAGE ON SCHEMA public TO peer;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO peer;
DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO peer', current_database()); END $$;

CREATE INDEX ON inventory_items (event_id, created_at, id);
CREATE INDEX ON inventory_items (consignor_id, created_at, id);
CREATE INDEX ON events (start_date, id);

-- The lines of an order as rows, so that PostGraphile can follow them to what was bought.
CREATE VIEW order_lines AS
SELECT orders.id AS order_id, position::int, line ->> 'name' AS name, (line ->> 'quantity')::int AS quantity,
       (line ->> 'unit_price')::numeric AS unit_price, (line ->> 'fabric_id')::uuid AS fabric_id,
       (line ->> 'inventory_item_id')::bigint AS inventory_item_id
  FROM orders, jsonb_array_elements(items) WITH ORDINALITY AS lines (line, position);
GRANT SELECT ON order_lines TO peer;
