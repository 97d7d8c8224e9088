-- Writes what stands as JSON in the setting selvage.generated. Its rows are numbered as they come, from 1 on, and what a row
-- points to is said by any number, counted on from the first row after the last. What the constraints do not allow is
-- left out.

INSERT INTO users (id, email, role, issuer, subject, email_verified)
SELECT lpad(n::text, 32, '0')::uuid, n || '@example.com', role, CASE WHEN "signedIn" THEN 'issuer' END,
       CASE WHEN "signedIn" THEN n::text END, CASE WHEN verified THEN now() END
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'users')
                  AS (role text, "signedIn" boolean, verified boolean))
       WITH ORDINALITY AS generated (role, "signedIn", verified, n);

INSERT INTO consignors (id, number, user_id, name, email)
SELECT row_number() OVER (ORDER BY n), n, lpad(n::text, 32, '0')::uuid, 'Clara', 'clara@example.com'
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'users')
                  AS (consignor boolean))
       WITH ORDINALITY AS generated (consignor, n)
 WHERE consignor;

INSERT INTO events (id, name, status, location, max_consignors, drop_off_start, drop_off_end, start_date, end_date,
                    pick_up_start, pick_up_end)
SELECT n, 'Linen fair', status, 'Town hall', 100, '2030-01-01', '2030-01-02', '2030-01-03', '2030-01-04', '2030-01-05',
       '2030-01-06'
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'events') AS (status text))
       WITH ORDINALITY AS generated (status, n);

INSERT INTO event_registrations (id, event_id, consignor_id, status)
SELECT n, event.id, consignor.id, generated.status
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'registrations')
                  AS (event int, consignor int, status text))
       WITH ORDINALITY AS generated (event, consignor, status, n)
  JOIN events event ON event.id = 1 + generated.event % greatest(1, (SELECT count(*) FROM events))
  JOIN consignors consignor ON consignor.id = 1 + generated.consignor % greatest(1, (SELECT count(*) FROM consignors))
    -- Of two live registrations for the same event the first.
    ON CONFLICT DO NOTHING;

INSERT INTO fabrics (id, name, category, price, archived_at)
SELECT lpad(n::text, 32, '0')::uuid, 'Linen', 'linen', 9.50, CASE WHEN archived THEN now() END
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'fabrics') AS (archived boolean))
       WITH ORDINALITY AS generated (archived, n);

INSERT INTO orders (id, user_id, customer_email, customer_name, items, subtotal, total_amount, shipping_address, status)
SELECT lpad(n::text, 32, '0')::uuid,
       lpad((1 + customer % (SELECT count(*) FROM users))::text, 32, '0')::uuid,
       'buyer@example.com',
       'Wanda',
       '[{"kind": "fabric", "fabric_id": "00000000-0000-0000-0000-000000000001", "name": "Linen", "quantity": 2,
          "unit_price": 9.5}]',
       19,
       19,
       '{"city": "Lyon"}',
       status
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'orders')
                  AS (customer int, status text))
       WITH ORDINALITY AS generated (customer, status, n);

INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, category, price, condition, status,
                             rejection_reason, barcode, order_id)
SELECT n, event.id, event.status, consignor.id, consignor.user_id, 'Skirt', 'clothes', 5, 'good', generated.status,
       CASE generated.status WHEN 'rejected' THEN 'Torn' END,
       barcode(n),
       CASE generated.status WHEN 'sold' THEN (SELECT min(id::text)::uuid FROM orders) END
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'items')
                  AS (event int, consignor int, status text))
       WITH ORDINALITY AS generated (event, consignor, status, n)
  JOIN events event ON event.id = 1 + generated.event % greatest(1, (SELECT count(*) FROM events))
  JOIN consignors consignor ON consignor.id = 1 + generated.consignor % greatest(1, (SELECT count(*) FROM consignors))
 WHERE CASE event.status
           WHEN 'draft' THEN false
           WHEN 'cancelled' THEN generated.status = 'returned'
           WHEN 'completed' THEN generated.status IN ('sold', 'returned')
           ELSE true END
   AND (generated.status <> 'sold' OR EXISTS (SELECT FROM orders));

INSERT INTO content_calendar (id, user_id, platform, content_type, title)
SELECT lpad(n::text, 32, '0')::uuid,
       lpad((1 + author % (SELECT count(*) FROM users))::text, 32, '0')::uuid,
       'instagram',
       'post',
       'Linen week'
  FROM ROWS FROM (jsonb_to_recordset(current_setting('selvage.generated')::jsonb -> 'entries') AS (author int))
       WITH ORDINALITY AS generated (author, n);

INSERT INTO analytics (id, metric_type, metric_value, date)
SELECT lpad(n::text, 32, '0')::uuid, 'visits', '1', date '2026-01-01' - n::int
  FROM generate_series(1, (current_setting('selvage.generated')::jsonb ->> 'metrics')::int) n;

INSERT INTO idempotency_keys (id, caller, key, mutation, input) VALUES (1, 'anybody', 'key', 'placeOrder', '00');

INSERT INTO client_apps (id, client_id, name, policy)
VALUES (lpad('1', 32, '0')::uuid, 'app', 'App', 'open'), (lpad('2', 32, '0')::uuid, 'selvage-gateway', 'The gateway', 'open');
INSERT INTO persisted_documents (id, client_id, hash, text, cost, app_versions)
SELECT number, client_id, encode(sha256('{ __typename }'), 'hex'), '{ __typename }', 1, '{1.0}'
  FROM (VALUES (1, 'app'), (2, 'selvage-gateway')) document (number, client_id);
INSERT INTO document_ids (id, client_id, custom_id, document_id) VALUES (1, 'app', 'mine', 1);
