-- The way back from V005.
DROP TABLE fabrics;
