-- Orders of fabrics, and orders that were cancelled. Only what came over from Etsy has a discount, shipping costs or tax.
SET LOCAL timezone = 'UTC';

WITH pool AS (
    SELECT ARRAY['Agnes', 'Baptiste', 'Colette', 'Diego', 'Emil', 'Freya', 'Goran', 'Heidi', 'Ines', 'Jakob', 'Klara']
               AS given,
           ARRAY['Arnold', 'Barros', 'Christensen', 'Duarte', 'Engel', 'Ferrari', 'Gupta', 'Hughes', 'Ibarra', 'Joshi']
               AS family,
           ARRAY['Harbor Point', 'Millbrook', 'Stonebridge', 'Weaverton', 'Pine Hollow'] AS cities,
           ARRAY['44043', '44601', '16119', '16148', '16127'] AS postal_codes,
           ARRAY['OH', 'OH', 'PA', 'PA', 'PA'] AS regions
),
-- The newest first: four are minutes old, the others go back for a year and a half.
numbered AS (
    SELECT n,
           n % 5 = 2 AND n > 8 AS from_etsy,
           n IN (2, 6, 11, 20, 33, 61, 114) AS theos,
           CASE WHEN n <= 4 THEN 'pending'
                WHEN n % 11 = 0 THEN 'cancelled'
                WHEN n <= 18 THEN 'processing'
                WHEN n <= 36 THEN 'shipped'
                ELSE 'delivered'
           END AS status,
           CASE WHEN n <= 4 THEN date_trunc('second', now()) - n * interval '5 minutes'
                ELSE current_date - n * n / 90 * interval '1 day' - n * interval '3 hours 7 minutes'
           END AS placed_at
      FROM generate_series(1, 212) n
),
cut AS (
    SELECT numbered.n, numbered.status, theos, from_etsy, placed_at, lines, subtotal,
           CASE WHEN from_etsy AND n % 3 = 0 THEN round(subtotal * 0.1, 2) ELSE 0 END AS discount,
           CASE WHEN from_etsy THEN 4.95 + n % 4 * 2 ELSE 0 END AS shipping,
           CASE WHEN from_etsy THEN round(subtotal * 0.0625, 2) ELSE 0 END AS tax
      FROM numbered,
           LATERAL (SELECT jsonb_agg(jsonb_build_object('kind', 'fabric', 'fabric_id', id, 'name', name,
                                                        'quantity', quantity, 'unit_price', price) ORDER BY id) AS lines,
                           sum(price * quantity) AS subtotal
                      FROM (SELECT id, name, price, 1 + (price::int + n) % 5 AS quantity
                              FROM fabrics
                             WHERE created_at < placed_at AND (archived_at IS NULL OR placed_at < archived_at)
                             ORDER BY md5(id::text || n)
                             LIMIT 1 + n % 4) line) bought
),
-- Taken at a sale, never paid for, and given back: the next buyer, or the consignor, had the item.
given_back AS (
    SELECT 212 + row_number() OVER (ORDER BY item.id), 'cancelled', item.consignor_id % 4 = 1, false,
           date_trunc('second', event.start_date + interval '1 hour' * (1 + item.id % 8)),
           jsonb_build_array(jsonb_build_object('kind', 'inventory_item', 'inventory_item_id', item.id, 'name', item.name,
                                                'quantity', 1, 'unit_price', item.price)),
           item.price, 0, 0, 0
      FROM inventory_items item
      JOIN events event ON event.id = event_id
     WHERE item.status IN ('approved', 'returned')
       AND item.barcode IS NOT NULL
       AND event.status <> 'cancelled'
       AND event.start_date < current_date
       AND item.id % 43 = 7
),
placed AS (
    SELECT * FROM cut
     UNION ALL
    SELECT * FROM given_back
)
INSERT INTO orders (id, version, user_id, customer_email, customer_name, items, subtotal, discount, shipping, tax,
                    total_amount, status, etsy_order_id, shipping_address, tracking_number, notes, reserved_until,
                    created_at, updated_at)
SELECT ('01970000-0004-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       CASE status WHEN 'pending' THEN 1 WHEN 'shipped' THEN 3 WHEN 'delivered' THEN 4 ELSE 2 END,
       buyer.id,
       coalesce(buyer.email, lower(given[1 + n % 11] || '.' || family[1 + n % 10]) || '@example.net'),
       coalesce(buyer.name, buyer.email, given[1 + n % 11] || ' ' || family[1 + n % 10]),
       lines,
       subtotal,
       discount,
       shipping,
       tax,
       subtotal - discount + shipping + tax,
       status,
       CASE WHEN from_etsy THEN (3100000000 + n * 7919)::text END,
       CASE WHEN status IN ('shipped', 'delivered') OR n % 3 = 0 THEN
           jsonb_build_object('line1', (10 + n * 17) || ' ' || (ARRAY['Main Street', 'Park Place', 'Elm Street'])[1 + n % 3],
                              'line2', CASE WHEN n % 4 = 0 THEN 'Apartment ' || (1 + n % 12) END,
                              'city', cities[1 + n % 5], 'region', regions[1 + n % 5],
                              'postal_code', postal_codes[1 + n % 5], 'country', 'US')
       END,
       CASE WHEN status IN ('shipped', 'delivered') THEN 'SLV' || lpad((n * 9973)::text, 9, '0') END,
       CASE n % 12 WHEN 5 THEN 'Please cut as one piece.' WHEN 10 THEN 'Asked for a colour sample first.' END,
       CASE status WHEN 'pending' THEN placed_at + interval '30 minutes' END,
       placed_at,
       CASE status WHEN 'pending' THEN placed_at
                   WHEN 'cancelled' THEN placed_at + interval '30 minutes 20 seconds'
                   ELSE placed_at + least((current_date - placed_at) * 0.8, (20 + n % 90) * interval '1 hour') END
  FROM pool, placed
  -- One buyer in three is a guest, and so are those who come from Etsy.
  LEFT JOIN LATERAL (
      SELECT id, name, email
        FROM users
       WHERE created_at < placed_at
         AND CASE WHEN theos THEN subject = 'customer' ELSE subject IS NULL END
       ORDER BY md5(id::text || n)
       LIMIT 1) buyer ON theos OR (n % 3 <> 1 AND NOT from_etsy)
 ORDER BY n DESC;
