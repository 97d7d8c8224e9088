-- Large data for plans and measurements, for an empty schema: 3 k users, 2 k consignors, 200 events, 100 k inventory items,
-- 5 k fabrics, 50 k orders, 20 k calendar entries and 50 k metrics, times the setting selvage.factor.
--
-- The rows obey the rules of the domain, and each load gives the same ones, except that dates move along with today. Every
-- choice is a hash of a running number and a salt, by the function that hash partitions rest on, which no version changes.
-- Taking a number below another such number makes the small ones frequent; that is where the skew comes from.
SET LOCAL synchronous_commit = off;
SET LOCAL timezone = 'UTC';
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL work_mem = '128MB';
-- The entries of the full-text indexes are sorted in once, at the end.
SET LOCAL gin_pending_list_limit = '1GB';

CREATE FUNCTION load_factor() RETURNS int
    LANGUAGE sql STABLE
    RETURN coalesce(nullif(current_setting('selvage.factor', true), ''), '1')::int;

CREATE FUNCTION load_pick(n bigint, salt int, below bigint) RETURNS int
    LANGUAGE sql IMMUTABLE
    RETURN ((hashint8extended(n, salt) & 9223372036854775807) % below)::int;

-- The small numbers below the limit more often than the large ones.
CREATE FUNCTION load_skewed(n bigint, salt int, below bigint) RETURNS int
    LANGUAGE sql IMMUTABLE
    RETURN load_pick(n, salt, 1 + load_pick(n, salt + 1000, below));

-- One of 4095 words. As in a language, how often it comes is in inverse proportion to its place: the first stands in nearly
-- every second description, the last in one of five thousand.
CREATE FUNCTION load_nth_word(place int) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN ('{
            amber, apple, ash, birch, blue, bramble, brass, bright, broad, brook, candle, cedar, cherry, clay, cloud,
            clover, coal, coral, corn, dawn, deer, dew, dove, dusk, ember, fern, field, finch, fire, fox, frost, glass,
            gold, grain, grass, green, hare, hazel, heather, hill, honey, iron, ivy, lake, lark, leaf, linden, maple,
            meadow, milk, moon, moss, night, oak, oat, olive, pearl, pine, plum, quill, rain, reed, river, rose}'::text[])
            [1 + place * 2731 % 64]
        || ('{
            bank, bell, berry, bird, bloom, bough, branch, bridge, burrow, cap, cliff, cloth, cove, crest, dale, down,
            drop, fall, feather, field, flower, fold, ford, garden, gate, glade, glen, grove, harbor, haven, hollow, lace,
            land, leaf, light, line, marsh, mill, mist, mount, patch, path, petal, pond, post, ridge, root, run, seed,
            shade, shell, shore, skirt, song, spring, stem, stone, stream, thread, vale, water, weave, wing, wood}'::text[])
            [1 + place * 2731 / 64 % 64];
CREATE FUNCTION load_word(n bigint, salt int) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN load_nth_word((1 << load_pick(n, salt, 12)) + load_pick(n, salt + 2000, 1 << load_pick(n, salt, 12)));

-- Ids in the order of their rows' making.
CREATE FUNCTION load_id(of_table int, n bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN ('01970000-000' || of_table || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
CREATE FUNCTION load_first_day() RETURNS date
    LANGUAGE sql STABLE
    RETURN current_date - 1460;

-- Users, and from the fourth on two in three of them consignors. Who signs in with the local token issuer comes first.
INSERT INTO users (id, version, email, name, role, email_verified, image, issuer, subject, created_at, updated_at)
SELECT load_id(1, n),
       CASE WHEN n % 5 = 0 THEN 2 ELSE 1 END,
       coalesce(subject || '@example.com',
                lower(given || '.' || family) || '.' || n || '@example.' || (ARRAY['com', 'org', 'net'])[1 + n % 3]),
       CASE WHEN n % 50 <> 7 THEN given || ' ' || family END,
       CASE WHEN subject = 'admin' OR n % 997 = 0 THEN 'admin' ELSE 'user' END,
       CASE WHEN subject IS NOT NULL OR n % 6 <> 0 THEN created_at END,
       CASE WHEN n % 4 = 0 THEN 'https://images.example.com/people/' || n || '.jpg' END,
       CASE WHEN subject IS NOT NULL THEN 'http://localhost:8080' END,
       subject,
       created_at,
       CASE WHEN n % 5 = 0 THEN created_at + interval '3 days' ELSE created_at END
  FROM (SELECT n,
               CASE n WHEN 1 THEN 'admin' WHEN 2 THEN 'consignor' WHEN 3 THEN 'customer' END AS subject,
               ('{Abigail,Amir,Beatriz,Bruno,Camille,Chidi,Daniela,Edith,Elena,Elijah,Farah,Felix,Fiona,Greta,Hana,Hugo,
                  Imani,Ingrid,Isaac,Jasper,Kavita,Kofi,Leila,Liam,Mateo,Maya,Mei,Naomi,Nils,Olivia,Omar,Priya,Rosa,
                  Samir,Sofia,Tariq,Tess,Victor,Yuki,Zora}'::text[])[1 + load_skewed(n, 1, 40)] AS given,
               ('{Abbott,Adeyemi,Albrecht,Andersson,Baker,Banerjee,Bauer,Bennett,Bianchi,Brooks,Castillo,Chen,Coleman,Cruz,
                  Dawson,Delgado,Dubois,Ellis,Eriksen,Fischer,Fontaine,Garner,Grant,Haddad,Hayes,Hoffmann,Ito,Jansen,
                  Kaplan,Keller,Kim,Kowalski,Larsen,Lindqvist,Lopez,Mbeki,McKenna,Mendoza,Morris,Murphy,Nakamura,Nguyen,
                  Novak,Okafor,Osborne,Park,Patel,Pereira,Quinn,Ramirez,Rossi,Sato,Schneider,Shah,Silva,Thompson,Walsh,
                  Weber,Yilmaz,Zimmermann}'::text[])[1 + load_skewed(n, 2, 60)] AS family,
               load_first_day() + (n - 1) * 1450 / (3000 * load_factor()) * interval '1 day'
                   + load_pick(n, 3, 24) * interval '1 hour' AS created_at
          FROM generate_series(1, 3000 * load_factor()) n) person
 ORDER BY n;

INSERT INTO consignors (id, version, user_id, name, email, phone, address, preferred_contact, created_at, updated_at)
SELECT n,
       1,
       users.id,
       coalesce(name, split_part(email, '@', 1)),
       email,
       CASE WHEN n % 9 <> 4 THEN
           '+1' || (200 + load_pick(n, 10, 7) * 101) || '55501' || lpad(load_pick(n, 11, 100)::text, 2, '0') END,
       CASE WHEN n % 7 <> 3 THEN load_pick(n, 12, 900) + 10 || ' ' || initcap(load_word(n, 13)) || ' Street, '
                                 || initcap(load_nth_word(load_skewed(n, 14, 60))) || ', OH 44601' END,
       CASE WHEN n % 9 = 4 THEN 'email' ELSE (ARRAY['email', 'email', 'phone', NULL])[1 + load_pick(n, 15, 4)] END,
       created_at + interval '1 hour',
       created_at + interval '1 hour'
  FROM generate_series(1, 2000 * load_factor()) n
  JOIN users ON users.id = load_id(1, CASE n WHEN 1 THEN 2 ELSE 4 + (n - 2) * 299 / 200 END)
 ORDER BY n;

-- Events: 86 of 100 are past, the others are at every stage: one in pick-up, two open, one closed to consignors, five in
-- drop-off, three announced and two drafts.
INSERT INTO events (id, version, name, description, location, start_date, end_date, drop_off_start, drop_off_end,
                    pick_up_start, pick_up_end, max_consignors, status, created_at, updated_at)
SELECT n,
       CASE status WHEN 'draft' THEN 1 WHEN 'published' THEN 2 ELSE 3 END,
       town || (ARRAY[' Family Resale', ' Kids'' Market', ' Swap and Sale', ' Consignment Weekend', ' Nursery Sale'])
               [1 + load_skewed(n, 22, 5)],
       CASE WHEN n % 8 <> 5 THEN
           'A sale by the ' || load_word(n, 23) || ' with ' || load_word(n, 24) || ', ' || load_word(n, 25) || ' and '
           || load_word(n, 26) || '. Bring bags.' END,
       (ARRAY['Community Hall', 'Fire Station', 'Middle School', 'Fairground', 'Library'])[1 + load_pick(n, 27, 5)]
           || ', ' || town,
       first_day + interval '14 hours',
       first_day + interval '2 days 22 hours',
       first_day - interval '9 days 9 hours',
       first_day - interval '1 day 1 hour',
       first_day + interval '3 days 15 hours',
       first_day + interval '6 days 23 hours',
       40 + load_pick(n, 28, 61),
       status,
       created_at,
       CASE status WHEN 'draft' THEN created_at
                   WHEN 'published' THEN created_at + interval '1 day'
                   WHEN 'completed' THEN first_day + interval '6 days 23 hours 1 minute'
                   ELSE least(first_day - interval '12 days', current_date - interval '1 day') END
  FROM (SELECT n,
               status,
               initcap(load_nth_word(load_skewed(n, 21, 60))) AS town,
               current_date + opens * interval '1 day' AS first_day,
               current_date + least(opens - 75, -3 - n % 9) * interval '1 day' + n % 24 * interval '1 hour' AS created_at
          FROM (SELECT n,
                       CASE WHEN stage >= 98 THEN 'draft'
                            WHEN (stage < 86 AND n % 24 = 0) OR (stage BETWEEN 95 AND 97 AND n % 12 = 7) THEN 'cancelled'
                            WHEN stage < 86 THEN 'completed'
                            ELSE 'published' END AS status,
                       CASE WHEN stage < 86 THEN n * 100 * 1088 / (86 * 200 * load_factor()) - 1100
                            WHEN stage = 86 THEN -4
                            WHEN stage < 89 THEN -1
                            WHEN stage = 89 THEN 1
                            WHEN stage < 95 THEN 3 + n % 6
                            WHEN stage < 98 THEN 12 + n * 7 % 48
                            ELSE 70 + n % 50 END AS opens
                  FROM (SELECT n, (n - 1) * 100 / (200 * load_factor()) AS stage
                          FROM generate_series(1, 200 * load_factor()) n) event) event) event
 ORDER BY n;
ANALYZE users, consignors, events;

-- Registrations: the same faithful few hundred come again and again. Whoever arrives after the last place is gone waits
-- until drop-off ends. The consignor who signs in comes to every sixteenth event.
WITH round AS MATERIALIZED (
    SELECT event.id AS event_id,
           event.status AS event_status,
           max_consignors, drop_off_start, drop_off_end, end_date, pick_up_start, pick_up_end,
           created_at + interval '2 days' AS opened_at,
           CASE event.status WHEN 'cancelled' THEN updated_at ELSE least(drop_off_end, current_date) END AS closed_at,
           (SELECT count(*) FROM consignors WHERE consignors.created_at < event.created_at) AS known
      FROM events event
     WHERE event.status <> 'draft'
),
arrival AS (
    SELECT DISTINCT ON (event_id, consignor_id)
           round.*,
           nth,
           CASE WHEN nth = 1 AND event_id % (16 * load_factor()) = 0 THEN 1
                ELSE 2 + load_skewed(event_id * 1000 + nth, 30, known - 1) END AS consignor_id,
           nth > 1 AND load_pick(event_id * 1000 + nth, 32, 14) = 0 AS gave_up
      FROM round, generate_series(1, 40 + load_pick(event_id, 31, 70)) nth
     ORDER BY event_id, consignor_id, nth
),
ranked AS (
    SELECT arrival.*,
           row_number() OVER (PARTITION BY event_id, gave_up ORDER BY nth) > max_consignors AND NOT gave_up AS late,
           event_status = 'published' AND now() < drop_off_end AS open
      FROM arrival
),
registration AS (
    SELECT ranked.*,
           CASE WHEN event_status = 'cancelled' OR gave_up OR (late AND NOT open) THEN 'cancelled'
                WHEN late THEN 'waitlisted'
                WHEN now() < drop_off_start OR load_pick(event_id * 1000 + nth, 33, 12) = 0 THEN 'registered'
                WHEN open THEN (ARRAY['registered', 'registered', 'checked_in'])[1 + nth % 3]
                WHEN event_status = 'completed' AND nth % 20 <> 0 THEN 'checked_out'
                WHEN pick_up_start < now() AND nth % 5 < 2 THEN 'checked_out'
                ELSE 'checked_in' END AS status,
           date_trunc('minute', opened_at + (closed_at - opened_at) * (nth / 120.0)) AS created_at
      FROM ranked
)
INSERT INTO event_registrations (id, version, event_id, consignor_id, status, created_at, updated_at)
SELECT row_number() OVER (ORDER BY created_at, event_id, nth),
       CASE status WHEN 'waitlisted' THEN 1 WHEN 'registered' THEN 1 WHEN 'checked_out' THEN 3 ELSE 2 END,
       event_id,
       consignor_id,
       status,
       created_at,
       greatest(created_at, CASE status
           WHEN 'cancelled' THEN
               created_at + (closed_at - created_at) * CASE event_status WHEN 'cancelled' THEN 1.0 ELSE 0.5 END
           WHEN 'checked_in' THEN drop_off_start + (closed_at - drop_off_start) * (nth / 120.0)
           WHEN 'checked_out' THEN pick_up_start + (least(pick_up_end, current_date) - pick_up_start) * (nth / 120.0) END)
  FROM registration
 ORDER BY created_at, event_id, nth;

INSERT INTO fabrics (id, version, name, description, category, subcategory, price, weight, width, composition,
                     care_instructions, stock_quantity, images, tags, etsy_listing_id, archived_at, created_at, updated_at)
SELECT load_id(2, n),
       CASE WHEN archived_at IS NOT NULL THEN 2 ELSE 1 END,
       initcap(load_word(n, 40)) || ' ' || category || ' ' || weave || ', ' || colour,
       CASE WHEN n % 7 <> 2 THEN
           'A ' || load_word(n, 41) || ' ' || weave || ' with ' || load_word(n, 42) || ' and ' || load_word(n, 43)
           || ', dyed ' || colour || '. For ' || load_word(n, 44) || ', ' || load_word(n, 45) || ' and '
           || load_word(n, 46) || '.' END,
       category,
       CASE WHEN n % 10 <> 6 THEN weave END,
       4.50 + load_skewed(n, 47, 120) * 0.50 + (ARRAY[0, 0, 0.45])[1 + load_pick(n, 48, 3)],
       60 + load_pick(n, 49, 40) * 10,
       110 + load_pick(n, 50, 6) * 10,
       (ARRAY['100% cotton', '100% linen', '80% wool, 20% polyamide', '95% cotton, 5% elastane', '100% silk'])
           [1 + load_skewed(n, 51, 5)],
       CASE WHEN n % 3 <> 1 THEN 'Machine wash at ' || 30 + load_pick(n, 52, 4) * 10 || ' °C.' END,
       CASE WHEN load_pick(n, 53, 12) = 0 THEN 0 ELSE load_skewed(n, 54, 400) END,
       (SELECT coalesce(jsonb_agg('https://images.example.com/fabrics/' || n || '-' || image || '.jpg' ORDER BY image), '[]')
          FROM generate_series(1, load_pick(n, 55, 5)) image),
       (SELECT jsonb_agg(DISTINCT tag)
          FROM unnest(ARRAY[colour, load_word(n, 56), load_word(n, 57), load_word(n, 58)]) tag),
       CASE WHEN n % 4 = 0 THEN (1400000000 + n * 7919)::text END,
       archived_at,
       created_at,
       coalesce(archived_at, created_at)
  FROM (SELECT n,
               (ARRAY['cotton', 'cotton', 'cotton', 'quilting', 'quilting', 'linen', 'knit', 'knit', 'wool', 'denim',
                      'velvet', 'silk'])[1 + load_pick(n, 59, 12)] AS category,
               (ARRAY['lawn', 'poplin', 'jersey', 'twill', 'canvas', 'gauze', 'herringbone', 'sateen', 'flannel', 'crepe'])
                   [1 + load_skewed(n, 60, 10)] AS weave,
               (ARRAY['sage', 'rust', 'indigo', 'mustard', 'ivory', 'charcoal', 'teal', 'plum', 'sand', 'navy', 'lilac',
                      'ochre', 'slate', 'coral', 'moss', 'black'])[1 + load_skewed(n, 61, 16)] AS colour,
               load_first_day() + (n - 1) * 1450 / (5000 * load_factor()) * interval '1 day'
                   + load_pick(n, 62, 24) * interval '1 hour' AS created_at,
               CASE WHEN n % 20 = 7 AND n <= 4000 * load_factor() THEN
                   current_date - load_pick(n, 63, 50) * interval '1 day' - interval '1 hour' END AS archived_at
          FROM generate_series(1, 5000 * load_factor()) n) fabric
 ORDER BY n;
ANALYZE events, event_registrations, fabrics;

-- Items, before they are put into the table: an item points to its order and an order names its items. Half of them come
-- from one registration in eight.
CREATE UNLOGGED TABLE load_item AS
WITH registration AS (
    SELECT row_number() OVER (ORDER BY registration.id) AS nth,
           registration.status AS registration_status,
           registration.created_at AS registered_at,
           CASE registration.status WHEN 'cancelled' THEN registration.updated_at ELSE least(drop_off_end, current_date) END
               AS closed_at,
           CASE WHEN registration.status IN ('checked_out', 'cancelled') THEN registration.updated_at
                WHEN event.status = 'completed' THEN event.updated_at END AS settled_at,
           consignor_id,
           consignor.user_id,
           event.id AS event_id,
           event.status AS event_status,
           drop_off_end, start_date, end_date
      FROM event_registrations registration
      JOIN events event ON event.id = event_id
      JOIN consignors consignor ON consignor.id = consignor_id
     WHERE registration.status <> 'waitlisted'
),
drawn AS (
    SELECT n,
           CASE load_pick(n, 70, 2) WHEN 0 THEN 1 + load_pick(n, 71, registrations)
                                    ELSE 1 + 8 * load_pick(n, 72, (registrations + 7) / 8) END AS nth,
           load_pick(n, 73, 100) AS dice
      FROM generate_series(1, 100000 * load_factor()) n, (SELECT count(*) AS registrations FROM registration) counted
),
reviewed AS (
    SELECT drawn.n, dice, registration.*,
           CASE WHEN registration_status = 'cancelled' THEN 'returned'
                WHEN now() < drop_off_end THEN
                    CASE WHEN dice < 46 THEN 'pending' WHEN dice < 86 THEN 'approved' WHEN dice < 95 THEN 'rejected'
                         ELSE 'returned' END
                WHEN registration_status = 'registered' THEN
                    CASE event_status WHEN 'completed' THEN 'returned' ELSE 'pending' END
                WHEN now() < start_date THEN
                    CASE WHEN dice < 86 THEN 'approved' WHEN dice < 94 THEN 'rejected' ELSE 'returned' END
                WHEN now() < end_date THEN
                    CASE WHEN dice < 34 THEN 'sold' WHEN dice < 90 THEN 'approved' WHEN dice < 95 THEN 'rejected'
                         ELSE 'returned' END
                WHEN dice < 55 THEN 'sold'
                WHEN registration_status = 'checked_in' AND event_status = 'published' AND dice < 80 THEN 'approved'
                ELSE 'returned' END AS status,
           -- Many were typed in one after the other and share their minute, or their hour.
           greatest(registered_at,
                    date_trunc((ARRAY['minute', 'minute', 'minute', 'hour'])[1 + load_pick(n, 74, 4)],
                               registered_at + (closed_at - registered_at) * (load_pick(n, 75, 900) / 1000.0))) AS created_at
      FROM drawn
      JOIN registration USING (nth)
),
numbered AS (
    SELECT row_number() OVER (ORDER BY created_at, n) AS id,
           CASE WHEN status = 'sold' THEN
               row_number() OVER (PARTITION BY event_id, status ORDER BY load_pick(n, 76, 2147483647), n) - 1 END AS sold_as,
           reviewed.*
      FROM reviewed
)
SELECT id, n, event_id, event_status, consignor_id, user_id, status, created_at, start_date,
       least(end_date, current_date) AS open_until,
       now() < end_date AS still_on,
       initcap(load_word(n, 80)) || ' '
       || (CASE
               WHEN category IN ('clothing', 'outerwear') THEN
                   '{jacket,romper,dungarees,pyjamas,dress,cardigan,leggings,shirt,hoodie,skirt,trousers,overall}'
               WHEN category IN ('toys', 'games') THEN
                   '{puzzle,train set,dolls house,bricks,plush bear,marble run,kitchen,tractor,tiles,blocks,rings,drum}'
               WHEN category = 'books' THEN
                   '{picture book,atlas,fairy tales,encyclopedia,songbook,reader,board book,comic,diary,poems,novel,guide}'
               WHEN category = 'shoes' THEN
                   '{sneakers,sandals,boots,slippers,wellies,first walkers,skates,clogs,loafers,pumps,flats,cleats}'
               ELSE '{stroller,carrier,high chair,cot,bike,mat,seat,warmer,monitor,bath,gate,swing}'
           END::text[])[1 + load_skewed(n, 81, 12)]
       || ', ' || (ARRAY['navy', 'grey', 'red', 'blue', 'green', 'rose', 'mustard', 'white', 'teal', 'brown'])
                  [1 + load_skewed(n, 82, 10)] AS name,
       CASE WHEN load_pick(n, 83, 10) < 8 THEN
           (ARRAY['Worn with ', 'Washed in ', 'Comes with ', 'Bought at '])[1 + load_skewed(n, 84, 4)]
           || load_word(n, 85) || ' and ' || load_word(n, 86) || ', ' || load_word(n, 87) || ' ' || load_word(n, 88)
           || CASE load_pick(n, 89, 2) WHEN 0 THEN '. From a home with ' || load_word(n, 90) || ' ' || load_word(n, 91)
                                       ELSE '' END || '.'
       END AS description,
       category,
       CASE WHEN category IN ('clothing', 'outerwear', 'shoes') AND load_pick(n, 92, 20) > 0 THEN
           (ARRAY['4', '5', '6', '3T', '2T', '8', '10', '12', '12-18M', '6-12M', '14', '3-6M', '0-3M', '16'])
               [1 + load_skewed(n, 93, 14)]
       END AS size,
       (2 + load_skewed(n, 94, 60)) * CASE category WHEN 'gear' THEN 1.50 WHEN 'books' THEN 0.25 ELSE 0.50 END AS price,
       (ARRAY['good', 'good', 'good', 'good', 'like_new', 'like_new', 'like_new', 'new', 'fair', 'fair'])
           [1 + load_pick(n, 95, 10)] AS condition,
       CASE WHEN status = 'rejected' OR (status = 'returned' AND dice % 5 = 0) THEN
           (ARRAY['Stained', 'A part is missing', 'Recalled by its maker', 'Zip is broken', 'Needs a wash'])
               [1 + load_skewed(n, 96, 5)]
       END AS rejection_reason,
       status IN ('approved', 'sold')
       OR (status = 'pending' AND dice % 12 = 5)
       OR (status = 'returned' AND dice % 5 <> 0 AND registration_status <> 'registered'
           AND (registration_status <> 'cancelled' OR event_status = 'cancelled')) AS approved_once,
       CASE WHEN status = 'returned' AND settled_at IS NOT NULL THEN settled_at
            WHEN status = 'pending' AND dice % 12 <> 5 THEN created_at
            ELSE created_at + (closed_at - created_at) * (load_pick(n, 97, 90) / 100.0) + interval '1 second'
       END AS updated_at,
       sold_as / 18 * 7 + ('{0,1,1,1,2,2,3,3,3,3,3,4,5,5,5,5,6,6}'::int[])[1 + sold_as % 18] AS basket
  FROM numbered,
       LATERAL (SELECT CASE WHEN slot < 8 THEN 'clothing'
                            WHEN slot < 11 THEN 'toys'
                            WHEN slot < 14 THEN 'books'
                            WHEN slot < 16 THEN 'shoes'
                            ELSE (ARRAY['outerwear', 'games', 'gear', 'nursery'])[slot - 15] END AS category
                  FROM load_pick(n, 98, 20) slot) kind;
ANALYZE load_item;

-- Orders: the baskets of the sales, some that were cancelled, and fabrics for the rest.
CREATE UNLOGGED TABLE load_order AS
WITH basket AS (
    SELECT event_id, basket,
           min(id) AS n,
           min(start_date) AS start_date,
           min(open_until) AS open_until,
           bool_and(still_on) AS still_on,
           array_agg(id ORDER BY id) AS items
      FROM load_item
     WHERE status = 'sold'
     GROUP BY event_id, basket
),
given_back AS (
    SELECT n, start_date, ARRAY[id] AS items
      FROM load_item
     WHERE status IN ('approved', 'returned')
       AND approved_once
       AND event_status <> 'cancelled'
       AND start_date < current_date
       AND load_pick(n, 100, 60) = 0
),
fabric_order AS (
    SELECT -n AS n,
           CASE WHEN n % 70 = 0 THEN date_trunc('minute', now()) - load_pick(n, 101, 25) * interval '1 minute'
                ELSE current_date - load_skewed(n, 102, 1100) * interval '1 day'
                     - (1 + load_pick(n, 103, 1440)) * interval '1 minute' END AS placed_at,
           n % 70 = 0 AS pending,
           load_pick(n, 104, 100) AS dice
      FROM generate_series(1, 50000 * load_factor() - (SELECT count(*) FROM basket) - (SELECT count(*) FROM given_back)) n
),
placed AS (
    SELECT n, items,
           CASE WHEN NOT still_on THEN 'delivered'
                WHEN load_pick(n, 105, 20) = 0 THEN 'pending'
                WHEN load_pick(n, 105, 20) < 6 THEN 'processing'
                WHEN load_pick(n, 105, 20) < 8 THEN 'shipped'
                ELSE 'delivered' END AS status,
           CASE WHEN still_on AND load_pick(n, 105, 20) = 0
                THEN date_trunc('minute', now()) - load_pick(n, 106, 25) * interval '1 minute'
                ELSE date_trunc('minute', start_date + (open_until - start_date) * (load_pick(n, 107, 990) / 1000.0))
           END AS placed_at
      FROM basket
     UNION ALL
    SELECT n, items, 'cancelled', start_date + load_pick(n, 108, 59) * interval '1 minute' FROM given_back
     UNION ALL
    SELECT n, NULL,
           CASE WHEN pending THEN 'pending'
                WHEN dice < 6 THEN 'cancelled'
                WHEN placed_at > current_date - interval '2 days' AND dice < 66 THEN 'processing'
                WHEN placed_at > current_date - interval '7 days' AND dice < 60 THEN 'shipped'
                ELSE 'delivered' END,
           placed_at
      FROM fabric_order
)
SELECT number, load_id(3, number) AS id, n, items, status, placed_at,
       (CASE status WHEN 'pending' THEN now() ELSE placed_at END)::date - load_first_day() AS day
  FROM (SELECT row_number() OVER (ORDER BY status = 'pending', placed_at, n) AS number, placed.* FROM placed) numbered;
ANALYZE load_order;

-- What each order names, with its price.
CREATE UNLOGGED TABLE load_line AS
SELECT number, 0 AS kind, item.id AS place, price AS total,
       jsonb_build_object('kind', 'inventory_item', 'inventory_item_id', item.id, 'name', name, 'quantity', 1,
                          'unit_price', price) AS line
  FROM (SELECT number, unnest(items) AS id FROM load_order) bought
  JOIN load_item item USING (id)
 UNION ALL
SELECT number, 1, fabric, price * quantity,
       jsonb_build_object('kind', 'fabric', 'fabric_id', id, 'name', name, 'quantity', quantity, 'unit_price', price)
  -- Only what was there by then, and of late nothing that was to be archived.
  FROM (SELECT DISTINCT ON (number, fabric) number, fabric, quantity
          FROM (SELECT number,
                       fabric - (day > 1400 AND fabric % 20 = 7)::int AS fabric,
                       1 + load_skewed(n * 10 + nth, 111, 8) AS quantity
                  FROM load_order,
                       generate_series(1, CASE WHEN items IS NULL THEN 1 + load_skewed(n, 110, 6)
                                               ELSE (status <> 'cancelled' AND load_pick(n, 110, 6) = 0)::int END) nth,
                       LATERAL (SELECT 1 + load_skewed(n * 10 + nth, 112, 5000 * load_factor() * day / 1450) AS fabric) drawn
               ) drawn
         ORDER BY number, fabric, quantity) bought
  JOIN (SELECT row_number() OVER (ORDER BY id) AS fabric, id, name, price FROM fabrics) offered USING (fabric);
ANALYZE load_line;

WITH summed AS (
    SELECT load_order.*,
           lines,
           subtotal,
           items IS NULL AND status <> 'pending' AND load_pick(n, 113, 8) = 0 AS from_etsy,
           CASE WHEN number % (1200 * load_factor()) = 5 THEN 3
                WHEN load_pick(n, 114, 10) > 2 THEN 4 + load_skewed(n, 115, 3000 * load_factor() * day / 1450 - 5)
           END AS buyer,
           load_skewed(n, 116, 8000 * load_factor()) AS guest
      FROM load_order
      JOIN (SELECT number, jsonb_agg(line ORDER BY kind, place) AS lines, sum(total) AS subtotal
              FROM load_line
             GROUP BY number) added USING (number)
),
priced AS (
    SELECT summed.*,
           CASE WHEN from_etsy AND number % 4 = 0 THEN round(subtotal * 0.1, 2) ELSE 0 END AS discount,
           CASE WHEN from_etsy THEN 4.95 ELSE 0 END AS shipping,
           CASE WHEN from_etsy THEN round(subtotal * 0.0625, 2) ELSE 0 END AS tax
      FROM summed
)
INSERT INTO orders (id, version, user_id, customer_email, customer_name, items, subtotal, discount, shipping, tax,
                    total_amount, status, etsy_order_id, shipping_address, tracking_number, notes, reserved_until,
                    created_at, updated_at)
SELECT priced.id,
       CASE status WHEN 'pending' THEN 1 WHEN 'shipped' THEN 3 WHEN 'delivered' THEN 3 ELSE 2 END,
       person.id,
       coalesce(person.email, load_word(guest, 117) || '.' || guest || '@example.org'),
       coalesce(person.name, person.email, initcap(load_word(guest, 117)) || ' ' || initcap(load_word(guest, 118))),
       lines,
       subtotal,
       discount,
       shipping,
       tax,
       subtotal - discount + shipping + tax,
       status,
       CASE WHEN from_etsy THEN (3100000000 + number)::text END,
       CASE WHEN status = 'shipped' OR from_etsy OR (items IS NULL AND n % 3 <> 0) THEN
           jsonb_build_object('line1', 1 + load_pick(n, 119, 900) || ' ' || initcap(load_word(n, 120)) || ' Street',
                              'city', initcap(load_nth_word(load_skewed(n, 121, 60))), 'region', 'OH',
                              'postal_code', 44000 + load_pick(n, 122, 900) || '', 'country', 'US') END,
       CASE WHEN status = 'shipped' OR (status = 'delivered' AND items IS NULL AND n % 3 <> 0) THEN
           'SLV' || lpad(number::text, 9, '0') END,
       CASE WHEN load_pick(n, 123, 12) = 0 THEN 'Asked for ' || load_word(n, 124) || ' paper.' END,
       -- A year, and not half an hour, so that the rows stay as they are for as long as they are measured.
       CASE status WHEN 'pending' THEN now() + interval '1 year' END,
       placed_at,
       CASE status
           WHEN 'pending' THEN placed_at
           ELSE placed_at + least((current_date - placed_at) * 0.6, (1 + load_pick(n, 125, 100)) * interval '1 hour') END
  FROM priced
  LEFT JOIN (SELECT row_number() OVER (ORDER BY id) AS buyer, id, name, email FROM users) person
       ON person.buyer = priced.buyer AND NOT from_etsy
 ORDER BY number;

INSERT INTO inventory_items (id, version, event_id, event_status, consignor_id, user_id, name, description, category, size,
                             price, condition, status, rejection_reason, barcode, order_id, created_at, updated_at)
SELECT id,
       CASE status WHEN 'pending' THEN CASE WHEN approved_once THEN 3 ELSE 1 END
                   WHEN 'returned' THEN CASE WHEN approved_once OR rejection_reason IS NOT NULL THEN 3 ELSE 2 END
                   WHEN 'sold' THEN 3
                   ELSE 2 END,
       event_id, event_status, consignor_id, user_id, name, description, category, size, price, condition, item.status,
       rejection_reason,
       CASE WHEN approved_once THEN barcode(nextval('inventory_items_barcode_seq')) END,
       order_id,
       created_at,
       coalesce(placed_at, updated_at)
  FROM (SELECT * FROM load_item ORDER BY id) item
  LEFT JOIN (SELECT id AS order_id, placed_at, unnest(items) AS item_id FROM load_order WHERE status <> 'cancelled') bought
       ON item_id = item.id
 ORDER BY id;

INSERT INTO content_calendar (id, version, user_id, platform, content_type, title, description, media_urls, hashtags,
                              scheduled_date, published, published_date, engagement_metrics, created_at, updated_at)
SELECT load_id(5, n),
       CASE state WHEN 'published' THEN 3 ELSE 1 END,
       load_id(1, CASE load_skewed(n, 130, 30) WHEN 0 THEN 1 ELSE 4 + load_skewed(n, 130, 30) END),
       platform,
       CASE WHEN platform = 'pinterest' THEN 'post'
            ELSE (ARRAY['post', 'post', 'story', 'reel'])[1 + load_pick(n, 131, 4)] END,
       (ARRAY['New in: ', 'Care guide: ', 'Sale countdown: ', 'Remnants: ', 'Meet the maker: '])[1 + load_skewed(n, 132, 5)]
       || load_word(n, 133) || ' ' || load_word(n, 134),
       CASE WHEN n % 5 <> 2 THEN
           'About ' || load_word(n, 135) || ', ' || load_word(n, 136) || ' and ' || load_word(n, 137) || '.' END,
       (SELECT coalesce(jsonb_agg('https://images.example.com/posts/' || n || '-' || image || '.jpg' ORDER BY image), '[]')
          FROM generate_series(1, load_pick(n, 138, 4)) image),
       (SELECT jsonb_agg(DISTINCT '#' || tag)
          FROM unnest(ARRAY['sewing', load_word(n, 139), load_word(n, 140), load_word(n, 141)]) tag),
       CASE WHEN state <> 'draft' THEN due END,
       state = 'published',
       CASE WHEN state = 'published' THEN due + load_pick(n, 142, 15) * interval '1 minute' END,
       CASE WHEN state = 'published' AND n % 10 <> 3 THEN
           jsonb_build_object('impressions', load_skewed(n, 143, 20000), 'likes', load_skewed(n, 144, 900),
                              'comments', load_skewed(n, 145, 60)) END,
       made_at,
       CASE state WHEN 'published' THEN due + interval '1 day' ELSE made_at END
  FROM (SELECT n, platform, state, due,
               least(due, current_date) - (1 + load_pick(n, 146, 20)) * interval '1 day' AS made_at
          FROM (SELECT n,
                       (ARRAY['instagram', 'instagram', 'instagram', 'facebook', 'facebook', 'pinterest'])
                           [1 + load_pick(n, 147, 6)] AS platform,
                       CASE WHEN place < 80 THEN 'published' WHEN place < 92 THEN 'scheduled' ELSE 'draft' END AS state,
                       current_date
                       + (CASE WHEN place < 80 THEN (n - 16000 * load_factor()) * 1000 / (16000 * load_factor()) - 2
                               WHEN place < 92 THEN 1 + load_skewed(n, 148, 180)
                               ELSE -load_pick(n, 148, 90) END) * interval '1 day'
                       + (7 + load_pick(n, 149, 14)) * interval '1 hour' AS due
                  FROM (SELECT n, (n - 1) / (200 * load_factor()) AS place
                          FROM generate_series(1, 20000 * load_factor()) n) entry) entry) entry
 ORDER BY n;

-- Seventy figures a day, and for a larger factor as many of each shop.
INSERT INTO analytics (id, metric_type, metric_value, date, platform, created_at)
SELECT load_id(6, n + 1),
       metric_type,
       CASE WHEN metric_type IN ('sales_total', 'website_visits', 'impressions') THEN
                jsonb_build_object('total', amount, 'count', 1 + load_pick(n, 150, 40))
            ELSE to_jsonb(amount) END,
       date,
       platform,
       least(date + interval '23 hours', now())
  FROM (SELECT n,
               (ARRAY['sales_total', 'website_visits', 'impressions', 'followers', 'saves', 'engagement_rate',
                      'newsletter_subscribers', 'returns', 'refunds', 'items_listed'])[1 + figure % 10]
                   || CASE WHEN figure < 70 THEN '' ELSE '_shop_' || figure / 70 END AS metric_type,
               (ARRAY[NULL, 'instagram', 'facebook', 'pinterest', 'etsy', 'web', 'till'])[1 + figure / 10 % 7] AS platform,
               current_date - 50000 / 70 + day AS date,
               50 + figure * 13 + day + load_pick(n, 151, 100) * 0.25 AS amount
          FROM (SELECT n, n % (70 * load_factor()) AS figure, n / (70 * load_factor()) AS day
                  FROM generate_series(0, 50000 * load_factor() - 1) n) figure) figure
 ORDER BY n;

SELECT setval(pg_get_serial_sequence('consignors', 'id'), (SELECT max(id) FROM consignors)),
       setval(pg_get_serial_sequence('events', 'id'), (SELECT max(id) FROM events)),
       setval(pg_get_serial_sequence('event_registrations', 'id'), (SELECT max(id) FROM event_registrations)),
       setval(pg_get_serial_sequence('inventory_items', 'id'), (SELECT max(id) FROM inventory_items));

DROP TABLE load_item, load_order, load_line;
DROP FUNCTION load_first_day(), load_id(int, bigint), load_word(bigint, int), load_nth_word(int),
              load_skewed(bigint, int, bigint), load_pick(bigint, int, bigint), load_factor();

SET LOCAL maintenance_work_mem = '256MB';
SELECT gin_clean_pending_list(indexrelid)
  FROM pg_index
  JOIN pg_class ON pg_class.oid = indexrelid
  JOIN pg_am ON pg_am.oid = relam
 WHERE amname = 'gin' AND relnamespace = 'public'::regnamespace;
INSERT INTO client_apps (client_id, name, policy) SELECT 'app ' || n, 'App', 'open' FROM generate_series(1, 3) n;
INSERT INTO persisted_documents (client_id, hash, text, cost, app_versions, published_at)
SELECT client_id, encode(sha256(convert_to(text, 'UTF8')), 'hex'), text, 1, '{1.0}', timestamptz '2026-01-01' + n * interval '1 hour'
  FROM client_apps, generate_series(1, 300) n, LATERAL (SELECT format('query Q%s { __typename }', n) AS text) written;
INSERT INTO document_ids (client_id, custom_id, document_id)
SELECT client_id, md5(text), id FROM persisted_documents;

ANALYZE users, consignors, events, event_registrations, fabrics, orders, inventory_items, content_calendar, analytics, client_apps,
    persisted_documents, document_ids;
