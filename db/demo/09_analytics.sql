-- Ten figures a day for the last ninety days. Two days in seven are busier, and everything grows a little. Some figures are
-- plain numbers; others are objects with their sum at `total`.
SET LOCAL timezone = 'UTC';

WITH day AS (
    SELECT current_date - 90 + d AS date,
           d,
           CASE WHEN d % 7 > 4 THEN 14 ELSE 10 END AS bustle
      FROM generate_series(1, 90) d
),
counted AS (
    SELECT day.*,
           (310 + d + d * 67 % 90) * bustle / 10 AS visits,
           (6 + d * 31 % 9) * bustle / 10 AS shop_orders,
           (2 + d * 17 % 5) * bustle / 10 AS etsy_orders,
           1 + d * 37 % 23 AS till_sales
      FROM day
),
figure AS (
    SELECT date, metric_type, platform, metric_value
      FROM counted,
           LATERAL (VALUES
               ('website_visits', NULL,
                jsonb_build_object('total', visits, 'unique', visits * 7 / 10, 'returning', visits * 2 / 10)),
               ('newsletter_subscribers', NULL, to_jsonb(1840 + d * 6 + d % 3)),
               ('sales_total', 'shop',
                jsonb_build_object('total', shop_orders * (38.50 + d % 7), 'orders', shop_orders, 'average', 38.50 + d % 7)),
               ('sales_total', 'etsy',
                jsonb_build_object('total', etsy_orders * (29.25 + d % 5), 'orders', etsy_orders, 'average', 29.25 + d % 5)),
               ('sales_total', 'events',
                jsonb_build_object('total', till_sales * 11.50, 'items', till_sales)),
               ('instagram_followers', 'instagram', to_jsonb(5210 + d * 14 + d * 29 % 11)),
               ('facebook_followers', 'facebook', to_jsonb(3075 + d * 3 + d * 7 % 5)),
               ('pinterest_saves', 'pinterest', to_jsonb((44 + d * 53 % 61) * bustle / 10)),
               ('engagement_rate', 'instagram', to_jsonb(round(2.10 + d * 41 % 90 * 0.01, 2))),
               ('engagement_rate', 'facebook', to_jsonb(round(0.80 + d * 23 % 70 * 0.01, 2)))
           ) recorded (metric_type, platform, metric_value)
)
INSERT INTO analytics (id, metric_type, metric_value, date, platform, created_at)
SELECT ('01970000-0006-7000-8000-' || lpad(to_hex(row_number() OVER (ORDER BY date, metric_type, platform)), 12, '0'))::uuid,
       metric_type,
       metric_value,
       date,
       platform,
       least(date + interval '23 hours 50 minutes', now())
  FROM figure;
