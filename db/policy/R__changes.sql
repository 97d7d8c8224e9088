-- Who reads changes, and how they are written. This file states all of it: edit it in place.
SELECT drop_policies('changes');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY changes_owner ON changes TO selvage_owner USING (true) WITH CHECK (true);
-- What happened stays as it was written, for its owner as for everybody: whoever is to clear old entries has to be granted it.
REVOKE UPDATE, DELETE, TRUNCATE ON changes FROM selvage_owner;

GRANT SELECT ON changes TO selvage_integrator, selvage_admin, selvage_system;
CREATE POLICY changes_read_integrator ON changes FOR SELECT TO selvage_integrator
    USING ((SELECT viewer_has_scope('read:changes')));
CREATE POLICY changes_read_admin ON changes FOR SELECT TO selvage_admin USING (true);
CREATE POLICY changes_read_system ON changes FOR SELECT TO selvage_system USING (true);

-- The triggers below write with these rights, and nobody by a statement of their own.
GRANT INSERT ON changes TO selvage_system;
CREATE POLICY changes_insert_system ON changes FOR INSERT TO selvage_system WITH CHECK (pg_trigger_depth() > 0);

-- What entries tell: of the columns in the first list the old and the new value; of those in the second, which are personal, only
-- that they changed. A column that is named in neither is not written down: a new one stays private until somebody decides. Left
-- out everywhere are id, version, created_at and updated_at, which an entry has in columns of its own, and what the database
-- works out itself.
--
-- Each table gets a function of its own that names its columns, and writes once for all rows that a statement made, changed or
-- removed. One function for all tables would have to turn every row into JSON first, and a trigger for each row costs a call and
-- a statement for each.
GRANT CREATE ON SCHEMA public TO selvage_system;
DO $do$
DECLARE
    watched record;
    entry text;
BEGIN
    FOR watched IN
        SELECT relation,
               relation || '_changes' AS function,
               topic,
               format('id, %s, %s', CASE WHEN relation = 'analytics'::regclass THEN 'NULL::int AS version' ELSE 'version' END,
                      string_agg(format('%I', name), ', ')) AS columns,
               string_agg(format('before.%I', name), ', ') AS olds,
               string_agg(format('after.%I', name), ', ') AS news,
               string_agg(format('CASE WHEN before.%1$I IS DISTINCT FROM after.%1$I THEN jsonb_build_object(%1$L, %2$s)'
                                     ' ELSE ''{}'' END',
                                 name,
                                 CASE WHEN name = ANY (personal) THEN $$'{"changed": true}'::jsonb$$
                                      ELSE format('jsonb_build_object(''old'', before.%1$I, ''new'', after.%1$I)', name) END),
                          ' || ') AS differences
          FROM (VALUES
               ('users'::regclass, 'user',
                '{role, email_verified, issuer}'::name[],
                '{email, name, image, subject}'::name[]),
               ('consignors', 'consignor',
                '{number, user_id, preferred_contact}',
                '{name, email, phone, address}'),
               ('events', 'event',
                '{name, description, location, start_date, end_date, drop_off_start, drop_off_end, pick_up_start, pick_up_end,
                  max_consignors, registered_count, status}',
                '{}'),
               ('event_registrations', 'registration',
                '{event_id, consignor_id, status}',
                '{}'),
               -- Without event_status and user_id, which follow the event and the consignor: those have entries of their own.
               ('inventory_items', 'inventory_item',
                '{event_id, consignor_id, name, description, category, size, price, condition, status, rejection_reason, barcode,
                  order_id}',
                '{}'),
               ('fabrics', 'fabric',
                '{name, description, category, subcategory, price, weight, width, composition, care_instructions, stock_quantity,
                  images, tags, etsy_listing_id, archived_at}',
                '{}'),
               ('orders', 'order',
                '{user_id, items, subtotal, discount, shipping, tax, total_amount, status, etsy_order_id, tracking_number,
                  reserved_until}',
                '{customer_email, customer_name, shipping_address, notes}'),
               ('content_calendar', 'calendar_entry',
                '{user_id, platform, content_type, title, description, media_urls, hashtags, scheduled_date, published,
                  published_date, engagement_metrics}',
                '{}'),
               ('analytics', 'metric',
                '{metric_type, metric_value, date, platform}',
                '{}'),
               ('client_apps', 'client_app',
                '{client_id, name, policy}',
                '{}')) list (relation, topic, told, personal),
               unnest(told || personal) name
         GROUP BY relation, topic
    LOOP
        entry := format(
            $$INSERT INTO changes (kind, topic, subject, version_after, changed, actor, actor_subject, client, request_id, operation)
              SELECT %%L,
                     %L,
                     coalesce(after.id, before.id)::text,
                     after.version,
                     CASE WHEN before.id <> after.id
                          THEN jsonb_build_object('id', jsonb_build_object('old', before.id, 'new', after.id)) ELSE '{}' END || %s,
                     nullif(current_setting('selvage.viewer', true), '')::uuid,
                     nullif(current_setting('selvage.subject', true), ''),
                     nullif(current_setting('selvage.client', true), ''),
                     nullif(current_setting('selvage.request', true), ''),
                     nullif(current_setting('selvage.operation', true), '')$$,
            watched.topic, watched.differences);

        EXECUTE format(
            $create$
            CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
                -- Whoever writes, times are written in the same way.
                SET timezone = 'UTC'
                AS $function$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    %6$s
                      FROM (SELECT %3$s FROM new_rows) after,
                           (SELECT %3$s FROM (SELECT (NULL::%2$s).*) none) before;
                ELSIF TG_OP = 'DELETE' THEN
                    %7$s
                      FROM (SELECT %3$s FROM old_rows) before,
                           (SELECT %3$s FROM (SELECT (NULL::%2$s).*) none) after;
                -- Often there is none, of a part of a statement or an upsert.
                ELSIF EXISTS (SELECT FROM new_rows) THEN
                    -- By their places, which are the same: a key may change, and a cascade adds a row another time. A full join
                    -- is never a nested loop, which the plan would stay when it was made for one row.
                    %8$s
                      FROM (SELECT row_number() OVER () AS place, %3$s FROM old_rows) before
                      FULL JOIN (SELECT row_number() OVER () AS place, %3$s FROM new_rows) after USING (place)
                     WHERE ROW (before.id, %4$s) IS DISTINCT FROM ROW (after.id, %5$s)
                     ORDER BY place;
                END IF;
                RETURN NULL;
            END
            $function$
            $create$,
            watched.function, watched.relation, watched.columns, watched.olds, watched.news,
            format(entry, 'created'), format(entry, 'deleted'), format(entry, 'updated'));
        EXECUTE format('ALTER FUNCTION %I() OWNER TO selvage_system', watched.function);

        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION %I()',
            watched.relation || '_inserted', watched.relation, watched.function);
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION %I()',
            watched.relation || '_updated', watched.relation, watched.function);
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                FOR EACH STATEMENT EXECUTE FUNCTION %I()',
            watched.relation || '_deleted', watched.relation, watched.function);
    END LOOP;
END
$do$;
REVOKE CREATE ON SCHEMA public FROM selvage_system;
