-- Places at events, and how statuses change. The database keeps both itself, so that they hold whatever statement changes a
-- registration. Each of the functions that move places changes the event's row, whose lock makes them wait for each other.

-- Years that every client can write.
ALTER TABLE events
    ADD CONSTRAINT events_drop_off_year CHECK (drop_off_start >= '0001-01-01 00:00:00+00'),
    ADD CONSTRAINT events_pick_up_year CHECK (pick_up_end < '10000-01-01 00:00:00+00');

-- Whether a registration with this status takes one of its event's places.
CREATE FUNCTION holds_place(status text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN status IN ('registered', 'checked_in', 'checked_out');

-- Moves registered_count by as many places as one statement has taken or given back.
CREATE FUNCTION count_places() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE events SET registered_count = registered_count + taken.places
          FROM (SELECT event_id, count(*) AS places FROM made WHERE holds_place(status) GROUP BY event_id) taken
         WHERE id = taken.event_id;
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE events SET registered_count = registered_count - given.places
          FROM (SELECT event_id, count(*) AS places FROM gone WHERE holds_place(status) GROUP BY event_id) given
         WHERE id = given.event_id;
    ELSE
        UPDATE events SET registered_count = registered_count + moved.places
          FROM (SELECT event_id, sum(place) AS places
                  FROM (SELECT event_id, 1 AS place FROM made WHERE holds_place(status)
                         UNION ALL
                        SELECT event_id, -1 FROM gone WHERE holds_place(status)) one
                 GROUP BY event_id
                HAVING sum(place) <> 0) moved
         WHERE id = moved.event_id;
    END IF;
    RETURN NULL;
END
$$;

-- Gives places that have come free to those who have waited longest.
CREATE FUNCTION promote_waiting() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE event_registrations SET status = 'registered'
     WHERE id IN (SELECT id FROM event_registrations
                   WHERE event_id = NEW.id AND status = 'waitlisted'
                   ORDER BY id
                   LIMIT NEW.max_consignors - NEW.registered_count);
    RETURN NULL;
END
$$;

-- Which status may follow which: the trigger's arguments are all pairs, each as from>to. It runs AFTER the update, when row
-- security and the table's constraints have let it pass.
CREATE FUNCTION refuse_transition() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status || '>' || NEW.status <> ALL (TG_ARGV) THEN
        RAISE EXCEPTION 'no way leads from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

GRANT CREATE ON SCHEMA public TO selvage_system;
ALTER FUNCTION count_places() OWNER TO selvage_system;
ALTER FUNCTION promote_waiting() OWNER TO selvage_system;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
GRANT EXECUTE ON FUNCTION holds_place(text) TO selvage_system;

CREATE TRIGGER event_registrations_count_new AFTER INSERT ON event_registrations
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION count_places();
CREATE TRIGGER event_registrations_count_changed AFTER UPDATE ON event_registrations
    REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION count_places();
CREATE TRIGGER event_registrations_count_gone AFTER DELETE ON event_registrations
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_places();

CREATE TRIGGER events_promote AFTER UPDATE ON events FOR EACH ROW
    WHEN (NEW.status = 'published' AND now() < NEW.drop_off_end AND NEW.registered_count < NEW.max_consignors
          AND (NEW.max_consignors - NEW.registered_count > OLD.max_consignors - OLD.registered_count
               OR NEW.drop_off_end > OLD.drop_off_end
               OR NEW.status <> OLD.status))
    EXECUTE FUNCTION promote_waiting();

-- Rules about other rows stand in the statements; these hold whatever is written.
CREATE TRIGGER events_transition AFTER UPDATE ON events FOR EACH ROW
    WHEN (OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_transition(
        'draft>published', 'published>draft', 'published>completed', 'draft>cancelled', 'published>cancelled');
-- Whoever has checked in or out is cancelled with the event only.
CREATE TRIGGER event_registrations_transition AFTER UPDATE ON event_registrations FOR EACH ROW
    WHEN (OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_transition(
        'waitlisted>registered', 'registered>checked_in', 'checked_in>checked_out', 'waitlisted>cancelled',
        'registered>cancelled', 'checked_in>cancelled', 'checked_out>cancelled');
