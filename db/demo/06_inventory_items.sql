-- What consignors handed in, and the orders that bought some of it at the sales. An item points to its order and the order
-- names its items, so one statement makes both.
SET LOCAL timezone = 'UTC';
-- Compiling this plan takes longer than running it.
SET LOCAL jit = off;

WITH kind (category, slots, names, sizes, lowest, steps, step) AS (
    VALUES
    ('clothing', ARRAY[0, 1, 2, 3, 4, 5, 6],
     ARRAY['Striped cotton romper', 'Corduroy dungarees', 'Flannel pyjamas', 'Linen sundress', 'Denim jacket with patches',
           'Knitted cardigan with wooden buttons', 'Leggings, set of three', 'Smocked party dress', 'School polo shirt',
           'Hooded sweatshirt', 'Pleated skirt', 'Checked flannel shirt'],
     ARRAY['0-3M', '6-12M', '12-18M', '2T', '3T', '4T', '5', '6', '8', '10', '12', '14'], 3.00, 19, 1.00),
    ('outerwear', ARRAY[7],
     ARRAY['Down winter coat', 'Yellow raincoat', 'Fleece overall', 'Wool duffle coat', 'Padded snow suit',
           'Light windbreaker'],
     ARRAY['12-18M', '2T', '4T', '5', '6', '8', '10'], 8.00, 25, 1.50),
    ('shoes', ARRAY[8, 9],
     ARRAY['Leather first walkers', 'Canvas sneakers', 'Rubber boots with ladybirds', 'Ballet slippers', 'Hiking boots',
           'Football boots', 'Sandals with buckle'],
     ARRAY['5', '6', '7', '8', '9', '10', '11', '12', '13', '1Y', '2Y', '3Y'], 3.50, 17, 1.00),
    ('toys', ARRAY[10, 11, 12],
     ARRAY['Wooden train set, 40 pieces', 'Dolls'' house with furniture', 'Building bricks, two kilograms', 'Stacking rings',
           'Plush elephant', 'Marble run', 'Toy kitchen with pots', 'Ride-on tractor', 'Magnetic tiles, 60 pieces'],
     NULL, 2.00, 29, 1.50),
    ('books', ARRAY[13, 14, 15],
     ARRAY['Board books, bundle of five', 'Fairy tale collection', 'First encyclopedia', 'Bedtime stories', 'Dinosaur atlas',
           'Learning to read, level two', 'Picture book about the moon', 'Songbook with chords'],
     NULL, 1.00, 9, 0.50),
    ('games', ARRAY[16],
     ARRAY['Memory game, complete', 'Jigsaw puzzle, 100 pieces', 'Wooden chess set', 'Dominoes in a tin',
           'Card game for four', 'Co-operative orchard game'],
     NULL, 2.00, 13, 1.00),
    ('gear', ARRAY[17, 18],
     ARRAY['Folding stroller', 'Baby carrier', 'High chair with tray', 'Travel cot', 'Balance bike', 'Changing mat',
           'Bicycle seat', 'Bottle warmer'],
     NULL, 12.00, 31, 4.00),
    ('costumes', ARRAY[19],
     ARRAY['Pirate costume with hat', 'Butterfly wings', 'Astronaut suit', 'Tap shoes and dress', 'Dragon tail and mask'],
     ARRAY['2T', '4T', '6', '8', '10'], 5.00, 11, 1.50)
),
pool AS (
    SELECT ARRAY['navy', 'mustard', 'sage', 'rose', 'grey', 'red', 'cream', 'teal', 'brown', 'lilac'] AS colours,
           ARRAY['new', 'like_new', 'like_new', 'like_new', 'good', 'good', 'good', 'good', 'good', 'fair'] AS conditions,
           ARRAY['Worn one season, washed without fragrance.', 'From a smoke-free home with one cat.',
                 'Small mark at the back, otherwise spotless.', 'Grandmother made it; never worn.', 'Bought new last year.',
                 'All parts are there, box a little bent.', 'Two siblings loved it and there is plenty left.'] AS remarks,
           ARRAY['Stain on the front', 'A part is missing', 'Recalled by its maker', 'Zip is broken',
                 'Not what this sale is about', 'Needs a wash'] AS reasons,
           ARRAY['Alice', 'Boris', 'Celia', 'Dmitri', 'Esther', 'Frank', 'Gloria', 'Henrik', 'Irene', 'Jonas', 'Karin']
               AS given,
           ARRAY['Ahlberg', 'Bosch', 'Carter', 'Demir', 'Evans', 'Flores', 'Graham', 'Holt', 'Iyer', 'Jung'] AS family,
           ARRAY[0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 6, 6] AS baskets
),
handed_in AS (
    SELECT row_number() OVER (ORDER BY registration.id, nth) AS n,
           registration.id * 31 + nth * 17 + registration.consignor_id * 7 AS mix,
           CASE consignor_id WHEN 1 THEN nth * 18 % 100 ELSE (registration.id * 37 + nth * 41) % 100 END AS dice,
           registration.status AS registration_status,
           registration.created_at AS registered_at,
           CASE registration.status WHEN 'cancelled' THEN registration.updated_at ELSE least(drop_off_end, current_date) END
               AS closed_at,
           CASE WHEN registration.status IN ('checked_out', 'cancelled') THEN registration.updated_at
                WHEN event.status = 'completed' THEN event.updated_at END AS settled_at,
           registration.consignor_id,
           event.id AS event_id,
           event.status AS event_status,
           drop_off_end, start_date, end_date
      FROM event_registrations registration
      JOIN events event ON event.id = registration.event_id,
           generate_series(1, CASE WHEN registration.consignor_id = 1 THEN 6
                                   WHEN registration.status = 'cancelled' AND event.status <> 'cancelled'
                                       THEN registration.id % 2
                                   ELSE (ARRAY[2, 0, 1, 3, 2, 5, 2, 1, 3])[1 + registration.id % 9] END) nth
     WHERE registration.status <> 'waitlisted'
),
reviewed AS (
    SELECT handed_in.*,
           date_trunc('second', registered_at + (closed_at - registered_at) * (mix % 89 / 100.0)) AS created_at,
           CASE
               WHEN registration_status = 'cancelled' THEN 'returned'
               WHEN now() < drop_off_end THEN
                   CASE WHEN dice < 44 THEN 'pending' WHEN dice < 84 THEN 'approved' WHEN dice < 94 THEN 'rejected'
                        ELSE 'returned' END
               WHEN registration_status = 'registered' THEN
                   CASE event_status WHEN 'completed' THEN 'returned' ELSE 'pending' END
               WHEN now() < start_date THEN
                   CASE WHEN dice < 84 THEN 'approved' WHEN dice < 93 THEN 'rejected' ELSE 'returned' END
               WHEN now() < end_date THEN
                   CASE WHEN dice < 36 THEN 'sold' WHEN dice < 89 THEN 'approved' WHEN dice < 95 THEN 'rejected'
                        ELSE 'returned' END
               WHEN dice < 52 THEN 'sold'
               WHEN registration_status = 'checked_in' AND event_status = 'published' AND dice < 80 THEN 'approved'
               ELSE 'returned'
           END AS status
      FROM handed_in
),
described AS (
    SELECT reviewed.*,
           kind.category,
           names[1 + mix % cardinality(names)]
           || CASE WHEN category IN ('clothing', 'outerwear', 'shoes') THEN ', ' || colours[1 + mix % 7 + dice % 4]
                   ELSE '' END
               AS name,
           CASE WHEN dice % 5 <> 2 THEN remarks[1 + mix % 7] END AS description,
           sizes[1 + (mix / 7) % cardinality(sizes)] AS size,
           lowest + mix % steps * step AS price,
           conditions[1 + mix % 10] AS condition,
           CASE WHEN status = 'rejected' OR (status = 'returned' AND dice % 3 = 0) THEN reasons[1 + mix % 6] END
               AS rejection_reason,
           CASE status
               WHEN 'pending' THEN dice % 9 = 4
               WHEN 'rejected' THEN false
               WHEN 'returned' THEN dice % 3 <> 0
                                    AND registration_status <> 'registered'
                                    AND (registration_status <> 'cancelled' OR event_status = 'cancelled')
               ELSE true
           END AS approved_once,
           CASE WHEN status = 'sold' THEN
               row_number() OVER (PARTITION BY event_id, status ORDER BY n * 7919 % 1009, n) - 1
           END AS sold_as
      FROM pool, reviewed
      JOIN kind ON (n * 13 + mix) % 20 = ANY (slots)
),
basket AS (
    SELECT row_number() OVER (ORDER BY event_id, basket) AS number, event_id, basket, lines, subtotal, start_date,
           open_until, still_on
      FROM (SELECT event_id,
                   sold_as / 18 * 7 + baskets[1 + sold_as % 18] AS basket,
                   jsonb_agg(jsonb_build_object('kind', 'inventory_item', 'inventory_item_id', n, 'name', name,
                                                'quantity', 1, 'unit_price', price) ORDER BY n) AS lines,
                   sum(price) AS subtotal,
                   min(start_date) AS start_date,
                   min(least(end_date, current_date)) AS open_until,
                   bool_and(now() < end_date) AS still_on
              FROM pool, described
             WHERE status = 'sold'
             GROUP BY 1, 2) taken
),
placed AS (
    SELECT basket.*,
           CASE WHEN still_on AND basket % 8 = 0 THEN 'pending'
                WHEN start_date > now() - interval '8 days' AND basket % 8 IN (2, 3) THEN 'processing'
                WHEN start_date > now() - interval '8 days' AND basket % 8 = 5 THEN 'shipped'
                ELSE 'delivered'
           END AS order_status,
           CASE WHEN still_on AND basket % 8 = 0 THEN date_trunc('second', now()) - (1 + number % 20) * interval '1 minute'
                ELSE date_trunc('second', start_date + (open_until - start_date) * (number * 37 % 97 / 100.0))
           END AS placed_at
      FROM basket
),
ordered AS (
    SELECT placed.*,
           ('01970000-0003-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid AS order_id,
           buyer.id AS user_id,
           coalesce(buyer.name, buyer.email, given[1 + number % 11] || ' ' || family[1 + number % 10]) AS customer_name,
           coalesce(buyer.email, lower(given[1 + number % 11] || '.' || family[1 + number % 10]) || '@example.org')
               AS customer_email,
           lines || coalesce(fabric.line, '[]') AS items,
           subtotal + coalesce(fabric.total, 0) AS total
      FROM pool, placed
      -- Every third buyer is a guest; Theo Marsh, who signs in as the customer, comes to every third sale.
      LEFT JOIN LATERAL (
          SELECT id, name, email
            FROM users
           WHERE created_at < placed_at
             AND CASE WHEN event_id % 3 = 1 AND basket IN (1, 8) THEN subject = 'customer' ELSE subject IS NULL END
           ORDER BY md5(id::text || number)
           LIMIT 1) buyer ON number % 3 <> 0 OR (event_id % 3 = 1 AND basket IN (1, 8))
      LEFT JOIN LATERAL (
          SELECT jsonb_build_object('kind', 'fabric', 'fabric_id', id, 'name', name, 'quantity', 1 + number % 3,
                                    'unit_price', price) AS line,
                 price * (1 + number % 3) AS total
            FROM fabrics
           WHERE created_at < placed_at AND (archived_at IS NULL OR placed_at < archived_at)
           ORDER BY md5(id::text || number)
           LIMIT 1) fabric ON number % 5 = 0
),
bought AS (
    INSERT INTO orders (id, version, user_id, customer_email, customer_name, items, subtotal, total_amount, status,
                        shipping_address, tracking_number, notes, reserved_until, created_at, updated_at)
    SELECT order_id,
           CASE order_status WHEN 'pending' THEN 1 WHEN 'processing' THEN 2 ELSE 3 END,
           user_id,
           customer_email,
           customer_name,
           items,
           total,
           total,
           order_status,
           CASE WHEN order_status = 'shipped' THEN
               jsonb_build_object('line1', 20 + number || ' Lakeview Terrace', 'city', 'Harbor Point', 'region', 'OH',
                                  'postal_code', '44043', 'country', 'US')
           END,
           CASE WHEN order_status = 'shipped' THEN 'SLV' || lpad((number * 7793)::text, 9, '0') END,
           CASE number % 15 WHEN 4 THEN 'Picks up at the side entrance.'
                            WHEN 9 THEN 'Gift: please leave the price tags off.' END,
           CASE WHEN order_status = 'pending' THEN placed_at + interval '30 minutes' END,
           placed_at,
           CASE order_status
               WHEN 'pending' THEN placed_at
               ELSE placed_at + least((current_date - placed_at) * 0.4, (1 + number % 70) * interval '1 hour') END
      FROM ordered
     ORDER BY number
)
INSERT INTO inventory_items (id, version, event_id, event_status, consignor_id, user_id, name, description, category, size,
                             price, condition, status, rejection_reason, barcode, order_id, created_at, updated_at)
SELECT n,
       CASE status WHEN 'pending' THEN CASE WHEN approved_once THEN 3 ELSE 1 END
                   WHEN 'approved' THEN 2
                   WHEN 'rejected' THEN 2
                   WHEN 'sold' THEN 3
                   ELSE CASE WHEN approved_once OR rejection_reason IS NOT NULL THEN 3 ELSE 2 END END,
       item.event_id,
       event_status,
       consignor_id,
       (SELECT user_id FROM consignors WHERE consignors.id = consignor_id),
       name, description, category, size, price, condition, status, rejection_reason,
       CASE WHEN approved_once THEN barcode(nextval('inventory_items_barcode_seq')) END,
       order_id,
       created_at,
       CASE WHEN status = 'sold' THEN placed_at
            WHEN status = 'returned' AND settled_at IS NOT NULL THEN settled_at
            WHEN status = 'pending' AND NOT approved_once THEN created_at
            ELSE created_at + (closed_at - created_at) * (mix % 7 / 10.0 + 0.1)
       END
  FROM (SELECT * FROM described ORDER BY n) item
  LEFT JOIN (SELECT order_id, placed_at, (jsonb_array_elements(lines) ->> 'inventory_item_id')::bigint AS n
               FROM ordered) sale USING (n)
 ORDER BY n;

SELECT setval(pg_get_serial_sequence('inventory_items', 'id'), max(id)) FROM inventory_items;
