-- The way back from V003, and from what policy/R__consignors.sql added. The numbers go with the table that owns them.
DROP FUNCTION IF EXISTS consignors_ranked;
DROP TABLE consignors;
