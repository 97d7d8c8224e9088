-- The way back from V031.
ALTER TABLE content_calendar
    DROP CONSTRAINT content_calendar_scheduled_year,
    DROP CONSTRAINT content_calendar_published_year;
DROP TRIGGER event_registrations_transition_by_owner ON event_registrations;
DROP TRIGGER orders_transition_by_owner ON orders;
DROP TRIGGER orders_transition ON orders;
