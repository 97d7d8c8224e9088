-- The way back from V002, and from what policy/R__users.sql added. Policies, indexes and triggers go with their table.
DROP FUNCTION IF EXISTS sign_in;
DROP TABLE users;
