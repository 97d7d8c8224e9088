-- One row for each sale: the day it opens, counted from today, and how many days it lasts. Items are handed in from ten to
-- two days before and collected for four days after. So the two that opened yesterday are on, the one that opens tomorrow
-- is being set up, and the three that open next week take items in; of those and of the later two, one each is full.
SET LOCAL timezone = 'UTC';

WITH sale (id, status, opens, days, max_consignors, name, location, description) AS (
    VALUES
    (1, 'completed', -560, 2, 60, 'Millbrook Family Resale', 'Millbrook Community Hall, 12 Mill Road, Millbrook',
     'Clothes, toys and books for children from birth to twelve. Cash and cards are welcome; bring your own bags.'),
    (2, 'completed', -475, 3, 70, 'Little Threads Weekend', 'St Anne''s Parish Centre, 40 Church Street, Stonebridge',
     'Three days of gently worn clothing, sorted by size. What is left on the last day is half off where its owner agrees.'),
    (3, 'completed', -392, 2, 80, 'Alder Creek Swap and Sale', 'Alder Creek Fire Station, Alder Lane, Alder Creek',
     'The volunteer fire brigade lends us the engine bay. Ten percent of all sales go to new breathing gear.'),
    (4, 'completed', -330, 3, 90, 'Harbor Point Kids'' Market', 'Pier Four Warehouse, Harbor Point',
     'Our largest hall so far: strollers, cribs and bicycles on the ground floor, clothes and books upstairs.'),
    (5, 'completed', -268, 2, 60, 'Weaverton Saturday Morning Sale', 'Weaverton Library, Reading Room, Weaverton',
     'A small sale between the shelves, with story time at eleven and coffee from the Friends of the Library.'),
    (6, 'completed', -205, 3, 90, 'Pine Hollow Family Resale', 'Pine Hollow Grange, Quarry Road, Pine Hollow',
     'Back at the Grange with twice the parking. Volunteers who work a shift shop one hour early.'),
    (7, 'completed', -160, 2, 80, 'Fairview School Sale', 'Fairview Mills Middle School, Gymnasium, Fairview Mills',
     'Puzzles and games are counted and complete, and there are test tables for anything with batteries.'),
    (8, 'cancelled', -140, 2, 60, 'Stonebridge Early Birds', 'Stonebridge Armory, Union Street, Stonebridge',
     'Doors would have opened at six in the morning. Called off because of a burst pipe in the hall.'),
    (9, 'completed', -112, 3, 100, 'Little Threads Weekend, Second Edition', 'St Anne''s Parish Centre, Stonebridge',
     'The weekend returns with a mending corner and a fabric scrap table.'),
    (10, 'completed', -70, 3, 100, 'Harbor Point Kids'' Market II', 'Pier Four Warehouse, Harbor Point',
     'Clothing by size along the north wall, gear by the loading dock, books in the office.'),
    (11, 'completed', -33, 2, 80, 'Alder Creek Swap and Sale on Ice', 'Alder Creek Ice Rink, Alder Creek',
     'The rink is covered with boards for the weekend. Dress warmly; soup is served all day.'),
    (12, 'published', -4, 3, 90, 'Weaverton Family Resale', 'Weaverton Town Hall, Tannery Row, Weaverton',
     'The sale is over. Consignors collect what was not sold at the side entrance.'),
    (13, 'published', -1, 4, 90, 'Millbrook Grand Consignment Sale', 'Millbrook Community Hall, 12 Mill Road, Millbrook',
     'Four days, two halls, more than a thousand tagged pieces. Children''s corner with supervised crafts.'),
    (14, 'published', -1, 3, 60, 'Curtain Up: a Sale on Stage', 'Weaverton Little Theatre, Fountain Court, Weaverton',
     'Racks in the stalls, toys on the stage and a mirror in every aisle. The theatre keeps a tenth for its new roof.'),
    (15, 'published', 1, 3, 90, 'Fairview Family Resale', 'Fairview Mills Fairground, Barn C, Fairview Mills',
     'Everything is tagged and hung; doors open tomorrow. Dogs wait outside, strollers are welcome.'),
    (16, 'published', 5, 3, 100, 'Stonebridge Big and Small', 'Stonebridge Armory, Union Street, Stonebridge',
     'Clothes for children and their parents under one roof, and a fitting room for both.'),
    (17, 'published', 6, 2, 60, 'Little Threads Weekend, Third Edition', 'St Anne''s Parish Centre, Stonebridge',
     'The smallest and most popular of our sales. All places are taken; the waiting list moves until drop-off ends.'),
    (18, 'published', 8, 3, 110, 'Pine Hollow Nursery and Gear Sale', 'Pine Hollow Grange, Quarry Road, Pine Hollow',
     'Cribs, strollers, high chairs and car seats with their papers. Helpers load your car.'),
    (19, 'cancelled', 18, 2, 70, 'Riverside Pop-up', 'Boathouse Lawn, River Street, Millbrook',
     'An open-air sale, withdrawn after the town closed the lawn for repairs.'),
    (20, 'published', 26, 3, 80, 'Harbor Point Kids'' Market III', 'Pier Four Warehouse, Harbor Point',
     'Booked out within nine days. Join the waiting list: places come free when somebody cancels.'),
    (21, 'published', 40, 3, 120, 'Alder Creek Swap and Sale, Evening Edition', 'Alder Creek Fire Station, Alder Creek',
     'Open until nine in the evening for those who work on Saturdays.'),
    (22, 'draft', 70, 3, 100, 'Millbrook Grand Consignment Sale, Next Round', 'Millbrook Community Hall, Millbrook',
     'Hall is reserved; prices of tables are still to be agreed.'),
    (23, 'draft', 84, 2, 60, 'Books Before Bedtime', 'Weaverton Library, Reading Room, Weaverton', NULL),
    (24, 'draft', 98, 3, 90, 'Family Resale on Tour', 'To be announced', 'Waiting for offers from three schools.')
),
dated AS (
    SELECT sale.*,
           current_date + opens * interval '1 day' AS first_day,
           current_date + (opens + days - 1) * interval '1 day' AS last_day,
           current_date + least(opens - 75, id - 26) * interval '1 day' + id * interval '17 minutes'
               AS created_at
      FROM sale
)
INSERT INTO events (id, version, name, description, location, start_date, end_date, drop_off_start, drop_off_end,
                    pick_up_start, pick_up_end, max_consignors, status, created_at, updated_at)
SELECT id,
       CASE status WHEN 'draft' THEN 1 WHEN 'published' THEN 2 ELSE 3 END,
       name,
       description,
       location,
       first_day + interval '14 hours',
       last_day + interval '22 hours',
       first_day - interval '10 days' + interval '15 hours',
       first_day - interval '2 days' + interval '23 hours',
       last_day + interval '1 day' + interval '15 hours',
       last_day + interval '5 days' + interval '23 hours',
       max_consignors,
       status,
       created_at,
       CASE status
           WHEN 'draft' THEN created_at
           WHEN 'completed' THEN last_day + interval '5 days' + interval '23 hours 1 minute'
           WHEN 'cancelled' THEN least(first_day - interval '12 days', current_date - interval '32 hours')
           ELSE created_at + interval '26 hours'
       END
  FROM dated
 ORDER BY id;

SELECT setval(pg_get_serial_sequence('events', 'id'), max(id)) FROM events;
