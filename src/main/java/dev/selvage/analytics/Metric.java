package dev.selvage.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One recorded figure of one day.
 *
 * @param value a number, or an object with numbers in it
 * @param platform null for a figure of no platform
 */
public record Metric(
        UUID id,
        String metricType,
        Object value,
        LocalDate date,
        @Nullable String platform,
        Instant createdAt) {}
