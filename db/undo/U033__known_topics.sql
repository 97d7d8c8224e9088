ALTER TABLE changes
    DROP CONSTRAINT changes_topic_known,
    ADD CONSTRAINT changes_topic_known CHECK (topic IN (
        'user', 'consignor', 'event', 'registration', 'inventory_item', 'fabric', 'order', 'calendar_entry', 'metric',
        'client_app')) NOT VALID;
