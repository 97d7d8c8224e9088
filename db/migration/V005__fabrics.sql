CREATE TABLE fabrics (
    id                uuid          CONSTRAINT fabrics_pkey PRIMARY KEY DEFAULT time_ordered_uuid(),
    version           int           NOT NULL DEFAULT 1,
    name              text          NOT NULL,
    description       text,
    category          text          NOT NULL,
    subcategory       text,
    price             numeric(12,2) NOT NULL,
    -- Grams per square metre.
    weight            numeric(8,2),
    -- Centimetres.
    width             numeric(8,2),
    composition       text,
    care_instructions text,
    stock_quantity    int           NOT NULL DEFAULT 0,
    in_stock          boolean       NOT NULL GENERATED ALWAYS AS (stock_quantity > 0) STORED,
    images            jsonb         NOT NULL DEFAULT '[]',
    tags              jsonb         NOT NULL DEFAULT '[]',
    etsy_listing_id   text,
    archived_at       timestamptz,
    created_at        timestamptz   NOT NULL DEFAULT now(),
    updated_at        timestamptz   NOT NULL DEFAULT now(),

    archived          boolean       NOT NULL GENERATED ALWAYS AS (archived_at IS NOT NULL) STORED,
    -- Whole numbers compare without leaking, so an index serves them under row security; numeric does not.
    price_cents       bigint        NOT NULL GENERATED ALWAYS AS ((price * 100)::bigint) STORED,
    name_sort         text          COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
    search            tsvector      NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english', name), 'A')
        || setweight(to_tsvector('english', category || ' ' || coalesce(subcategory, '')), 'B')
        || setweight(to_tsvector('english', tags), 'B')
        || setweight(to_tsvector('english', coalesce(composition, '')), 'C')
        || setweight(to_tsvector('english', coalesce(description, '')), 'D')) STORED,

    CONSTRAINT fabrics_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT fabrics_description_length CHECK (char_length(description) <= 10000),
    CONSTRAINT fabrics_category_length CHECK (char_length(category) BETWEEN 1 AND 100),
    CONSTRAINT fabrics_subcategory_length CHECK (char_length(subcategory) BETWEEN 1 AND 100),
    CONSTRAINT fabrics_composition_length CHECK (char_length(composition) <= 1000),
    CONSTRAINT fabrics_care_instructions_length CHECK (char_length(care_instructions) <= 2000),
    CONSTRAINT fabrics_price_not_negative CHECK (price >= 0),
    CONSTRAINT fabrics_weight_positive CHECK (weight > 0 AND weight <> 'NaN'),
    CONSTRAINT fabrics_width_positive CHECK (width > 0 AND width <> 'NaN'),
    CONSTRAINT fabrics_stock_not_negative CHECK (stock_quantity >= 0),
    CONSTRAINT fabrics_images_shape CHECK (is_array_of_text(images) AND jsonb_array_length(images) <= 50),
    CONSTRAINT fabrics_tags_shape CHECK (is_array_of_text(tags) AND jsonb_array_length(tags) <= 50),
    CONSTRAINT fabrics_etsy_listing_id_length CHECK (char_length(etsy_listing_id) BETWEEN 1 AND 100),
    CONSTRAINT fabrics_etsy_listing_id_unique UNIQUE (etsy_listing_id)
);

-- Archived fabrics are left out of nearly every list, so the lists have partial indexes and the rest whole ones.
CREATE INDEX fabrics_category_idx ON fabrics (category, created_at, id) WHERE NOT archived;
CREATE INDEX fabrics_category_price_idx ON fabrics (category, price_cents, id) WHERE NOT archived;
CREATE INDEX fabrics_category_name_idx ON fabrics (category, name_sort, id) WHERE NOT archived;
CREATE INDEX fabrics_subcategory_idx ON fabrics (subcategory, created_at, id) WHERE NOT archived;
CREATE INDEX fabrics_in_stock_idx ON fabrics (in_stock, created_at, id) WHERE NOT archived;
CREATE INDEX fabrics_offered_created_at_idx ON fabrics (created_at, id) WHERE NOT archived;
CREATE INDEX fabrics_offered_price_idx ON fabrics (price_cents, id) WHERE NOT archived;
CREATE INDEX fabrics_offered_name_idx ON fabrics (name_sort, id) WHERE NOT archived;
CREATE INDEX fabrics_created_at_idx ON fabrics (created_at, id);
CREATE INDEX fabrics_price_idx ON fabrics (price_cents, id);
CREATE INDEX fabrics_name_idx ON fabrics (name_sort, id);
CREATE INDEX fabrics_any_category_idx ON fabrics (category, created_at, id);
CREATE INDEX fabrics_any_subcategory_idx ON fabrics (subcategory, created_at, id);
CREATE INDEX fabrics_tags_idx ON fabrics USING gin (tags jsonb_path_ops);
CREATE INDEX fabrics_search_idx ON fabrics USING gin (search);
CREATE INDEX fabrics_name_trgm_idx ON fabrics USING gin (name gin_trgm_ops);

CREATE TRIGGER fabrics_version BEFORE UPDATE ON fabrics FOR EACH ROW
    WHEN (ROW (OLD.name, OLD.description, OLD.category, OLD.subcategory, OLD.price, OLD.weight, OLD.width,
               OLD.composition, OLD.care_instructions, OLD.images, OLD.tags, OLD.etsy_listing_id, OLD.archived_at)
          IS DISTINCT FROM
          ROW (NEW.name, NEW.description, NEW.category, NEW.subcategory, NEW.price, NEW.weight, NEW.width,
               NEW.composition, NEW.care_instructions, NEW.images, NEW.tags, NEW.etsy_listing_id, NEW.archived_at))
    EXECUTE FUNCTION raise_version();

ALTER TABLE fabrics ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
