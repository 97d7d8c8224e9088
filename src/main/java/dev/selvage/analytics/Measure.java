package dev.selvage.analytics;

/** What becomes of the figures of a group. */
enum Measure {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT
}
