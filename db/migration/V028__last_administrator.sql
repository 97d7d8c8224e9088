-- There is always somebody who may give the role to others. One who was imported and has never signed in helps nobody, as
-- with gateway.bootstrap-admin-email. Of two who take the role from each other, the second waits for the first to be done and
-- then looks at what is left: a statement of a function begins with a snapshot of its own.
CREATE FUNCTION keep_an_administrator() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(TG_RELID::int, 0);
    IF NOT EXISTS (SELECT FROM users WHERE role = 'admin' AND issuer IS NOT NULL) THEN
        RAISE check_violation
        USING MESSAGE = 'The last administrator keeps the role', TABLE = 'users', CONSTRAINT = 'users_last_administrator';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER users_last_administrator AFTER UPDATE OF role ON users FOR EACH ROW
    WHEN (OLD.role = 'admin' AND NEW.role <> 'admin' AND OLD.issuer IS NOT NULL)
    EXECUTE FUNCTION keep_an_administrator();
