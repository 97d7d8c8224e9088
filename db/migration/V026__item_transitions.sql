-- Who may bring an item from which status to which is said by the statements that do it. What follows holds whoever writes.

CREATE TRIGGER inventory_items_transition AFTER UPDATE ON inventory_items FOR EACH ROW
    WHEN (OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_transition(
        'pending>approved', 'pending>rejected', 'rejected>pending', 'approved>pending', 'approved>sold', 'sold>approved',
        'sold>returned', 'pending>returned', 'approved>returned', 'rejected>returned');
-- No policy sees what a row was before, so this is what keeps owners from approving their items.
CREATE TRIGGER inventory_items_transition_by_owner AFTER UPDATE ON inventory_items FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND current_user = 'selvage_user')
    EXECUTE FUNCTION refuse_transition(
        'rejected>pending', 'approved>pending', 'pending>returned', 'approved>returned', 'rejected>returned');

-- What an owner changes of an approved item has to be looked at again, unless it only becomes cheaper.
CREATE FUNCTION reconsider_item() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM events WHERE id = NEW.event_id AND now() < drop_off_end) THEN
        RAISE EXCEPTION 'drop-off is over'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    NEW.status := 'pending';
    RETURN NEW;
END
$$;
CREATE TRIGGER inventory_items_reconsidered BEFORE UPDATE ON inventory_items FOR EACH ROW
    WHEN (current_user = 'selvage_user' AND OLD.status = 'approved' AND NEW.status = 'approved'
          AND (ROW (OLD.name, OLD.description, OLD.category, OLD.size, OLD.condition)
               IS DISTINCT FROM ROW (NEW.name, NEW.description, NEW.category, NEW.size, NEW.condition)
               OR NEW.price > OLD.price))
    EXECUTE FUNCTION reconsider_item();

-- Owners may not write the reason, so it goes by itself.
CREATE FUNCTION forget_rejection() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    NEW.rejection_reason := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER inventory_items_resubmitted BEFORE UPDATE ON inventory_items FOR EACH ROW
    WHEN (OLD.status = 'rejected' AND NEW.status = 'pending')
    EXECUTE FUNCTION forget_rejection();

-- A number is drawn by approving an item and in no other way. Nobody who serves requests may draw one.
CREATE FUNCTION issue_barcode() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.barcode := barcode(nextval('inventory_items_barcode_seq'));
    RETURN NEW;
END
$$;
CREATE TRIGGER inventory_items_barcode_issued BEFORE UPDATE ON inventory_items FOR EACH ROW
    WHEN (OLD.status = 'pending' AND NEW.status = 'approved' AND NEW.barcode IS NULL)
    EXECUTE FUNCTION issue_barcode();

-- A barcode is printed on a tag.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this never changes'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END
$$;
CREATE TRIGGER inventory_items_barcode_kept AFTER UPDATE ON inventory_items FOR EACH ROW
    WHEN (OLD.barcode IS NOT NULL AND NEW.barcode IS DISTINCT FROM OLD.barcode)
    EXECUTE FUNCTION refuse_change();

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION issue_barcode() OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
