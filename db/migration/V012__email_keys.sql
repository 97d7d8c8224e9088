-- What e-mail addresses are compared by: only the letters A to Z lose their case. lower() of the database's locale takes some
-- other letters for these too (a Kelvin sign for a k), and whoever owns such a look-alike would be taken for somebody else.
CREATE FUNCTION folded_email(email text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(btrim(email) COLLATE "C");
GRANT EXECUTE ON FUNCTION folded_email(text) TO PUBLIC;

-- The policy files make them anew.
DROP FUNCTION IF EXISTS users_matching, orders_matching, claim_guest_orders;

ALTER TABLE users DROP COLUMN email_key;
ALTER TABLE users
    ADD COLUMN email_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (folded_email(email)) STORED;
CREATE UNIQUE INDEX users_email_idx ON users (email_key);
CREATE INDEX users_email_page_idx ON users (email_key, id);

ALTER TABLE orders DROP COLUMN customer_email_key;
ALTER TABLE orders
    ADD COLUMN customer_email_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (folded_email(customer_email)) STORED;
CREATE INDEX orders_customer_email_idx ON orders (customer_email_key, created_at, id);
-- Guest orders that wait for their customer's first sign-in.
CREATE INDEX orders_guest_idx ON orders (customer_email_key) WHERE user_id IS NULL;

ANALYZE users, orders;
