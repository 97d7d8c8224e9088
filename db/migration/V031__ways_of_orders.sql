-- Which status may follow which, whoever writes, as for events, registrations and items.
CREATE TRIGGER orders_transition AFTER UPDATE ON orders FOR EACH ROW
    WHEN (OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_transition(
        'pending>processing', 'pending>cancelled', 'processing>shipped', 'processing>delivered', 'processing>cancelled',
        'shipped>delivered');
-- No policy sees what a row was before, so this is what keeps buyers from taking back what was paid for, and consignors from
-- giving up a place where they have been checked in.
CREATE TRIGGER orders_transition_by_owner AFTER UPDATE ON orders FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND current_user = 'selvage_user')
    EXECUTE FUNCTION refuse_transition('pending>cancelled');
CREATE TRIGGER event_registrations_transition_by_owner AFTER UPDATE ON event_registrations FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND current_user = 'selvage_user')
    EXECUTE FUNCTION refuse_transition('waitlisted>cancelled', 'registered>cancelled');

-- Years that every client can write, in UTC.
ALTER TABLE content_calendar
    ADD CONSTRAINT content_calendar_scheduled_year
        CHECK (scheduled_date >= '0001-01-01 00:00:00+00' AND scheduled_date < '10000-01-01 00:00:00+00'),
    ADD CONSTRAINT content_calendar_published_year CHECK (published_date >= '0001-01-01 00:00:00+00');
