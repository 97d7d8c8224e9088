-- What the shop posts: the administrator and five editors plan, and two thirds of it is out.
SET LOCAL timezone = 'UTC';

WITH theme (t, title, description, hashtags) AS (
    VALUES
    (0, 'New in: %s', 'Fresh from the mill, cut by the metre while it lasts.',
     ARRAY['#fabricshop', '#newarrivals', '#sewing']),
    (1, 'Behind the counter: %s', 'A minute with the people who measure, cut and fold.',
     ARRAY['#smallbusiness', '#behindthescenes']),
    (2, 'Pattern pairing: %s', 'Three patterns that bring out the best in it.',
     ARRAY['#sewingpatterns', '#handmadewardrobe', '#memade']),
    (3, 'Care guide: %s', 'How to wash, dry and press so that it lasts.', ARRAY['#slowfashion', '#fabriccare']),
    (4, 'Customer make: %s', 'Shared with her kind permission.',
     ARRAY['#sewersofinstagram', '#handmade', '#memade', '#imakemyclothes']),
    (5, 'Sale countdown: %s', 'Doors open at nine; bring bags and a friend.',
     ARRAY['#consignmentsale', '#secondhandkids', '#shoplocal']),
    (6, 'Remnants: %s', 'Pieces under a metre at half the price.', ARRAY['#zerowaste', '#remnants', '#scrapbusting']),
    (7, 'Question of the week: %s', 'Tell us below; we read every answer.', ARRAY['#sewcialists']),
    (8, 'Meet the maker: %s', 'A visit to the dye house, in five pictures.',
     ARRAY['#naturaldye', '#makersgonnamake', '#craft_1']),
    (9, 'Consignor tips: %s', 'Wash, button, hang, tag: what sells and why.', ARRAY['#consignment', '#declutter', '#reuse'])
),
pool AS (
    SELECT ARRAY['sage linen', 'rust tweed', 'cotton lawn', 'selvedge denim', 'silk noil', 'corduroy', 'quilting solids',
                 'rib knits', 'double gauze', 'wool crepe', 'waffle', 'velveteen', 'chambray', 'boiled wool', 'batik',
                 'french terry', 'hickory stripe'] AS fabrics,
           ARRAY['first-day finds', 'school coats', 'prams and strollers', 'board books', 'the mending corner',
                 'wooden toys', 'costume racks'] AS finds,
           ARRAY['instagram', 'instagram', 'instagram', 'facebook', 'facebook', 'pinterest'] AS platforms,
           ARRAY['post', 'reel', 'story', 'post', 'story', 'post'] AS content_types
),
planned AS (
    SELECT n,
           platforms[1 + n % 6] AS platform,
           content_types[1 + n % 6] AS content_type,
           format(title, CASE WHEN t IN (5, 9) THEN finds[1 + n / 5 % 7] ELSE fabrics[1 + n * 7 % 17] END) AS title,
           description,
           hashtags,
           CASE WHEN n <= 40 THEN 'draft' WHEN n <= 100 THEN 'scheduled' WHEN n <= 104 THEN 'missed' ELSE 'published' END
               AS state,
           current_date
           + CASE WHEN n <= 40 THEN -n / 2 WHEN n <= 100 THEN n - 40 ELSE (100 - n) * 3 / 2 END * interval '1 day'
           + (8 + n * 5 % 13) * interval '1 hour' + n % 4 * interval '15 minutes' AS due
      FROM pool, generate_series(1, 300) n
      JOIN theme ON t = n % 10
)
INSERT INTO content_calendar (id, version, user_id, platform, content_type, title, description, media_urls, hashtags,
                              scheduled_date, published, published_date, engagement_metrics, created_at, updated_at)
SELECT ('01970000-0005-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       CASE state WHEN 'published' THEN 3 WHEN 'missed' THEN 2 ELSE 1 END,
       -- Users 1, 4, 7, 10, 13 and 16.
       ('01970000-0001-7000-8000-' || lpad(to_hex(1 + n * 11 % 6 * 3), 12, '0'))::uuid,
       platform,
       content_type,
       title,
       CASE WHEN n % 9 <> 4 THEN description END,
       (SELECT coalesce(jsonb_agg('https://images.example.com/posts/' || n || '-' || image || '.jpg' ORDER BY image), '[]')
          FROM generate_series(1, CASE WHEN state = 'draft' THEN n % 2 ELSE 1 + n % 3 END) image),
       to_jsonb(hashtags[1:1 + n % 4]),
       CASE WHEN state <> 'draft' AND n % 37 <> 1 THEN due END,
       state = 'published',
       CASE WHEN state = 'published' THEN due + n % 9 * interval '1 minute' END,
       CASE WHEN state = 'published' AND n % 13 <> 5 THEN
           jsonb_strip_nulls(jsonb_build_object(
               'impressions', 400 + n * 971 % 6200,
               'reach', CASE WHEN platform <> 'pinterest' THEN 300 + n * 971 % 6200 * 7 / 10 END,
               'likes', 12 + n * 389 % 480,
               'comments', n * 31 % 42,
               'shares', CASE WHEN platform = 'facebook' THEN n * 17 % 60 END,
               'saves', CASE WHEN platform <> 'facebook' THEN n * 23 % 130 END,
               'clicks', CASE WHEN content_type = 'post' THEN n * 29 % 210 END))
       END,
       least(due, current_date) - (1 + n % 12) * interval '1 day',
       CASE state WHEN 'published' THEN due + interval '26 hours'
                  WHEN 'missed' THEN due - interval '7 hours'
                  ELSE least(due, current_date) - (1 + n % 12) * interval '1 day' END
  FROM planned
 ORDER BY n;
