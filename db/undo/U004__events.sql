-- The way back from V004, and from what policy/R__events.sql added.
DROP FUNCTION IF EXISTS waitlist_positions;
DROP FUNCTION IF EXISTS events_ranked;
DROP FUNCTION IF EXISTS join_event;
DROP FUNCTION IF EXISTS lock_registration;
DROP FUNCTION IF EXISTS lock_place;
DROP TABLE event_registrations;
DROP TABLE events;
