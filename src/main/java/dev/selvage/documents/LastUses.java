package dev.selvage.documents;

import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** When documents were last called: noted here, and written down once a minute for all that were, by one statement. */
@Component
class LastUses implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LastUses.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final DocumentRepository documents;
    private final Operations operations;
    private final Map<Long, Instant> noted = new ConcurrentHashMap<>();
    private @Nullable Disposable running;

    LastUses(DocumentRepository documents, Operations operations) {
        this.documents = documents;
        this.operations = operations;
    }

    /** The document was called now. */
    void note(long document) {
        // The first call of a minute stands for all of them: nothing is made for the others.
        if (!noted.containsKey(document)) {
            noted.put(document, Instant.now());
        }
    }

    /** Writes down what was noted. If that fails it is noted still. */
    Mono<Integer> write() {
        return Mono.defer(() -> {
            var written = new HashMap<>(noted);
            return written.isEmpty()
                    ? Mono.just(0)
                    : operations
                            .write(Viewer.SYSTEM, () -> documents.use(written))
                            .doOnNext(_ -> written.forEach(noted::remove));
        });
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = Flux.interval(INTERVAL)
                    .onBackpressureDrop()
                    .concatMap(_ -> write().timeout(PATIENCE).onErrorResume(why -> {
                        log.warn("When documents were used is written down a minute later", why);
                        return Mono.empty();
                    }))
                    .subscribe();
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
            write().timeout(PATIENCE).onErrorComplete().block();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** While there are connections still. */
    @Override
    public int getPhase() {
        return 2;
    }
}
