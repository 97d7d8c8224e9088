-- The way back from V009.
DROP TABLE analytics;
