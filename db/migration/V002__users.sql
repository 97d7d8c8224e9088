CREATE TABLE users (
    id             uuid        CONSTRAINT users_pkey PRIMARY KEY DEFAULT time_ordered_uuid(),
    version        int         NOT NULL DEFAULT 1,
    email          text        NOT NULL,
    name           text,
    role           text        NOT NULL DEFAULT 'user',
    email_verified timestamptz,
    image          text,
    -- Whose token it is (iss, sub); both NULL for an imported user who has not signed in yet.
    issuer         text,
    subject        text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),

    -- What e-mail addresses are compared and sorted by.
    email_key      text        COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(btrim(email))) STORED,
    search         tsvector    NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', coalesce(name, '')), 'A') || setweight(to_tsvector('simple', email), 'B')) STORED,

    CONSTRAINT users_email_shape CHECK (char_length(email) <= 320 AND btrim(email) ~ '^[^\s@]+@[^\s@]+$'),
    CONSTRAINT users_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT users_image_shape CHECK (image ~ '^https?://' AND char_length(image) <= 2048),
    CONSTRAINT users_role_known CHECK (role IN ('admin', 'user')),
    CONSTRAINT users_identity_whole CHECK ((issuer IS NULL) = (subject IS NULL)),
    CONSTRAINT users_identity_unique UNIQUE (issuer, subject)
);

CREATE UNIQUE INDEX users_email_idx ON users (email_key);
CREATE INDEX users_email_page_idx ON users (email_key, id);
CREATE INDEX users_created_at_idx ON users (created_at, id);
CREATE INDEX users_role_idx ON users (role, created_at, id);
CREATE INDEX users_search_idx ON users USING gin (search);

CREATE TRIGGER users_version BEFORE UPDATE ON users FOR EACH ROW
    WHEN (ROW (OLD.email, OLD.name, OLD.role, OLD.email_verified, OLD.image)
          IS DISTINCT FROM ROW (NEW.email, NEW.name, NEW.role, NEW.email_verified, NEW.image))
    EXECUTE FUNCTION raise_version();

ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
