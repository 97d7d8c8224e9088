-- Consignors arrive at each event in an order of its own and take as many places as stand here. Whoever comes later waits
-- where drop-off has not ended, and some cancelled. The consignor who signs in, Clara Jensen, has a story of her own.
SET LOCAL timezone = 'UTC';

WITH taken (event_id, places) AS (
    VALUES (1, 52), (2, 70), (3, 66), (4, 90), (5, 41), (6, 84), (7, 80), (8, 0), (9, 91), (10, 100), (11, 73), (12, 86),
           (13, 82), (14, 60), (15, 79), (16, 74), (17, 60), (18, 58), (19, 0), (20, 80), (21, 37)
),
clara (event_id, status) AS (
    VALUES (3, 'checked_out'), (6, 'checked_out'), (7, 'cancelled'), (8, 'cancelled'), (9, 'checked_out'),
           (10, 'checked_in'), (12, 'checked_in'), (13, 'checked_in'), (16, 'checked_in'), (17, 'waitlisted'),
           (18, 'registered'), (20, 'registered'), (21, 'cancelled')
),
round AS (
    SELECT event.id AS event_id,
           event.status AS event_status,
           drop_off_start, drop_off_end, pick_up_start, pick_up_end,
           taken.places = max_consignors AS full_up,
           taken.places - coalesce((clara.status IN ('registered', 'checked_in', 'checked_out'))::int, 0) AS places,
           CASE WHEN taken.places = max_consignors AND event.status = 'published' AND now() < drop_off_end
                THEN 4 + event.id % 5 ELSE 0 END AS waiting,
           CASE event.status WHEN 'cancelled' THEN 44 ELSE 1 + event.id * 3 % 5 END AS cancelled,
           created_at + interval '2 days' AS opened_at,
           CASE event.status WHEN 'cancelled' THEN updated_at ELSE least(drop_off_end, current_date) END AS closed_at
      FROM events event
      JOIN taken ON taken.event_id = event.id
      LEFT JOIN clara ON clara.event_id = event.id
),
arrival AS (
    SELECT round.*,
           consignor.id AS consignor_id,
           row_number() OVER (PARTITION BY event_id
                              ORDER BY (consignor.id * 7919 + event_id * 104729) % 1009, consignor.id) AS nth
      FROM round
      JOIN consignors consignor ON consignor.created_at < opened_at AND consignor.id <> 1
),
registration AS (
    SELECT arrival.*,
           CASE WHEN nth > places + waiting THEN 'cancelled'
                WHEN nth > places THEN 'waitlisted'
                WHEN now() < drop_off_start OR nth % 12 = 5 THEN 'registered'
                WHEN now() < drop_off_end AND nth % 3 <> 1 THEN 'registered'
                WHEN event_status = 'completed' AND nth % 17 <> 0 THEN 'checked_out'
                WHEN pick_up_start < now() AND nth % 5 < 2 THEN 'checked_out'
                ELSE 'checked_in'
           END AS status
      FROM arrival
     WHERE nth <= places + waiting + cancelled
     UNION ALL
    SELECT round.*, 1, CASE clara.status WHEN 'waitlisted' THEN places + 2 ELSE places / 2 END, clara.status
      FROM round
      JOIN clara USING (event_id)
),
dated AS (
    SELECT registration.*,
           date_trunc('minute', opened_at + (closed_at - opened_at) * (
               CASE status WHEN 'cancelled' THEN nth * 29 % 97 / 100.0 ELSE nth / (places + 12.0) END)) AS created_at
      FROM registration
)
INSERT INTO event_registrations (id, version, event_id, consignor_id, status, created_at, updated_at)
SELECT row_number() OVER (ORDER BY created_at, event_id, consignor_id),
       CASE status WHEN 'waitlisted' THEN 1 WHEN 'registered' THEN 1 WHEN 'checked_out' THEN 3 ELSE 2 END,
       event_id,
       consignor_id,
       status,
       created_at,
       greatest(created_at, CASE status
           WHEN 'cancelled' THEN
               CASE event_status WHEN 'cancelled' THEN closed_at ELSE created_at + (closed_at - created_at) * 0.6 END
           WHEN 'checked_in' THEN drop_off_start + (closed_at - drop_off_start) * (nth % 83 / 90.0)
           WHEN 'checked_out' THEN pick_up_start + (least(pick_up_end, current_date) - pick_up_start) * (nth % 83 / 90.0)
       END)
  FROM dated
 ORDER BY created_at, event_id, consignor_id;

SELECT setval(pg_get_serial_sequence('event_registrations', 'id'), max(id)) FROM event_registrations;
