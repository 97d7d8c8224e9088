package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.documents.DocumentPolicy;
import dev.selvage.documents.PublishedDocuments;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the document that a request means: a published one of its app or of the gateway, or, where any may be sent, the one that
 * it brings or that somebody has brought before.
 */
@Component
class Documents {
    /** That a text may have for each point that it costs to read it for the first time. */
    private static final int CHARACTERS_PER_POINT = 1_000;

    /** Characters of the texts that clients have sent with their hash. */
    private static final long LEARNT_CHARACTERS = 4_000_000;

    private final DocumentCache texts;
    private final PublishedDocuments published;
    private final DocumentPolicy defaultPolicy;
    private final Cache<String, String> learnt = Caffeine.newBuilder()
            .maximumWeight(LEARNT_CHARACTERS)
            .weigher((String hash, String text) -> hash.length() + text.length())
            .build();

    /** @param defaultPolicy of callers whose token names no app that is known here */
    Documents(
            DocumentCache texts,
            PublishedDocuments published,
            @Value("${gateway.documents.default-policy}") DocumentPolicy defaultPolicy) {
        this.texts = texts;
        this.published = published;
        this.defaultPolicy = defaultPolicy;
    }

    /** A document, which may have errors. */
    record Found(ExecutableDocument document, boolean isPublished) {
        private static Found sent(ExecutableDocument document) {
            return new Found(document, false);
        }
    }

    /** What it costs to read the text that comes with a request: nothing, if it was read before or there is none. */
    int costOfReading(GraphQlRequest request) {
        var text = request.text();
        return text == null || texts.isKnown(text) ? 0 : 1 + text.length() / CHARACTERS_PER_POINT;
    }

    /**
     * The document.
     *
     * <p>Errors: {@link Refusal} with PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_REQUIRED for a text where only published ones may
     * be sent, or BAD_REQUEST for a text that is not that of its hash.
     */
    Mono<Found> find(GraphQlRequest request, Call call) {
        var hash = request.hash();
        // What may be sent is for the token to say, not for the caller.
        return published
                .policy(call.caller().client())
                .defaultIfEmpty(defaultPolicy)
                .flatMap(policy -> request.text() == null
                        ? byId(request.publishedId(), hash, policy, call)
                        : Mono.just(sent(request.text(), hash, policy)));
    }

    /** The app, if it is one that is known here; null otherwise. */
    @Nullable
    String knownApp(@Nullable String app) {
        return published.isKnown(app) ? app : null;
    }

    private Found sent(String text, @Nullable String hash, DocumentPolicy policy) {
        if (policy == DocumentPolicy.PUBLISHED_ONLY) {
            throw new Refusal(
                    Code.PERSISTED_QUERY_REQUIRED,
                    "Only published documents may be called here. Publish this one, and send its `documentId` instead.");
        }
        return Found.sent(hash == null ? texts.get(text) : learn(hash, text));
    }

    private Mono<Found> byId(@Nullable String id, @Nullable String hash, DocumentPolicy policy, Call call) {
        var asked = id == null ? hash : id;
        if (asked == null) {
            return notFound();
        }
        return published
                .find(call.app(), asked)
                .map(document -> new Found(document, true))
                .switchIfEmpty(Mono.defer(() -> {
                    var text = id == null && policy == DocumentPolicy.OPEN ? learnt.getIfPresent(asked) : null;
                    return text == null ? notFound() : Mono.just(Found.sent(texts.get(text)));
                }));
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(new Refusal(Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"));
    }

    private ExecutableDocument learn(String hash, String text) {
        if (!Sha256.hex(text).equals(hash)) {
            throw new Refusal(
                    Code.BAD_REQUEST, "`sha256Hash` is not that of `query`: it is of the text's UTF-8, to the byte.");
        }
        var document = texts.get(text);
        if (document.errors().isEmpty()) {
            learnt.put(hash, text);
        }
        return document;
    }
}
