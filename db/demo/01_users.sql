-- Three people who sign in with the local token issuer, and 297 who were imported and have not signed in yet.
--
-- Nothing here is left to chance: every choice is arithmetic on a running number n, so each load gives the same rows, and
-- only the dates move along with today.

SET LOCAL timezone = 'UTC';

WITH pool AS (
    SELECT ARRAY['Abigail', 'Adele', 'Amir', 'Anika', 'Beatriz', 'Benjamin', 'Bruno', 'Camille', 'Carmen', 'Cedric',
                 'Chidi', 'Daniela', 'Darius', 'Edith', 'Elena', 'Elijah', 'Farah', 'Felix', 'Fiona', 'Gabriel',
                 'Greta', 'Hana', 'Hugo', 'Imani', 'Ingrid', 'Isaac', 'Jasper', 'José', 'Josephine', 'Kavita',
                 'Kofi', 'Leila', 'Liam', 'Lucía', 'Mateo', 'Maya', 'Mei', 'Naomi', 'Nils', 'Olivia',
                 'Omar', 'Priya', 'Rosa', 'Samir', 'Sofia', 'Tariq', 'Tess', 'Victor', 'Yuki', 'Zoë'] AS given,
           ARRAY['Abbott', 'Adeyemi', 'Albrecht', 'Álvarez', 'Andersson', 'Baker', 'Banerjee', 'Bauer', 'Bennett', 'Bianchi',
                 'Brooks', 'Castillo', 'Chen', 'Coleman', 'Cruz', 'Dawson', 'Delgado', 'Dubois', 'Ellis', 'Eriksen',
                 'Fischer', 'Fontaine', 'Garner', 'Grant', 'Haddad', 'Hayes', 'Hoffmann', 'Ito', 'Jansen', 'Kaplan',
                 'Keller', 'Kim', 'Kowalski', 'Larsen', 'Lindqvist', 'Lopez', 'Mbeki', 'McKenna', 'Mendoza', 'Morris',
                 'Murphy', 'Nakamura', 'Nguyen', 'Novak', 'O''Brien', 'Okafor', 'Osborne', 'Park', 'Patel', 'Pereira',
                 'Quinn', 'Ramirez', 'Rossi', 'Sato', 'Schneider', 'Shah', 'Silva', 'Sørensen', 'Thompson', 'Walsh'] AS family
),
persona (n, subject, name, role) AS (
    VALUES (1, 'admin', 'Ada Whitfield', 'admin'),
           (2, 'consignor', 'Clara Jensen', 'user'),
           (3, 'customer', 'Theo Marsh', 'user')
),
person AS (
    SELECT n,
           subject,
           coalesce(persona.name, given[1 + n % 50] || ' ' || family[1 + (n * 7 + n / 50) % 60]) AS name,
           coalesce(role, 'user') AS role,
           current_date - (1000 - 16 * n / 5) * interval '1 day' + n * 191 % 1440 * interval '1 minute'
               AS created_at
      FROM pool, generate_series(1, 300) n
      LEFT JOIN persona USING (n)
)
INSERT INTO users (id, version, email, name, role, email_verified, image, issuer, subject, created_at, updated_at)
SELECT ('01970000-0001-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       CASE WHEN n % 4 = 0 THEN 2 ELSE 1 END,
       coalesce(subject || '@example.com',
                translate(lower(name), 'áéíóúëøñ '' ', 'aeioueon.')
                || '@example.' || (ARRAY['com', 'org', 'net'])[1 + n % 3]),
       CASE WHEN n % 29 <> 0 THEN name END,
       role,
       CASE WHEN subject IS NOT NULL OR n % 5 <> 0 THEN created_at + interval '9 minutes' END,
       CASE WHEN n % 3 = 0 THEN 'https://images.example.com/people/' || n || '.jpg' END,
       CASE WHEN subject IS NOT NULL THEN 'http://localhost:8080' END,
       subject,
       created_at,
       CASE WHEN n % 4 = 0 THEN created_at + (1 + n % 35) * interval '1 day' ELSE created_at END
  FROM person
 ORDER BY n;
