-- Whether anything of an event is sold is asked before it is cancelled, and for each event whose transitions are shown.
CREATE INDEX inventory_items_sold_idx ON inventory_items (event_id) WHERE status = 'sold';
