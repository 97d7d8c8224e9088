package dev.selvage.kernel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does the {@link RecurringWork} on the clock, one piece after the other. */
@Component
public class Recurrence implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Recurrence.class);

    private static final int AT_ONCE = 100;

    /** Beyond it the database is in trouble, and the next time will do. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<RecurringWork> works;
    private final Duration interval;
    private @Nullable Disposable running;

    /** @param interval between the end of one time and the beginning of the next; nothing is done if it is zero */
    Recurrence(List<RecurringWork> works, @Value("${gateway.work-interval}") Duration interval) {
        this.works = works;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (running == null && !interval.isZero()) {
            // Instances that were started together need not all come at the same moment.
            var first = Duration.ofMillis(ThreadLocalRandom.current().nextLong(interval.toMillis() + 1));
            running = Mono.delay(first)
                    .then(Mono.defer(this::doAll))
                    .repeatWhen(done -> done.delayElements(interval))
                    .subscribe();
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** Does all there is to do, once. What fails is left for the next time, and the others are done. */
    public Mono<Void> doAll() {
        return Flux.fromIterable(works)
                .concatMap(work -> all(work).timeout(PATIENCE).onErrorResume(why -> {
                    log.warn("{} is left for the next time", work.getClass().getSimpleName(), why);
                    return Mono.empty();
                }))
                .then();
    }

    private static Mono<Void> all(RecurringWork work) {
        return work.doSome(AT_ONCE).flatMap(done -> done < AT_ONCE ? Mono.<Void>empty() : all(work));
    }
}
