-- The way back from V002. Policies, indexes and triggers go with their table.
DROP TABLE users;
