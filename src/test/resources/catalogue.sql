-- Everything that migrations make in a database, as text: kind, name, definition. What Flyway keeps for itself and what
-- belongs to an extension are left out; the order of grants and of object ids does not show, nor do dropped columns.
WITH ours AS (
    SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
),
part AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
relation AS (
    SELECT pg_class.*
      FROM pg_class
     WHERE relnamespace IN (SELECT oid FROM ours)
       AND relname NOT LIKE 'flyway\_schema\_history%'
       AND ('pg_class'::regclass, oid) NOT IN (SELECT classid, objid FROM part)
)
SELECT 'schema' AS kind, nspname::text AS name,
       (SELECT string_agg(acl::text, ' ' ORDER BY acl::text) FROM unnest(nspacl) acl) AS definition
  FROM pg_namespace
 WHERE oid IN (SELECT oid FROM ours)
 UNION ALL
SELECT 'extension', extname::text, extversion || ' in ' || extnamespace::regnamespace || ' of ' || extowner::regrole
  FROM pg_extension
 UNION ALL
SELECT 'relation', relname::text,
       concat_ws(' ', relkind, relpersistence, relowner::regrole, relrowsecurity, relforcerowsecurity, relreplident,
                 reloptions::text,
                 (SELECT string_agg(acl::text, ' ' ORDER BY acl::text) FROM unnest(relacl) acl))
  FROM relation
 UNION ALL
SELECT 'column', relname || '.' || row_number() OVER (PARTITION BY relation.oid ORDER BY attnum),
       concat_ws(' ', attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
                 nullif(attidentity, ''), nullif(attgenerated, ''), pg_get_expr(adbin, adrelid),
                 CASE WHEN attcollation <> 0 THEN (SELECT collname FROM pg_collation WHERE oid = attcollation) END,
                 attacl::text)
  FROM relation
  JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
 UNION ALL
SELECT 'constraint', relname || '.' || conname, pg_get_constraintdef(pg_constraint.oid)
  FROM relation
  JOIN pg_constraint ON conrelid = relation.oid
 UNION ALL
SELECT 'index', relname::text, pg_get_indexdef(oid) FROM relation WHERE relkind = 'i'
 UNION ALL
SELECT 'trigger', relname || '.' || tgname, pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text
  FROM relation
  JOIN pg_trigger ON tgrelid = relation.oid AND NOT tgisinternal
 UNION ALL
SELECT 'policy', relname || '.' || polname,
       concat_ws(' ', polcmd, polpermissive,
                 (SELECT string_agg(role::regrole::text, ' ' ORDER BY role::regrole::text) FROM unnest(polroles) role),
                 'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid))
  FROM relation
  JOIN pg_policy ON polrelid = relation.oid
 UNION ALL
SELECT 'sequence', relname::text,
       concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle,
                 (SELECT refobjid::regclass || '.' || refobjsubid FROM pg_depend
                   WHERE classid = 'pg_class'::regclass AND objid = seqrelid AND deptype IN ('a', 'i')
                     AND refclassid = 'pg_class'::regclass))
  FROM relation
  JOIN pg_sequence ON seqrelid = relation.oid
 UNION ALL
SELECT 'function', oid::regprocedure::text,
       concat_ws(' ', proowner::regrole,
                 (SELECT string_agg(acl::text, ' ' ORDER BY acl::text)
                    FROM unnest(coalesce(proacl, acldefault('f', proowner))) acl),
                 proconfig::text, CASE prokind WHEN 'a' THEN 'aggregate' ELSE pg_get_functiondef(oid) END)
  FROM pg_proc
 WHERE pronamespace IN (SELECT oid FROM ours)
   AND ('pg_proc'::regclass, oid) NOT IN (SELECT classid, objid FROM part)
 UNION ALL
SELECT 'type', typname::text,
       concat_ws(' ', typtype, typowner::regrole, typnotnull, typdefault, nullif(typbasetype, 0)::regtype,
                 nullif(typcollation, 0)::regcollation)
  FROM pg_type
 WHERE typnamespace IN (SELECT oid FROM ours)
   AND typrelid = 0 AND typelem = 0
   AND ('pg_type'::regclass, oid) NOT IN (SELECT classid, objid FROM part)
 UNION ALL
SELECT 'text search dictionary', dictname::text, concat_ws(' ', dictowner::regrole, tmplname, dictinitoption)
  FROM pg_ts_dict
  JOIN pg_ts_template ON pg_ts_template.oid = dicttemplate
 WHERE dictnamespace IN (SELECT oid FROM ours)
 UNION ALL
SELECT 'text search configuration', cfgname::text,
       concat_ws(' ', cfgowner::regrole, prsname,
                 (SELECT string_agg(maptokentype || ' ' || mapdict::regdictionary, ', ' ORDER BY maptokentype, mapseqno)
                    FROM pg_ts_config_map WHERE mapcfg = pg_ts_config.oid))
  FROM pg_ts_config
  JOIN pg_ts_parser ON pg_ts_parser.oid = cfgparser
 WHERE cfgnamespace IN (SELECT oid FROM ours)
 UNION ALL
SELECT 'default privileges', defaclrole::regrole || ' ' || defaclnamespace || ' ' || defaclobjtype::text,
       (SELECT string_agg(acl::text, ' ' ORDER BY acl::text) FROM unnest(defaclacl) acl)
  FROM pg_default_acl
 UNION ALL
SELECT 'event trigger', evtname::text, evtevent::text FROM pg_event_trigger
 UNION ALL
SELECT 'large object', oid::text, NULL FROM pg_largeobject_metadata
 ORDER BY kind, name, definition;
