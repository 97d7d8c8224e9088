-- The way back from V025.
DROP INDEX inventory_items_sold_idx;
