-- Two users in three hand in things to be sold. Telephone numbers end in 555-01xx, which no network gives out.
WITH pool AS (
    SELECT ARRAY['Alder Lane', 'Birch Street', 'Canal Road', 'Chestnut Avenue', 'Church Street', 'Dogwood Drive',
                 'Elm Street', 'Fountain Court', 'Garden Way', 'Hickory Hill', 'Juniper Street', 'Lakeview Terrace',
                 'Main Street', 'Meadow Lane', 'Mill Road', 'Orchard Avenue', 'Park Place', 'Quarry Road', 'River Street', 'Sycamore Drive',
                 'Tannery Row', 'Union Street', 'Walnut Street'] AS streets,
           ARRAY['Millbrook, OH 44601', 'Alder Creek, OH 44609', 'Stonebridge, PA 16119', 'Harbor Point, OH 44043',
                 'Pine Hollow, PA 16127', 'Fairview Mills, OH 44636', 'Weaverton, PA 16148'] AS towns,
           ARRAY['216', '234', '330', '412', '440', '724', '814'] AS area_codes
)
INSERT INTO consignors (id, version, user_id, name, email, phone, address, preferred_contact, created_at, updated_at)
SELECT row_number() OVER (ORDER BY n),
       CASE WHEN n % 6 = 1 THEN 2 ELSE 1 END,
       id,
       coalesce(name, initcap(replace(split_part(email, '@', 1), '.', ' '))),
       email,
       CASE WHEN n % 8 <> 7 THEN '+1' || area_codes[1 + n % 7] || '55501' || lpad((n * 37 % 100)::text, 2, '0') END,
       CASE WHEN n % 11 <> 4 THEN (10 + n * 53 % 890) || ' ' || streets[1 + n % 23] || ', ' || towns[1 + n / 3 % 7] END,
       CASE WHEN n % 10 = 4 THEN NULL WHEN n % 3 = 1 AND n % 8 <> 7 THEN 'phone' ELSE 'email' END,
       created_at + interval '47 minutes',
       created_at + CASE WHEN n % 6 = 1 THEN interval '20 days' ELSE interval '47 minutes' END
  FROM pool, (SELECT row_number() OVER (ORDER BY id) AS n, users.* FROM users) person
 WHERE n % 3 <> 0
   AND role <> 'admin'
 ORDER BY n;

SELECT setval(pg_get_serial_sequence('consignors', 'id'), max(id)) FROM consignors;
