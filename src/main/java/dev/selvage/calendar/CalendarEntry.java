package dev.selvage.calendar;

import dev.selvage.kernel.Owned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One planned or published piece of content.
 *
 * @param scheduledDate null for a draft without a date
 * @param publishedDate set exactly if it is published
 */
public record CalendarEntry(
        UUID id,
        int version,
        UUID userId,
        Platform platform,
        ContentType contentType,
        String title,
        @Nullable String description,
        List<String> mediaUrls,
        List<String> hashtags,
        @Nullable Instant scheduledDate,
        boolean published,
        @Nullable Instant publishedDate,
        @Nullable Engagement engagement,
        Instant createdAt,
        Instant updatedAt)
        implements Owned {}
