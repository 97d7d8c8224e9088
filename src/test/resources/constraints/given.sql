-- What the rows in rows.txt point to, and one row of each table to change or to collide with.
INSERT INTO users (id, email, issuer, subject)
VALUES ('00000000-0000-0000-0000-000000000001', 'taken@example.com', 'https://issuer.example.com', 'taken'),
       ('00000000-0000-0000-0000-000000000002', 'free@example.com', NULL, NULL),
       ('00000000-0000-0000-0000-000000000003', 'other@elsewhere.example.com', NULL, NULL);

INSERT INTO consignors (id, number, user_id, name, email)
VALUES (1, 1, '00000000-0000-0000-0000-000000000001', 'Taken', 'taken@example.com'),
       (2, 9, '00000000-0000-0000-0000-000000000003', 'Other', 'other@elsewhere.example.com');

INSERT INTO events (id, status, name, location, max_consignors, drop_off_start, drop_off_end, start_date, end_date,
                    pick_up_start, pick_up_end)
SELECT id, status, 'Fair', 'Town hall', 10, '2030-01-01', '2030-01-02', '2030-01-03', '2030-01-04', '2030-01-05', '2030-01-06'
  FROM (VALUES (1, 'published'), (2, 'draft'), (3, 'cancelled'), (4, 'completed'), (5, 'published')) event (id, status);

INSERT INTO event_registrations (id, event_id, consignor_id, status)
VALUES (1, 5, 1, 'waitlisted'), (2, 1, 1, 'cancelled');

INSERT INTO fabrics (id, name, category, price, etsy_listing_id)
VALUES ('00000000-0000-0000-0000-000000000001', 'Taken', 'cotton', 1, 'taken');

INSERT INTO orders (id, customer_email, customer_name, items, subtotal, total_amount, etsy_order_id)
VALUES ('00000000-0000-0000-0000-000000000001', 'guest@example.com', 'A guest',
        '[{"kind": "inventory_item", "inventory_item_id": 1, "name": "Shirt", "quantity": 1, "unit_price": 5}]', 5, 5, 'taken');

INSERT INTO inventory_items (id, event_id, event_status, consignor_id, user_id, name, category, price, condition, status,
                             barcode)
VALUES (1, 5, 'published', 1, '00000000-0000-0000-0000-000000000001', 'Taken', 'shirts', 5, 'good', 'approved',
        '2000000000015');

INSERT INTO content_calendar (id, user_id, platform, content_type, title)
VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001', 'instagram', 'post', 'Spring');

INSERT INTO analytics (metric_type, metric_value, date, platform)
VALUES ('visits', '1', '2020-02-02', 'web'), ('visits', '1', '2020-02-02', NULL);

INSERT INTO idempotency_keys (caller, key, mutation, input) VALUES ('anybody', 'used', 'createFabric', '00');

INSERT INTO client_apps (id, client_id, name, policy)
VALUES ('00000000-0000-0000-0000-000000000001', 'other', 'First', 'open'), (DEFAULT, 'taken', 'Taken', 'open');
INSERT INTO persisted_documents (id, client_id, hash, text, cost, app_versions)
VALUES (1, 'taken', encode(sha256('{ __typename }'), 'hex'), '{ __typename }', 1, '{1.0}');
INSERT INTO document_ids (client_id, custom_id, document_id) VALUES ('taken', 'taken', 1);

-- Also what waits for the end of the transaction.
SET CONSTRAINTS ALL IMMEDIATE;
