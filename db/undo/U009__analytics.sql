-- The way back from V009, and from what policy/R__analytics.sql added.
DROP FUNCTION IF EXISTS sales;
DROP TABLE analytics;
