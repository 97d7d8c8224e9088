package dev.selvage.gateway;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Sha256;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for, in any of the forms that clients send it in. Members that it does not know are left alone, as the
 * GraphQL-over-HTTP draft wants it.
 *
 * @param query a document's text
 * @param documentId which published document, where that is not told in another way
 * @param docId the same, as Relay's network layers write it
 * @param id the same, as others of them do
 */
record GraphQlRequest(
        @Nullable String query,
        @Nullable String documentId,
        @Nullable String docId,
        @Nullable String id,
        @Nullable String operationName,
        @Nullable Map<String, Object> variables,
        @Nullable Map<String, Object> extensions) {
    /** Of automatic persisted queries, the only one there is. */
    private static final int PROTOCOL = 1;

    /** The hash by which Apollo's clients ask for a document, with its text or before they send it. */
    private static final String PERSISTED_QUERY = "persistedQuery";

    private static final String WHAT_TO_SEND =
            "Send a document's text in `query`, or a published one's id in `documentId`.";

    /**
     * This request, if it names one document.
     *
     * @throws Refusal BAD_REQUEST otherwise
     */
    GraphQlRequest checked() {
        boolean hasText = query != null && !query.isBlank();
        if (hasText && documentId != null) {
            throw new Refusal(Code.BAD_REQUEST, "Send either `query` or `documentId`, not both.");
        }
        if (!hasText && publishedId() == null && hash() == null) {
            throw new Refusal(Code.BAD_REQUEST, "The request names no document. " + WHAT_TO_SEND);
        }
        return this;
    }

    /** The document's text; null if only its id or its hash is sent. */
    @Nullable
    String text() {
        return query == null || query.isBlank() ? null : query;
    }

    /** Which published document is meant; null if that is not said, or only by a hash. Beside a text it is of no meaning. */
    @Nullable
    String publishedId() {
        for (var name : new @Nullable String[] {documentId, docId, id}) {
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return null;
    }

    /**
     * The SHA-256 of the document in hexadecimal digits, as Apollo's clients send it; null if it is not sent. Those that take
     * their hashes from a manifest may send them with the name of the algorithm, as the manifest has them.
     *
     * @throws Refusal PERSISTED_QUERY_NOT_SUPPORTED for another version of that protocol, BAD_REQUEST for no hash
     */
    @Nullable
    String hash() {
        if (extensions == null || !(extensions.get(PERSISTED_QUERY) instanceof Map<?, ?> asked)) {
            return null;
        }
        if (!(asked.get("version") instanceof Number version) || version.doubleValue() != PROTOCOL) {
            throw new Refusal(Code.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported");
        }
        var hash = asked.get("sha256Hash") instanceof String sent ? Sha256.named(sent) : null;
        if (hash == null) {
            throw new Refusal(
                    Code.BAD_REQUEST,
                    "`extensions.persistedQuery.sha256Hash` is 64 hexadecimal digits of the text's SHA-256.");
        }
        return hash;
    }

    Map<String, Object> values() {
        return variables == null ? Map.of() : variables;
    }
}
