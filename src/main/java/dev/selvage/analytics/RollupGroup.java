package dev.selvage.analytics;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of recorded figures.
 *
 * @param key an entry for each dimension
 * @param value null if there is no figure
 * @param count of the figures
 */
public record RollupGroup(
        List<@Nullable String> key, @Nullable BigDecimal value, int count) {}
