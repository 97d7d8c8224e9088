DROP TABLE document_ids, persisted_documents, client_apps CASCADE;
DROP FUNCTION IF EXISTS refuse_too_many_apps(), tell_of_documents(), is_client_app(text), client_apps_changes();
-- What was told of apps stays.
ALTER TABLE changes
    DROP CONSTRAINT changes_topic_known,
    ADD CONSTRAINT changes_topic_known CHECK (topic IN (
        'user', 'consignor', 'event', 'registration', 'inventory_item', 'fabric', 'order', 'calendar_entry', 'metric'))
        NOT VALID;
