package dev.selvage.gateway;

import dev.selvage.kernel.Budget;
import java.nio.charset.StandardCharsets;

/**
 * What a request cost, as {@code extensions.cost} tells it.
 *
 * @param requested points that it could cost at most
 * @param actual points that it cost
 * @param budget what its caller has left
 */
record CostReport(int requested, int actual, Budget budget) {
    /** The member of an answer. */
    byte[] json() {
        return """
                "extensions":{"cost":{"requested":%d,"actual":%d,"budget":{"limit":%d,"remaining":%d,"restoredPerSecond":%d}}}""".formatted(requested, actual, budget.limit(), budget.remaining(), budget.restoredPerSecond())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
