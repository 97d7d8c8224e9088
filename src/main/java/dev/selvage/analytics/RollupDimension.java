package dev.selvage.analytics;

/** What recorded figures are grouped by. */
enum RollupDimension {
    DAY,
    WEEK,
    MONTH,
    PLATFORM,
    METRIC_TYPE
}
