package dev.selvage.budgets;

import com.github.benmanes.caffeine.cache.Cache;
import dev.selvage.kernel.Caches;
import io.github.bucket4j.Bucket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Budgets of this instance alone. */
final class LocalBudgets implements BudgetStore {
    /** Callers of a tier, of late. Whoever is many addresses is not held by a budget, but by what each of them may do. */
    private static final int MOST = 200_000;

    private final BudgetSettings settings;
    private final Map<Tier, Cache<String, Bucket>> buckets = new EnumMap<>(Tier.class);

    LocalBudgets(BudgetSettings settings) {
        this.settings = settings;
        for (var tier : Tier.values()) {
            buckets.put(
                    tier,
                    Caches.askedAtEachRequest()
                            .maximumSize(MOST)
                            .expireAfterAccess(BudgetStore.timeToFill(settings.of(tier)))
                            .build());
        }
    }

    @Override
    public Mono<Taken> take(Account account, int points) {
        var bucket = bucket(account);
        return Mono.just(
                points == 0
                        ? new Taken(this, true, bucket.getAvailableTokens(), 0)
                        : Taken.of(this, bucket.tryConsumeAndReturnRemaining(points)));
    }

    @Override
    public void giveBack(Account account, int points) {
        bucket(account).addTokens(points);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    private Bucket bucket(Account account) {
        return Objects.requireNonNull(buckets.get(account.tier())).get(account.owner(), _ -> full(account.tier()));
    }

    private Bucket full(Tier tier) {
        var builder = Bucket.builder().withNanosecondPrecision();
        for (var bandwidth : BudgetStore.configuration(settings.of(tier)).getBandwidths()) {
            builder.addLimit(bandwidth);
        }
        return builder.build();
    }
}
