-- The way back from V024.
DROP TRIGGER event_registrations_transition ON event_registrations;
DROP TRIGGER events_transition ON events;
DROP TRIGGER events_promote ON events;
DROP TRIGGER event_registrations_count_gone ON event_registrations;
DROP TRIGGER event_registrations_count_changed ON event_registrations;
DROP TRIGGER event_registrations_count_new ON event_registrations;
DROP FUNCTION refuse_transition();
DROP FUNCTION promote_waiting();
DROP FUNCTION count_places();
DROP FUNCTION holds_place(text);
ALTER TABLE events DROP CONSTRAINT events_drop_off_year, DROP CONSTRAINT events_pick_up_year;
