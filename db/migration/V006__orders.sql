-- A line of orders.items: {kind, fabric_id | inventory_item_id, name, quantity, unit_price} and nothing else. A consigned item
-- is one of a kind, so its quantity is 1; prices have at most two decimals. What is unknown is not a line: a CHECK lets NULL pass.
CREATE FUNCTION is_order_line(line jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (jsonb_typeof(line) = 'object'
            AND line - ARRAY['kind', 'fabric_id', 'inventory_item_id', 'name', 'quantity', 'unit_price'] = '{}'
            AND jsonb_typeof(line -> 'name') = 'string' AND char_length(line ->> 'name') BETWEEN 1 AND 200
            AND jsonb_typeof(line -> 'quantity') = 'number' AND line ->> 'quantity' ~ '^[1-9][0-9]{0,5}$'
            AND jsonb_typeof(line -> 'unit_price') = 'number' AND line ->> 'unit_price' ~ '^[0-9]{1,10}(\.[0-9]{1,2})?$'
            AND CASE line ->> 'kind'
                    WHEN 'fabric' THEN
                        jsonb_typeof(line -> 'fabric_id') = 'string' AND NOT line ? 'inventory_item_id'
                        AND line ->> 'fabric_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                    WHEN 'inventory_item' THEN
                        jsonb_typeof(line -> 'inventory_item_id') = 'number' AND NOT line ? 'fabric_id'
                        AND line ->> 'inventory_item_id' ~ '^[1-9][0-9]{0,17}$' AND line ->> 'quantity' = '1'
                END) IS TRUE;

-- One to a hundred lines, no subject twice.
CREATE FUNCTION is_order_items(items jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN jsonb_typeof(items) = 'array' AND jsonb_array_length(items) BETWEEN 1 AND 100 THEN
            (SELECT bool_and(is_order_line(line))
                    AND count(DISTINCT coalesce(line ->> 'fabric_id', line ->> 'inventory_item_id')) = count(*)
               FROM jsonb_array_elements(items) line)
        ELSE false END;

-- The casts are safe behind orders_items_shape, which is checked first: CHECKs run in the order of their names.
CREATE FUNCTION order_items_subtotal(items jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(sum((line ->> 'quantity')::numeric * (line ->> 'unit_price')::numeric), 0)
              FROM jsonb_array_elements(CASE WHEN jsonb_typeof(items) = 'array' THEN items ELSE '[]' END) line);

CREATE TABLE orders (
    id               uuid          CONSTRAINT orders_pkey PRIMARY KEY DEFAULT time_ordered_uuid(),
    version          int           NOT NULL DEFAULT 1,
    -- NULL for a guest's order.
    user_id          uuid          CONSTRAINT orders_user_fkey REFERENCES users,
    customer_email   text          NOT NULL,
    customer_name    text          NOT NULL,
    items            jsonb         NOT NULL,
    subtotal         numeric(12,2) NOT NULL,
    discount         numeric(12,2) NOT NULL DEFAULT 0,
    shipping         numeric(12,2) NOT NULL DEFAULT 0,
    tax              numeric(12,2) NOT NULL DEFAULT 0,
    total_amount     numeric(12,2) NOT NULL,
    status           text          NOT NULL DEFAULT 'pending',
    etsy_order_id    text,
    shipping_address jsonb,
    tracking_number  text,
    notes            text,
    -- Until when an unpaid order keeps its stock.
    reserved_until   timestamptz,
    created_at       timestamptz   NOT NULL DEFAULT now(),
    updated_at       timestamptz   NOT NULL DEFAULT now(),

    customer_email_key text        COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(btrim(customer_email))) STORED,
    total_cents      bigint        NOT NULL GENERATED ALWAYS AS ((total_amount * 100)::bigint) STORED,
    search           tsvector      NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', customer_name), 'A')
        || setweight(to_tsvector('simple', customer_email), 'A')
        || setweight(to_tsvector('simple', coalesce(etsy_order_id, '') || ' ' || coalesce(tracking_number, '')), 'B')
        || setweight(to_tsvector('english', jsonb_path_query_array(items, '$[*].name')), 'C')) STORED,

    CONSTRAINT orders_status_known CHECK (status IN ('pending', 'processing', 'shipped', 'delivered', 'cancelled')),
    CONSTRAINT orders_customer_email_shape CHECK (char_length(customer_email) <= 320 AND btrim(customer_email) ~ '^[^\s@]+@[^\s@]+$'),
    CONSTRAINT orders_customer_name_length CHECK (char_length(customer_name) BETWEEN 1 AND 200),
    CONSTRAINT orders_items_shape CHECK (is_order_items(items)),
    CONSTRAINT orders_subtotal_adds_up CHECK (subtotal = order_items_subtotal(items)),
    CONSTRAINT orders_total_adds_up CHECK (total_amount = subtotal - discount + shipping + tax),
    CONSTRAINT orders_discount_not_negative CHECK (discount >= 0),
    CONSTRAINT orders_shipping_not_negative CHECK (shipping >= 0),
    CONSTRAINT orders_tax_not_negative CHECK (tax >= 0),
    CONSTRAINT orders_total_not_negative CHECK (total_amount >= 0),
    CONSTRAINT orders_etsy_order_id_length CHECK (char_length(etsy_order_id) BETWEEN 1 AND 100),
    CONSTRAINT orders_etsy_order_id_unique UNIQUE (etsy_order_id),
    CONSTRAINT orders_shipping_address_shape CHECK (
        jsonb_typeof(shipping_address) = 'object'
        AND NOT jsonb_path_exists(shipping_address, 'strict $.* ? (@.type() != "string" && @.type() != "null")')),
    CONSTRAINT orders_shipped_somewhere CHECK (status <> 'shipped' OR shipping_address IS NOT NULL),
    CONSTRAINT orders_tracking_number_length CHECK (char_length(tracking_number) BETWEEN 1 AND 100),
    CONSTRAINT orders_notes_length CHECK (char_length(notes) <= 4000),
    CONSTRAINT orders_reserved_while_pending CHECK (status = 'pending' OR reserved_until IS NULL)
);

CREATE INDEX orders_status_idx ON orders (status, created_at, id);
CREATE INDEX orders_status_total_idx ON orders (status, total_cents, id);
CREATE INDEX orders_created_at_idx ON orders (created_at, id);
CREATE INDEX orders_total_idx ON orders (total_cents, id);
CREATE INDEX orders_user_idx ON orders (user_id, created_at, id);
CREATE INDEX orders_customer_email_idx ON orders (customer_email_key, created_at, id);
-- Guest orders that wait for their customer's first sign-in, and reservations that end.
CREATE INDEX orders_guest_idx ON orders (customer_email_key) WHERE user_id IS NULL;
CREATE INDEX orders_reserved_until_idx ON orders (reserved_until) WHERE status = 'pending';
-- Serves "the orders of a fabric".
CREATE INDEX orders_items_idx ON orders USING gin (items jsonb_path_ops);
CREATE INDEX orders_search_idx ON orders USING gin (search);

CREATE TRIGGER orders_version BEFORE UPDATE ON orders FOR EACH ROW
    WHEN (ROW (OLD.user_id, OLD.customer_email, OLD.customer_name, OLD.items, OLD.subtotal, OLD.discount, OLD.shipping,
               OLD.tax, OLD.total_amount, OLD.status, OLD.etsy_order_id, OLD.shipping_address, OLD.tracking_number,
               OLD.notes, OLD.reserved_until)
          IS DISTINCT FROM
          ROW (NEW.user_id, NEW.customer_email, NEW.customer_name, NEW.items, NEW.subtotal, NEW.discount, NEW.shipping,
               NEW.tax, NEW.total_amount, NEW.status, NEW.etsy_order_id, NEW.shipping_address, NEW.tracking_number,
               NEW.notes, NEW.reserved_until))
    EXECUTE FUNCTION raise_version();

ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

GRANT EXECUTE ON FUNCTION is_order_line(jsonb), is_order_items(jsonb), order_items_subtotal(jsonb) TO PUBLIC;
