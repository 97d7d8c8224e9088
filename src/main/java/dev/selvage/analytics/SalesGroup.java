package dev.selvage.analytics;

import dev.selvage.kernel.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sold, grouped.
 *
 * @param key an entry for each dimension
 * @param orders with a line in this group
 * @param revenue the sum of the lines
 */
public record SalesGroup(List<@Nullable String> key, int orders, int units, Money revenue) {}
