-- SIZE people who sign in, each with one of everything that is nobody else's to see. What is theirs holds a canary: WORD, what it
-- is of, the person's number, and a z. ISSUER is where their tokens come from.
CREATE TABLE member AS
WITH shop AS (
    INSERT INTO fabrics (name, category, price, stock_quantity) VALUES ('WORD linen', 'linen', 12.50, 10) RETURNING id)
SELECT n, gen_random_uuid() AS id, shop.id AS fabric FROM generate_series(1, SIZE) n, shop;

INSERT INTO users (id, email, name, role, email_verified, issuer, subject)
SELECT id, 'WORDuser' || n || 'z@example.com', 'WORDuser' || n || 'z', 'user', now(), 'ISSUER', 'WORD' || n FROM member;

INSERT INTO consignors (user_id, name, email)
SELECT id, 'WORDconsignor' || n || 'z', 'WORDconsignor' || n || 'z@example.com' FROM member ORDER BY n;

-- A draft of each, and one event that everybody sees.
INSERT INTO events (name, location, drop_off_start, drop_off_end, start_date, end_date, pick_up_start, pick_up_end,
                    max_consignors, status)
SELECT CASE n WHEN 0 THEN 'WORD fair' ELSE 'WORDevent' || n || 'z' END, 'Town hall', day, day + interval '1 day',
       day + interval '2 days', day + interval '3 days', day + interval '4 days', day + interval '5 days', 100,
       CASE n WHEN 0 THEN 'published' ELSE 'draft' END
  FROM (SELECT n, date_trunc('day', now()) + (n + 30) * interval '1 day' AS day FROM generate_series(0, SIZE) n) event;

INSERT INTO event_registrations (event_id, consignor_id, status)
SELECT event.id, consignor.id, CASE status WHEN 'draft' THEN 'registered' ELSE 'waitlisted' END
  FROM member
  JOIN consignors consignor ON consignor.user_id = member.id
  JOIN events event ON event.name IN ('WORD fair', 'WORDevent' || n || 'z')
 ORDER BY n;

-- One that is shown to everybody, and one that is not.
INSERT INTO inventory_items (event_id, event_status, consignor_id, user_id, name, description, category, size, price, condition,
                             status, rejection_reason, barcode)
SELECT event.id, event.status, consignor.id, member.id,
       CASE item WHEN 'approved' THEN 'WORD coat' ELSE 'WORDitem' || n || 'z' END, 'A coat', 'clothes', 'M', 5 + n % 9, 'good', item,
       CASE item WHEN 'rejected' THEN 'WORDitem' || n || 'z is torn' END, barcode(nextval('inventory_items_barcode_seq'))
  FROM member
  JOIN consignors consignor ON consignor.user_id = member.id
  JOIN events event ON event.name = 'WORD fair'
 CROSS JOIN unnest(ARRAY['approved', 'rejected']) item
 ORDER BY n;

INSERT INTO orders (user_id, customer_email, customer_name, items, subtotal, total_amount, status, etsy_order_id, shipping_address)
SELECT id, canary || '@example.com', canary,
       jsonb_build_array(jsonb_build_object('kind', 'fabric', 'fabric_id', fabric, 'name', canary, 'quantity', 2, 'unit_price', 12.50)),
       25, 25, 'delivered', canary, jsonb_build_object('line1', canary)
  FROM (SELECT *, 'WORDorder' || n || 'z' AS canary FROM member) bought
 ORDER BY n;

INSERT INTO content_calendar (user_id, platform, content_type, title, description, scheduled_date)
SELECT id, 'instagram', 'reel', 'WORDentry' || n || 'z', 'WORDentry' || n || 'z text', now() + n * interval '1 hour' FROM member;

INSERT INTO analytics (metric_type, metric_value, date, platform)
SELECT 'WORDmetric' || n || 'z', to_jsonb(n), DATE '2024-02-01', 'WORDmetric' || n || 'z' FROM member;

DROP TABLE member;
