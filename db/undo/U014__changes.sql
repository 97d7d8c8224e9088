-- With their triggers, which the policy file made.
DROP FUNCTION IF EXISTS users_changes, consignors_changes, events_changes, event_registrations_changes, inventory_items_changes,
    fabrics_changes, orders_changes, content_calendar_changes, analytics_changes CASCADE;
DROP TABLE changes;
