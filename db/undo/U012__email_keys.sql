-- These answer the columns or read them; the policy files make them anew.
DROP FUNCTION IF EXISTS users_matching, orders_matching, claim_guest_orders;

ALTER TABLE users DROP COLUMN email_key;
ALTER TABLE users
    ADD COLUMN email_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(btrim(email))) STORED;
CREATE UNIQUE INDEX users_email_idx ON users (email_key);
CREATE INDEX users_email_page_idx ON users (email_key, id);

ALTER TABLE orders DROP COLUMN customer_email_key;
ALTER TABLE orders
    ADD COLUMN customer_email_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(btrim(customer_email))) STORED;
CREATE INDEX orders_customer_email_idx ON orders (customer_email_key, created_at, id);
CREATE INDEX orders_guest_idx ON orders (customer_email_key) WHERE user_id IS NULL;

DROP FUNCTION folded_email;
