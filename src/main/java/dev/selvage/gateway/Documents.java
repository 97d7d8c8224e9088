package dev.selvage.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the document that a request means. */
@Component
class Documents {
    /** Characters of the texts that clients have sent with their hash. */
    private static final long LEARNT_CHARACTERS = 4_000_000;

    private final DocumentCache texts;
    private final Cache<String, String> learnt = Caffeine.newBuilder()
            .maximumWeight(LEARNT_CHARACTERS)
            .weigher((String hash, String text) -> hash.length() + text.length())
            .build();

    Documents(DocumentCache texts) {
        this.texts = texts;
    }

    /**
     * The document, which may have errors.
     *
     * <p>Errors: {@link Refusal} with PERSISTED_QUERY_NOT_FOUND, or BAD_REQUEST for a text that is not that of its hash.
     */
    Mono<ExecutableDocument> find(GraphQlRequest request, Call call) {
        var text = request.text();
        var hash = request.hash();
        if (text != null) {
            if (hash == null) {
                return Mono.just(texts.get(text));
            }
            return Mono.just(learn(hash, text));
        }
        var known = hash == null ? null : learnt.getIfPresent(hash);
        return known == null
                ? Mono.error(new Refusal(Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"))
                : Mono.just(texts.get(known));
    }

    private ExecutableDocument learn(String hash, String text) {
        if (!sha256(text).equals(hash)) {
            throw new Refusal(
                    Code.BAD_REQUEST, "`sha256Hash` is not that of `query`: it is of the text's UTF-8, to the byte.");
        }
        var document = texts.get(text);
        if (document.errors().isEmpty()) {
            learnt.put(hash, text);
        }
        return document;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
