package dev.selvage.analytics;

/** What sold lines are grouped by. */
enum SalesDimension {
    DAY,
    WEEK,
    MONTH,
    EVENT,
    CATEGORY,
    SUBJECT_KIND
}
