package dev.selvage.documents;

import com.github.benmanes.caffeine.cache.Cache;
import dev.selvage.documents.DocumentIndex.Entry;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.kernel.Caches;
import dev.selvage.kernel.Notifications;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Viewer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What may be called by id, kept in memory: a request costs no look-up in the database. What is published or retired is known
 * here at once, and at other instances as soon as the database has told them, which is well within a second.
 */
@Component
public class PublishedDocuments implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PublishedDocuments.class);

    /** As the triggers call it. */
    private static final String CHANNEL = "selvage_documents";

    /** Where nobody tells what changes, such as behind a pool of connections, it is looked up so often. */
    private static final Duration UNTOLD = Duration.ofSeconds(30);

    /** After a reading that failed. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Longer than the database gives a statement. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Characters of text whose documents are kept; a parsed document takes some tens of bytes a character. */
    private static final long CAPACITY = 4_000_000;

    private final DocumentRepository documents;
    private final DocumentCheck check;
    private final LastUses uses;
    private final Operations operations;
    private final Notifications notifications;
    private final Cache<String, ExecutableDocument> executable = Caches.askedAtEachRequest()
            .maximumWeight(CAPACITY)
            .weigher((String hash, ExecutableDocument document) -> hash.length() + document.length())
            .build();

    private volatile @Nullable DocumentIndex index;
    private volatile @Nullable Mono<Void> reading;
    private boolean again;
    private @Nullable Disposable listening;

    PublishedDocuments(
            DocumentRepository documents,
            DocumentCheck check,
            LastUses uses,
            Operations operations,
            Notifications notifications) {
        this.documents = documents;
        this.check = check;
        this.uses = uses;
        this.operations = operations;
        this.notifications = notifications;
    }

    /**
     * What an app may send; empty if it is none that is known here.
     *
     * <p>Errors: {@link Refusal} SERVICE_UNAVAILABLE while it cannot be known.
     *
     * @param clientId of a checked token
     */
    public Mono<DocumentPolicy> policy(@Nullable String clientId) {
        var known = index;
        return known == null
                ? settled().flatMap(read -> Mono.justOrEmpty(read.policy(clientId)))
                : Mono.justOrEmpty(known.policy(clientId));
    }

    /** Whether it is the client id of an app. */
    public boolean isKnown(@Nullable String clientId) {
        var known = index;
        return known != null && known.policy(clientId) != null;
    }

    /**
     * The document that an app calls by this id, its own or one of the gateway's; empty if there is none. It may have errors, if
     * the schema has changed since it was published.
     *
     * <p>Errors: {@link Refusal} SERVICE_UNAVAILABLE while it cannot be known.
     *
     * @param app its client id; null for the gateway's documents alone
     * @param id SHA-256 in hexadecimal digits, with {@code sha256:} before it or without, or an id of the app's
     */
    public Mono<ExecutableDocument> find(@Nullable String app, String id) {
        var known = index;
        var entry = known == null ? null : known.find(app, id);
        if (entry != null) {
            return executable(entry);
        }
        return known != null && reading == null
                ? Mono.empty()
                // It may just have been published.
                : settled()
                        .flatMap(read -> Mono.justOrEmpty(read.find(app, id)))
                        .flatMap(this::executable);
    }

    private Mono<ExecutableDocument> executable(Entry entry) {
        uses.note(entry.id());
        var kept = executable.getIfPresent(entry.hash());
        return kept != null
                ? Mono.just(kept)
                : operations
                        .read(Viewer.SYSTEM, () -> documents.findText(entry.id()))
                        .map(text -> executable.get(entry.hash(), _ -> check.parse(text)));
    }

    /** What there is when everything that has been told of has been read. */
    private Mono<DocumentIndex> settled() {
        return Mono.defer(() -> {
            var read = reading;
            if (read != null) {
                return read.then(settled());
            }
            var known = index;
            return known == null
                    ? Mono.error(
                            new Refusal(Code.SERVICE_UNAVAILABLE, "The gateway is starting. Try again in a moment."))
                    : Mono.just(known);
        });
    }

    /** Reads anew what may be called. */
    synchronized void refresh() {
        if (reading != null) {
            again = true;
            return;
        }
        var read = operations
                .read(Viewer.SYSTEM, documents::findCallable)
                .timeout(PATIENCE)
                .doOnNext(found -> index = found)
                .doOnError(this::readAgainSoon)
                .onErrorComplete()
                .then()
                // Before those who wait for it go on.
                .doOnTerminate(this::hasRead)
                .cache();
        reading = read;
        read.subscribe();
    }

    /** What holds is what was read last, until it can be read again. */
    private void readAgainSoon(Throwable why) {
        log.warn("What documents may be called could not be read: {}", why.toString());
        Mono.delay(PAUSE).filter(_ -> isRunning()).subscribe(_ -> refresh());
    }

    private synchronized void hasRead() {
        reading = null;
        if (again) {
            again = false;
            refresh();
        }
    }

    @Override
    public synchronized void start() {
        if (listening == null) {
            refresh();
            var untold = Flux.interval(UNTOLD).map(_ -> CHANNEL);
            listening = Flux.merge(notifications.of(CHANNEL), untold).subscribe(_ -> refresh());
        }
    }

    @Override
    public synchronized void stop() {
        if (listening != null) {
            listening.dispose();
            listening = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return listening != null;
    }

    /** Ahead of the server: the first request finds them. */
    @Override
    public int getPhase() {
        return 2;
    }
}
