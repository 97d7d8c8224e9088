-- The way back from V005, and from what policy/R__fabrics.sql added.
DROP FUNCTION IF EXISTS fabrics_ranked;
DROP TABLE fabrics;
DROP FUNCTION IF EXISTS take_stock;
DROP FUNCTION IF EXISTS give_back_stock;
