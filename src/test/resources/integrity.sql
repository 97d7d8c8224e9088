-- What must never be found, whatever happened at once: one query for each rule, and each answers zero rows.

-- name: stock is not below zero
SELECT id, stock_quantity FROM fabrics WHERE stock_quantity < 0;

-- name: an order's total is its subtotal less discount, plus shipping and tax
SELECT id, subtotal, discount, shipping, tax, total_amount
  FROM orders
 WHERE total_amount IS DISTINCT FROM subtotal - discount + shipping + tax
    OR least(subtotal, discount, shipping, tax, total_amount) < 0
    OR (is_order_items(items)
        AND subtotal IS DISTINCT FROM
            (SELECT sum((line ->> 'quantity')::numeric * (line ->> 'unit_price')::numeric)
               FROM jsonb_array_elements(items) line));

-- name: an order's lines have their shape and name no subject twice
SELECT id, items
  FROM orders
 WHERE is_order_items(items) IS NOT TRUE
    OR jsonb_array_length(items) <>
       (SELECT count(DISTINCT coalesce(line ->> 'fabric_id', line ->> 'inventory_item_id'))
          FROM jsonb_array_elements(items) line);

-- name: a sold item is named by exactly one order that is not cancelled, and points to it
WITH named AS (
    SELECT (line ->> 'inventory_item_id')::bigint AS item_id, orders.id AS order_id
      FROM orders, jsonb_array_elements(items) line
     WHERE orders.status <> 'cancelled'
       AND is_order_items(items)
       AND line ->> 'kind' = 'inventory_item'),
sold AS (
    SELECT id AS item_id, order_id FROM inventory_items WHERE status = 'sold' OR order_id IS NOT NULL)
SELECT item_id, named.order_id AS named_by, sold.order_id AS points_to
  FROM named
  FULL JOIN sold USING (item_id)
 WHERE named.order_id IS DISTINCT FROM sold.order_id
 UNION ALL
SELECT item_id, NULL, NULL FROM named GROUP BY item_id HAVING count(*) > 1;

-- name: an event has counted its registrations and gives no more places than it has
SELECT event.id, event.max_consignors, event.registered_count, taken.places
  FROM events event,
       LATERAL (SELECT count(*) AS places
                  FROM event_registrations registration
                 WHERE registration.event_id = event.id
                   AND registration.status IN ('registered', 'checked_in', 'checked_out')) taken
 WHERE event.registered_count <> taken.places
    OR taken.places > event.max_consignors;

-- name: nobody waits while a place is free
SELECT event.id, event.max_consignors, event.registered_count
  FROM events event
 WHERE event.status = 'published'
   AND now() < event.drop_off_end
   AND event.registered_count < event.max_consignors
   AND EXISTS (SELECT FROM event_registrations registration
                WHERE registration.event_id = event.id
                  AND registration.status = 'waitlisted');

-- name: drop-off, sale and pick-up follow each other
SELECT id, drop_off_start, drop_off_end, start_date, end_date, pick_up_start, pick_up_end
  FROM events
 WHERE (drop_off_start < drop_off_end AND drop_off_end <= start_date AND start_date < end_date
        AND end_date <= pick_up_start AND pick_up_start < pick_up_end) IS NOT TRUE;

-- name: a barcode is issued once
SELECT barcode, count(*) FROM inventory_items WHERE barcode IS NOT NULL GROUP BY barcode HAVING count(*) > 1;

-- name: a user is one consignor at most
SELECT user_id, count(*) FROM consignors GROUP BY user_id HAVING count(*) > 1;

-- name: an item's user is its consignor's user
SELECT item.id, item.user_id, consignor.user_id AS consignor_user_id
  FROM inventory_items item
  JOIN consignors consignor ON consignor.id = item.consignor_id
 WHERE item.user_id IS DISTINCT FROM consignor.user_id;

-- name: a calendar entry is published exactly when it has a date of publishing
SELECT id, published, published_date FROM content_calendar WHERE published IS DISTINCT FROM (published_date IS NOT NULL);

-- name: no reservation outlives its end by more than two minutes
SELECT id, reserved_until FROM orders WHERE status = 'pending' AND reserved_until < now() - interval '2 minutes';

-- name: no row is without its owner
SELECT 'consignors' AS of_table, id::text
  FROM consignors
 WHERE NOT EXISTS (SELECT FROM users WHERE users.id = user_id)
 UNION ALL
SELECT 'event_registrations', registration.id::text
  FROM event_registrations registration
 WHERE NOT EXISTS (SELECT FROM events WHERE events.id = event_id)
    OR NOT EXISTS (SELECT FROM consignors WHERE consignors.id = consignor_id)
 UNION ALL
SELECT 'inventory_items', item.id::text
  FROM inventory_items item
 WHERE NOT EXISTS (SELECT FROM events WHERE events.id = event_id)
    OR NOT EXISTS (SELECT FROM consignors WHERE consignors.id = consignor_id)
    OR (order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders WHERE orders.id = order_id))
 UNION ALL
SELECT 'orders', id::text
  FROM orders
 WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users WHERE users.id = user_id)
 UNION ALL
SELECT 'content_calendar', id::text
  FROM content_calendar
 WHERE NOT EXISTS (SELECT FROM users WHERE users.id = user_id);

-- name: no version is above the last one that the changes of the record tell
-- The highest and not that of the last entry: entries are in the order of their transactions' numbers, and one that has drawn its
-- number sooner may have waited for another and changed the record after it.
SELECT topic, record.id, record.version, told.version_after
  FROM (SELECT 'user' AS topic, id::text, version FROM users
         UNION ALL SELECT 'consignor', id::text, version FROM consignors
         UNION ALL SELECT 'event', id::text, version FROM events
         UNION ALL SELECT 'registration', id::text, version FROM event_registrations
         UNION ALL SELECT 'inventory_item', id::text, version FROM inventory_items
         UNION ALL SELECT 'fabric', id::text, version FROM fabrics
         UNION ALL SELECT 'order', id::text, version FROM orders
         UNION ALL SELECT 'calendar_entry', id::text, version FROM content_calendar) record
 CROSS JOIN LATERAL (SELECT max(version_after) AS version_after
                       FROM changes
                      WHERE changes.topic = record.topic AND subject = record.id) told
 WHERE record.version > coalesce(told.version_after, 0);
