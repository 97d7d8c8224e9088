-- Four people who sign in, forty who do not, and everything they can have, so much of it that a page of 50 is full.
-- What not everybody may read holds a canary: `canary`, what it is of, whose it is. ISSUER is where tokens come from.

-- Ada has some of everything, Bo buys and posts but is no consignor, Cid has as much as Ada and never signs in, and Eve is
-- an administrator who sells too.
CREATE TABLE person AS
SELECT n,
       ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id,
       coalesce((ARRAY['ada', 'bo', 'cid', 'eve'])[n], 'crowd') AS name,
       coalesce((ARRAY['ada', 'bo', 'cid', 'eve'])[n], 'crowd' || n) AS word
  FROM generate_series(1, 44) n;

-- Eve does all of it.
SELECT set_config('selvage.viewer', id::text, true), set_config('selvage.subject', word, true),
       set_config('selvage.client', 'console', true), set_config('selvage.request', 'first', true),
       set_config('selvage.operation', 'MakeTheWorld', true)
  FROM person WHERE name = 'eve';

INSERT INTO users (id, email, name, role, email_verified, image, issuer, subject)
SELECT id, 'canaryuser' || word || '@example.com', 'canaryuser' || word, CASE name WHEN 'eve' THEN 'admin' ELSE 'user' END,
       now(), 'https://example.com/canaryuser' || word, 'ISSUER', word
  FROM person;

INSERT INTO consignors (id, number, user_id, name, email, phone, address, preferred_contact)
SELECT n, 1000 + n, id, 'canaryconsignor' || word, 'canaryconsignor' || word || '@example.com',
       '+1415555' || lpad(n::text, 4, '0'), 'canaryconsignor' || word || ' street', (ARRAY['email', 'phone', NULL])[1 + n % 3]
  FROM person
 WHERE name <> 'bo';

-- Fifty published, five completed, and then those that not everybody sees: drafts of Ada's, of Cid's and of nobody's, and one
-- cancelled event of each of the two.
INSERT INTO events (id, name, description, location, drop_off_start, drop_off_end, start_date, end_date, pick_up_start,
                    pick_up_end, max_consignors, status)
SELECT n, title || ' fair', 'Linen, wool and ' || title, title || ' hall', day, day + interval '1 day',
       day + interval '2 days', day + interval '3 days', day + interval '4 days', day + interval '5 days', 100, status
  FROM (SELECT n, date_trunc('day', now()) + n * interval '1 day' AS day,
               CASE WHEN n <= 50 THEN 'published' WHEN n <= 55 THEN 'completed' WHEN n <= 58 THEN 'draft' ELSE 'cancelled' END
                   AS status,
               coalesce('canaryevent' || (ARRAY['ada', 'cid', 'nobody', 'ada', 'cid'])[n - 55],
                        (ARRAY['Spring', 'Summer', 'Autumn', 'Winter'])[1 + n % 4]) AS title
          FROM generate_series(1, 60) n) event;

INSERT INTO event_registrations (event_id, consignor_id, status)
SELECT 1, id, (ARRAY['waitlisted', 'registered', 'checked_in', 'checked_out', 'cancelled'])[1 + (id - 1) % 5] FROM consignors
UNION ALL
SELECT event, consignor, (ARRAY['registered', 'waitlisted', 'checked_in'])[1 + (event + consignor) % 3]
  FROM generate_series(2, 55) event, unnest(ARRAY[1, 3]) consignor
UNION ALL
VALUES (56, 1, 'registered'), (57, 3, 'registered'), (57, 5, 'waitlisted'), (59, 1, 'cancelled'), (60, 3, 'cancelled');

INSERT INTO fabrics (id, name, description, category, subcategory, price, weight, width, composition, care_instructions,
                     stock_quantity, images, tags, etsy_listing_id, archived_at, created_at)
SELECT ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, kind || ' number ' || n, 'Soft ' || kind, kind,
       'plain ' || kind, n + 0.25, 100 + n, 140, '100% ' || kind, 'Wash cold', n % 5,
       '["https://example.com/fabric"]', jsonb_build_array(kind, 'soft'), 'etsy' || n,
       CASE WHEN n % 7 = 0 THEN now() END, now() - n * interval '1 day'
  FROM (SELECT n, (ARRAY['linen', 'wool', 'cotton'])[1 + n % 3] AS kind FROM generate_series(1, 60) n) fabric;

-- A hundred and twenty; the first 24 each buy an item too.
INSERT INTO orders (id, user_id, customer_email, customer_name, items, subtotal, discount, shipping, tax, total_amount, status,
                    etsy_order_id, shipping_address, tracking_number, notes, reserved_until, created_at)
SELECT ('00000000-0000-7000-8002-' || lpad(n::text, 12, '0'))::uuid, id, canary || '@example.com', canary || ' buyer', lines,
       order_items_subtotal(lines), 1, 2, 3, order_items_subtotal(lines) + 4, status, canary || n,
       jsonb_build_object('line1', canary || ' road', 'line2', canary || ' flat', 'city', canary, 'region', canary,
                          'postal_code', canary, 'country', 'US'),
       canary || 'track', 'canarynote' || word, CASE status WHEN 'pending' THEN now() + interval '1 hour' END,
       now() - n * interval '9 hours'
  FROM (SELECT number AS n, person.id, coalesce(person.word, 'guest') AS word, 'canaryorder' || coalesce(person.word, 'guest') AS canary,
               CASE WHEN number <= 24 THEN 'delivered'
                    ELSE (ARRAY['pending', 'processing', 'shipped', 'delivered', 'cancelled'])[1 + number % 5] END AS status,
               jsonb_build_array(line || jsonb_build_object('fabric_id', '00000000-0000-7000-8001-000000000001'),
                                 line || jsonb_build_object('fabric_id',
                                     '00000000-0000-7000-8001-' || lpad((2 + number % 59)::text, 12, '0')))
               || CASE WHEN number <= 24 THEN jsonb_build_array(
                      line || jsonb_build_object('kind', 'inventory_item', 'inventory_item_id', 200 + number))
                  ELSE '[]' END AS lines
          FROM generate_series(1, 120) number
          LEFT JOIN person ON person.n = nullif(number % 4, 0)
         CROSS JOIN LATERAL (SELECT jsonb_build_object('kind', 'fabric', 'quantity', 1, 'unit_price', 12.50,
                                                       'name', 'canaryorder' || coalesce(word, 'guest') || ' line') AS line) made
       ) cut;

-- Seventy of the first event in every state, four of each other published one, the sold ones, and those of cancelled events.
INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, description, category, size, price,
                             condition, status, rejection_reason, barcode, order_id, created_at)
SELECT item.id, event.id, event.status, consignor.id, consignor.user_id, title || ' coat', 'A ' || title || ' coat',
       (ARRAY['toys', 'clothes', 'books'])[1 + item.id % 3], (ARRAY['S', 'M', 'L'])[1 + item.id % 3], 5 + item.id % 9,
       (ARRAY['new', 'like_new', 'good', 'fair'])[1 + item.id % 4], item.status,
       CASE item.status WHEN 'rejected' THEN title || ' is torn' END,
       barcode(nextval('inventory_items_barcode_seq')),
       CASE item.status WHEN 'sold' THEN ('00000000-0000-7000-8002-' || lpad((item.id - 200)::text, 12, '0'))::uuid END,
       now() - item.id * interval '1 hour' - CASE item.status WHEN 'sold' THEN interval '1 year' ELSE interval '0' END
  FROM (SELECT n AS id, 1 AS event, n % 3 AS whose,
               (ARRAY['approved', 'pending', 'rejected', 'approved', 'returned'])[1 + n % 5] AS status
          FROM generate_series(1, 70) n
        UNION ALL
        SELECT 200 + n, CASE WHEN n <= 4 THEN 2 ELSE 51 + n % 5 END, n % 2, 'sold' FROM generate_series(1, 24) n
        UNION ALL
        SELECT 300 + n, 2 + n % 49, n % 3, (ARRAY['approved', 'pending', 'rejected', 'approved'])[1 + n / 49]
          FROM generate_series(0, 195) n
        UNION ALL
        SELECT 600 + n, 59 + n % 2, n % 2, 'returned' FROM generate_series(0, 5) n) item
  JOIN events event ON event.id = item.event
  JOIN person ON person.n = (ARRAY[1, 3, 5 + item.id % 40])[1 + item.whose]
  JOIN consignors consignor ON consignor.user_id = person.id
 CROSS JOIN LATERAL (SELECT CASE WHEN item.status IN ('approved', 'sold') THEN 'Linen'
                                 ELSE 'canaryitem' || person.word END AS title) named;

INSERT INTO content_calendar (id, user_id, platform, content_type, title, description, media_urls, hashtags, scheduled_date,
                              published, published_date, engagement_metrics, created_at)
SELECT ('00000000-0000-7000-8003-' || lpad(n::text, 12, '0'))::uuid, id, (ARRAY['instagram', 'facebook', 'pinterest'])[1 + n % 3],
       CASE WHEN n % 3 = 2 THEN 'post' ELSE (ARRAY['post', 'story', 'reel'])[1 + n % 2] END, canary || ' title',
       canary || ' text', jsonb_build_array('https://example.com/' || canary), jsonb_build_array('#' || canary, '#linen'),
       CASE WHEN n % 4 > 0 THEN now() + n * interval '1 hour' END, n % 4 = 1, CASE WHEN n % 4 = 1 THEN now() END,
       '{"impressions": 7, "reach": 6, "likes": 5, "comments": 4, "shares": 3, "saves": 2, "clicks": 1}',
       now() - n * interval '1 hour'
  FROM (SELECT number AS n, id, 'canaryentry' || word AS canary
          FROM generate_series(1, 150) number
          JOIN person ON person.n = 1 + number % 3) entry;

INSERT INTO analytics (id, metric_type, metric_value, date, platform)
SELECT ('00000000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid, 'canarymetricnobody' || n % 4,
       CASE WHEN n % 4 = 0 THEN to_jsonb(n) ELSE jsonb_build_object('total', n, 'of', jsonb_build_object('which', n)) END,
       (now() AT TIME ZONE 'UTC')::date - n, CASE WHEN n % 5 > 0 THEN 'canarymetricnobody' END
  FROM generate_series(1, 80) n;

INSERT INTO client_apps (client_id, name, policy)
SELECT 'app ' || n, 'App ' || n, CASE WHEN n = 1 THEN 'open' ELSE 'published_only' END FROM generate_series(1, 3) n;
INSERT INTO persisted_documents (client_id, hash, text, operation_name, cost, app_versions, last_used_at, retired_at)
SELECT client_id, encode(sha256(convert_to(text, 'UTF8')), 'hex'), text, CASE WHEN n % 2 = 0 THEN 'Q' || n END, n,
       CASE WHEN n % 5 > 0 THEN ARRAY['1.0', '1.' || n] ELSE '{}' END, CASE WHEN n % 3 > 0 THEN now() END,
       CASE WHEN n % 5 = 0 THEN now() END
  FROM client_apps, generate_series(1, 20) n,
       LATERAL (SELECT CASE WHEN n % 2 = 0 THEN 'query Q' || n ELSE '' END || repeat(' ', n) || '{ __typename }' AS text) written;

DROP TABLE person;
