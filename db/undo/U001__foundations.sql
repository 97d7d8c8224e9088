-- The way back from V001. Nothing leans on these functions by now; dropping one that something still needs would fail.
DROP FUNCTION drop_policies(regclass);
DROP FUNCTION is_array_of_text(jsonb);
DROP FUNCTION raise_version();
DROP FUNCTION time_ordered_uuid();
DROP FUNCTION viewer_reads_all(text);
DROP FUNCTION viewer_has_scope(text);
DROP FUNCTION viewer_id();

-- What PostgreSQL does by itself, so that no entry is left behind.
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

DROP EXTENSION pg_trgm;
