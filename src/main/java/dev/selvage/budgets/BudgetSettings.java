package dev.selvage.budgets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * What callers may spend.
 *
 * @param redisUrl of the server through which all instances share budgets, such as {@code redis://cache.example.com:6379}; each
 *     keeps its own without
 * @param redisPatience how long a request waits for it before it goes on without
 */
@ConfigurationProperties("gateway.budget")
record BudgetSettings(
        Size freeText, Size published, @Nullable String redisUrl, Duration redisPatience) {

    /**
     * One bucket.
     *
     * @param limit points of cost in it when it is full
     * @param restoredPerSecond points that come back, evenly
     */
    record Size(int limit, int restoredPerSecond) {
        /** One in a nanosecond is what a bucket takes. */
        private static final int MOST_PER_SECOND = 1_000_000_000;

        Size {
            Assert.isTrue(limit > 0, "A budget's `limit` is a number of points above 0.");
            Assert.isTrue(
                    restoredPerSecond > 0 && restoredPerSecond <= MOST_PER_SECOND,
                    "A budget's `restored-per-second` is a number of points from 1 to " + MOST_PER_SECOND + ".");
        }
    }

    Size of(Tier tier) {
        return switch (tier) {
            case FREE_TEXT -> freeText;
            case PUBLISHED -> published;
        };
    }
}
