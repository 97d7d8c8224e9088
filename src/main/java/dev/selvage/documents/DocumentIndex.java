package dev.selvage.documents;

import dev.selvage.kernel.Sha256;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be called by id, as it was at one moment. */
final class DocumentIndex {
    /** The client id of the gateway's own documents, which everybody may call. */
    static final String GATEWAY = "selvage-gateway";

    private final Map<String, App> apps;

    private DocumentIndex(Map<String, App> apps) {
        this.apps = apps;
    }

    /** @param documents by hash, and by the app's own ids */
    private record App(DocumentPolicy policy, Map<String, Entry> documents) {}

    /**
     * A document.
     *
     * @param hash of its text
     */
    record Entry(long id, String hash) {}

    /** What the app may send; null if there is no such app. */
    @Nullable
    DocumentPolicy policy(@Nullable String clientId) {
        var app = clientId == null ? null : apps.get(clientId);
        return app == null ? null : app.policy();
    }

    /**
     * The document that the app calls by this id, its own or one of the gateway's; null if there is none.
     *
     * @param id a SHA-256 in hexadecimal digits, with {@code sha256:} before it or without, or an id of the app's
     */
    @Nullable
    Entry find(@Nullable String clientId, String id) {
        var key = key(id);
        var own = clientId == null ? null : find(apps.get(clientId), key);
        return own == null ? find(apps.get(GATEWAY), key) : own;
    }

    private static @Nullable Entry find(@Nullable App app, String key) {
        return app == null ? null : app.documents().get(key);
    }

    /** The hash that an id is, and otherwise the id itself. */
    static String key(String id) {
        var hash = Sha256.named(id);
        return hash == null ? id : hash;
    }

    /** Takes what there is, in any order. */
    static final class Builder {
        private final Map<String, DocumentPolicy> policies = new HashMap<>();
        private final Map<String, Map<String, Entry>> documents = new HashMap<>();

        void app(String clientId, DocumentPolicy policy) {
            policies.put(clientId, policy);
        }

        void document(String clientId, String key, long id, String hash) {
            documents.computeIfAbsent(clientId, _ -> new HashMap<>()).put(key, new Entry(id, hash));
        }

        DocumentIndex build() {
            var apps = new HashMap<String, App>();
            policies.forEach((clientId, policy) ->
                    apps.put(clientId, new App(policy, documents.getOrDefault(clientId, Map.of()))));
            return new DocumentIndex(apps);
        }
    }
}
