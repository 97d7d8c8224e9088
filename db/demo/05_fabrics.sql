-- Eight kinds of fabric with thirty designs each. Every tenth is out of stock, every fifth stands on Etsy too, and sixteen
-- are no longer offered.
SET LOCAL timezone = 'UTC';

WITH kind (k, category, weaves, price, weight, width, composition, care, made_for) AS (
    VALUES
    (0, 'cotton', ARRAY['lawn', 'poplin', 'voile', 'sateen', 'flannel'], 11.50, 110, 140, '100% organic cotton',
     'Machine wash at 40 °C, tumble dry low, iron on the reverse.', 'shirts, summer dresses and linings'),
    (1, 'linen', ARRAY['plain weave', 'herringbone', 'gauze', 'waffle', 'canvas'], 18.00, 190, 145, '100% European linen',
     'Machine wash at 40 °C with similar colours; grows softer with every wash.', 'trousers, aprons and table linen'),
    (2, 'wool', ARRAY['melton', 'flannel', 'tweed', 'crepe', 'boiled wool'], 34.00, 380, 150, '80% wool, 20% polyamide',
     'Dry clean, or wash by hand in cold water. Steam, do not press.', 'coats, capes and tailored jackets'),
    (3, 'silk', ARRAY['charmeuse', 'noil', 'chiffon', 'dupioni', 'crepe de chine'], 42.00, 75, 114, '100% mulberry silk',
     'Wash by hand in cold water with a mild soap. Dry flat in the shade.', 'blouses, scarves and evening wear'),
    (4, 'knit', ARRAY['jersey', 'rib', 'french terry', 'interlock', 'sweatshirt fleece'], 15.50, 240, 160,
     '95% cotton, 5% elastane', 'Machine wash at 30 °C inside out. Wash before cutting.',
     'T-shirts, leggings and baby clothes'),
    (5, 'denim', ARRAY['selvedge', 'stretch', 'chambray', 'twill', 'hickory stripe'], 19.50, 340, 150,
     '98% cotton, 2% elastane', 'Wash inside out at 30 °C, separately at first; the dye rubs off when new.',
     'jeans, skirts and bags'),
    (6, 'velvet', ARRAY['corduroy', 'velveteen', 'crushed velvet', 'stretch velvet', 'upholstery velvet'], 24.00, 310, 145,
     '100% cotton pile', 'Wash at 30 °C, line dry, brush along the nap. Cut all pieces in one direction.',
     'pinafores, cushions and jackets'),
    (7, 'quilting', ARRAY['print', 'solid', 'batik', 'panel', 'wide backing'], 9.75, 145, 112, '100% cotton',
     'Machine wash at 40 °C. Shrinks by about three percent.', 'quilts, pouches and doll clothes')
),
pool AS (
    SELECT ARRAY['sage', 'rust', 'indigo', 'mustard', 'ivory', 'charcoal', 'dusty rose', 'teal', 'plum', 'sand',
                 'forest green', 'terracotta', 'navy', 'lilac', 'ochre', 'slate', 'cherry', 'sky blue', 'cream', 'black',
                 'copper', 'moss', 'coral'] AS colours,
           ARRAY['plain', 'striped', 'checked', 'dotted', 'floral', 'botanical', 'geometric'] AS designs
),
design AS (
    SELECT n,
           kind.*,
           weaves[1 + n / 8 % 5] AS weave,
           colours[1 + n * 5 % 23] AS colour,
           designs[1 + n * 3 / 8 % 7] AS design,
           current_date - (725 - 3 * n) * interval '1 day' + n * 233 % 1440 * interval '1 minute' AS created_at
      FROM pool, generate_series(0, 239) n
      JOIN kind ON k = n % 8
)
INSERT INTO fabrics (id, version, name, description, category, subcategory, price, weight, width, composition,
                     care_instructions, stock_quantity, images, tags, etsy_listing_id, archived_at, created_at, updated_at)
SELECT ('01970000-0002-7000-8000-' || lpad(to_hex(n + 1), 12, '0'))::uuid,
       CASE WHEN n % 15 = 7 THEN 3 WHEN n % 4 = 1 THEN 2 ELSE 1 END,
       initcap(design) || ' ' || category || ' ' || weave || ', ' || colour,
       CASE WHEN n % 13 <> 6 THEN
           initcap(left(weave, 1)) || substr(weave, 2) || ' in ' || colour || ', '
           || (ARRAY['woven in a small mill', 'garment-washed', 'from a certified dye house', 'end of a designer''s run'])
              [1 + n % 4]
           || '. Good for ' || made_for || '.'
       END,
       category,
       CASE WHEN n % 19 <> 11 THEN weave END,
       price + n * 7 % 12 * 0.75,
       weight + n % 5 * 10,
       width,
       composition,
       CASE WHEN n % 17 <> 3 THEN care END,
       CASE WHEN n % 10 = 3 THEN 0 ELSE 1 + n * 37 % 241 END,
       (SELECT coalesce(jsonb_agg('https://images.example.com/fabrics/' || n + 1 || '-' || image || '.jpg'
                                  ORDER BY image), '[]')
          FROM generate_series(1, n * 3 % 5) image),
       to_jsonb(array_remove(ARRAY[colour, nullif(design, 'plain'), CASE WHEN n % 6 = 0 THEN 'new season' END,
                                   CASE WHEN k IN (0, 1) THEN 'breathable' WHEN k IN (4, 5) THEN 'stretch' END], NULL)),
       CASE WHEN n % 5 = 0 THEN (1400000000 + n * 104729)::text END,
       CASE WHEN n % 15 = 7 THEN current_date - (n % 30 + 1) * interval '1 day' + interval '16 hours' END,
       created_at,
       CASE WHEN n % 15 = 7 THEN current_date - (n % 30 + 1) * interval '1 day' + interval '16 hours'
            WHEN n % 4 = 1 THEN created_at + (1 + n % 7) * interval '25 hours'
            ELSE created_at END
  FROM design
 ORDER BY n;
