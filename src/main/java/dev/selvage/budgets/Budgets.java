package dev.selvage.budgets;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Charges requests. */
@Component
@EnableConfigurationProperties(BudgetSettings.class)
public final class Budgets implements DisposableBean {
    private final BudgetSettings settings;
    private final @Nullable RedisConnection redis;
    private final BudgetStore store;
    private final Map<Tier, Counter> refused = new EnumMap<>(Tier.class);

    Budgets(BudgetSettings settings, ReactorResourceFactory resources, MeterRegistry metrics) {
        this.settings = settings;
        var url = settings.redisUrl();
        this.redis = url == null || url.isBlank() ? null : new RedisConnection(url);
        this.store = redis == null
                ? new LocalBudgets(settings)
                : new SharedBudgets(redis, resources.getLoopResources(), settings);
        for (var tier : Tier.values()) {
            refused.put(
                    tier,
                    Counter.builder("selvage.budgets.refused")
                            .description("Requests that would have cost more than their caller had left")
                            .tag("tier", tier.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
        Gauge.builder("selvage.budgets.shared", store, kept -> kept.isShared() ? 1 : 0)
                .description("Whether budgets are counted for all instances together at this moment")
                .register(metrics);
    }

    /**
     * Takes what a request may cost from a budget, if that much is left.
     *
     * @param owner whose budget
     * @param cost what the request can cost at most; 0 is never refused, and more than a full budget counts as that
     */
    public Mono<Charge> charge(String owner, Tier tier, int cost) {
        // Nobody could ever save up for more.
        int points = Math.min(cost, settings.of(tier).limit());
        var account = new BudgetStore.Account(owner, tier);
        return store.take(account, points).map(taken -> {
            if (!taken.isEnough()) {
                Objects.requireNonNull(refused.get(tier)).increment();
            }
            return new Charge(account, settings.of(tier), points, taken);
        });
    }

    @Override
    public void destroy() {
        if (redis != null) {
            redis.close();
        }
    }
}
