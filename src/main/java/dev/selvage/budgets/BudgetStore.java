package dev.selvage.budgets;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Where budgets are kept. */
interface BudgetStore {
    /** Whose, and for what. */
    record Account(String owner, Tier tier) {}

    /**
     * What has come of taking points.
     *
     * @param from where they were taken, and what is not needed is given back to
     * @param isEnough whether they were there, and are taken
     * @param remaining points, after it
     * @param nanosToWait until they are there
     */
    record Taken(BudgetStore from, boolean isEnough, long remaining, long nanosToWait) {
        static Taken of(BudgetStore from, ConsumptionProbe probe) {
            return new Taken(from, probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
        }
    }

    /** Takes points, all of them or none. Does not fail. */
    Mono<Taken> take(Account account, int points);

    /** Gives back what was taken and not needed, without anybody waiting for it. Does not fail. */
    void giveBack(Account account, int points);

    /** Whether it counts for all instances together at this moment. */
    boolean isShared();

    /** A bucket as its tier has it, full. */
    static BucketConfiguration configuration(BudgetSettings.Size size) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(size.limit())
                        .refillGreedy(size.restoredPerSecond(), Duration.ofSeconds(1))
                        .build())
                .build();
    }

    /** How long an empty one takes to be full: one that was left alone for so long need not be kept. */
    static Duration timeToFill(BudgetSettings.Size size) {
        return Duration.ofSeconds(1 + size.limit() / size.restoredPerSecond());
    }
}
