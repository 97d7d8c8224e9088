-- The way back from V026.
DROP TRIGGER inventory_items_transition ON inventory_items;
DROP TRIGGER inventory_items_transition_by_owner ON inventory_items;
DROP TRIGGER inventory_items_reconsidered ON inventory_items;
DROP TRIGGER inventory_items_resubmitted ON inventory_items;
DROP TRIGGER inventory_items_barcode_issued ON inventory_items;
DROP TRIGGER inventory_items_barcode_kept ON inventory_items;
DROP FUNCTION reconsider_item();
DROP FUNCTION forget_rejection();
DROP FUNCTION issue_barcode();
DROP FUNCTION refuse_change();
