package dev.selvage.calendar;

import org.jspecify.annotations.Nullable;

/** The last known figures of a post; a platform leaves out what it does not count. */
public record Engagement(
        @Nullable Integer impressions,
        @Nullable Integer reach,
        @Nullable Integer likes,
        @Nullable Integer comments,
        @Nullable Integer shares,
        @Nullable Integer saves,
        @Nullable Integer clicks) {}
