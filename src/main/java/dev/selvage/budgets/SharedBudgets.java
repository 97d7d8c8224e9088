package dev.selvage.budgets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Budgets that all instances share, in Redis. While it is not there each instance goes on with budgets of its own: nobody is
 * refused for want of a counter.
 */
final class SharedBudgets implements BudgetStore {
    private static final Logger log = LoggerFactory.getLogger(SharedBudgets.class);

    /** Before each key, in a Redis that others may use too. */
    private static final String PREFIX = "selvage:budget:";

    /** After one that failed, how long nobody asks. */
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final RedisConnection redis;
    private final LoopResources loops;
    private final LocalBudgets meanwhile;
    private final Map<Tier, CompletableFuture<BucketConfiguration>> configurations = new EnumMap<>(Tier.class);
    private final Duration patience;
    private final Duration timeToFill;
    private final Cache<Account, AsyncBucketProxy> buckets;
    private volatile long failedAt = System.nanoTime() - PAUSE;
    private volatile boolean failing;

    /** @param loops of the threads that requests are on */
    SharedBudgets(RedisConnection redis, LoopResources loops, BudgetSettings settings) {
        this.redis = redis;
        this.loops = loops;
        this.patience = settings.redisPatience();
        this.meanwhile = new LocalBudgets(settings);
        var longest = Duration.ZERO;
        for (var tier : Tier.values()) {
            configurations.put(tier, CompletableFuture.completedFuture(BudgetStore.configuration(settings.of(tier))));
            var time = BudgetStore.timeToFill(settings.of(tier));
            longest = time.compareTo(longest) > 0 ? time : longest;
        }
        this.timeToFill = longest;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(50_000)
                .expireAfterAccess(longest)
                .build();
    }

    @Override
    public Mono<Taken> take(Account account, int points) {
        return Mono.defer(() -> {
            var connection = System.nanoTime() - failedAt < PAUSE ? null : redis.current();
            if (connection == null) {
                return meanwhile.take(account, points);
            }
            var bucket = bucket(account, connection);
            var taking = take(bucket, points);
            return Mono.fromFuture(taking, true)
                    .timeout(patience)
                    // Back to the thread that the request is on: others have no connections to share.
                    .publishOn(Schedulers.fromExecutor(
                            loops.onClient(LoopResources.DEFAULT_NATIVE).next()))
                    .doOnNext(_ -> recovered())
                    .onErrorResume(why -> {
                        failed(why);
                        giveBackWhatComesLate(bucket, taking, points);
                        return meanwhile.take(account, points);
                    });
        });
    }

    private CompletableFuture<Taken> take(AsyncBucketProxy bucket, int points) {
        return points == 0
                ? bucket.getAvailableTokens().thenApply(left -> new Taken(this, true, left, 0))
                : bucket.tryConsumeAndReturnRemaining(points).thenApply(probe -> Taken.of(this, probe));
    }

    /** It is charged here instead, and nobody pays twice. */
    private static void giveBackWhatComesLate(AsyncBucketProxy bucket, CompletableFuture<Taken> taking, int points) {
        var _ = taking.thenAccept(taken -> {
            if (taken.isEnough() && points > 0) {
                var _ = bucket.addTokens(points);
            }
        });
    }

    @Override
    public void giveBack(Account account, int points) {
        var connection = System.nanoTime() - failedAt < PAUSE ? null : redis.current();
        // What was lent by a server that is away is not given to anybody else.
        if (connection != null) {
            var _ = bucket(account, connection).addTokens(points).exceptionally(why -> {
                failed(why);
                return null;
            });
        }
    }

    @Override
    public boolean isShared() {
        return !failing && redis.isOpen();
    }

    private AsyncBucketProxy bucket(Account account, StatefulRedisConnection<byte[], byte[]> connection) {
        return buckets.get(
                account,
                _ -> manager(connection)
                        .builder()
                        // Requests of one caller that come at the same time would be in each other's way there.
                        .withOptimization(Optimizations.batching())
                        .build(
                                (PREFIX + account.tier() + ":" + account.owner()).getBytes(StandardCharsets.UTF_8),
                                () -> Objects.requireNonNull(configurations.get(account.tier()))));
    }

    private AsyncProxyManager<byte[]> manager(StatefulRedisConnection<byte[], byte[]> connection) {
        return Bucket4jLettuce.casBasedBuilder(connection)
                // Nobody waits so long; what comes later than that is of a bucket that is full again in any case.
                .requestTimeout(timeToFill)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.fixedTimeToLive(timeToFill))
                .build()
                .asAsync();
    }

    private void failed(Throwable why) {
        failedAt = System.nanoTime();
        if (!failing) {
            failing = true;
            log.warn("Redis does not answer: each instance counts budgets by itself meanwhile ({})", why.toString());
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            log.info("Redis answers again: budgets are shared");
        }
    }
}
