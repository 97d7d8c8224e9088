-- What is for sale in a category is what is asked for most. By one of the two alone, nine rows are read for one that is shown.
CREATE INDEX inventory_items_category_status_created_at_idx
    ON inventory_items (category, status, listed, created_at, id);
CREATE INDEX inventory_items_category_status_price_idx ON inventory_items (category, status, listed, price_cents, id);
