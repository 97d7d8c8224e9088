package dev.selvage.documents;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Sql;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class DocumentRepository {
    private static final String COLUMNS = """
            id, 'sha256:' || hash, text, operation_name, to_jsonb(app_versions), cost, published_at, last_used_at, retired_at""";

    static final Listing<PersistedDocument> DOCUMENTS = Listing.of(
                    "persisted_documents", COLUMNS, DocumentRepository::toDocument, Long.class, PersistedDocument::id)
            .sort("PUBLISHED_AT", "published_at", Instant.class);

    /** Which of its rows are those of an app. */
    static final String OF_APP = "client_id = (SELECT client_id FROM client_apps WHERE client_apps.id = parent_key)";

    static final Sql FIND_ALL = Sql.of("SELECT %s FROM persisted_documents WHERE id = ANY ($1)".formatted(COLUMNS));

    static final Sql FIND_ALL_BY_HASH =
            Sql.of("SELECT %s FROM persisted_documents WHERE client_id = $1 AND hash = ANY ($2)".formatted(COLUMNS));

    static final Sql IS_APP = Sql.of("SELECT is_client_app($1)");

    /** What may be called: apps with their policies, and their documents by hash and by the app's own ids. */
    static final Sql FIND_CALLABLE = Sql.of("""
            SELECT client_id, policy, NULL, NULL, NULL
              FROM client_apps
             UNION ALL
            SELECT client_id, NULL, hash, id, hash
              FROM persisted_documents
             WHERE retired_at IS NULL
             UNION ALL
            SELECT document_ids.client_id, NULL, custom_id, document_id, hash
              FROM document_ids JOIN persisted_documents ON persisted_documents.id = document_id
             WHERE retired_at IS NULL""");

    /** The next {@code $2} documents behind {@code $1} that are not retired. */
    static final Sql FIND_IN_USE = Sql.of("""
            SELECT id, client_id, to_jsonb(app_versions), operation_name, text
              FROM persisted_documents
             WHERE id > $1 AND retired_at IS NULL
             ORDER BY id
             LIMIT $2""");

    static final Sql FIND_TEXT = Sql.of("SELECT text FROM persisted_documents WHERE id = $1");

    /**
     * {@code $1} are documents and {@code $2} when they were last used, in milliseconds since 1970. What another instance is
     * about to write is left to it.
     */
    static final Sql USE = Sql.of("""
            WITH used AS (
                SELECT document.id AS used_id, to_timestamp(millis / 1000.0) AS at
                  FROM unnest($1::bigint[], $2::bigint[]) AS given (id, millis)
                  JOIN persisted_documents document ON document.id = given.id
                 WHERE last_used_at IS NULL OR last_used_at < to_timestamp(millis / 1000.0) - interval '1 minute'
                   FOR NO KEY UPDATE OF document SKIP LOCKED)
            UPDATE persisted_documents SET last_used_at = at FROM used WHERE id = used_id
            RETURNING id""");

    /**
     * {@code $1} is the app, {@code $2} its version; {@code $3 …} are hashes, texts, names of operations (empty for none) and
     * costs. Rows are written in the order of their hashes: two who publish the same ones would wait for each other. Of those
     * that have changed, or are new, the hash is answered. A thousand versions is as many as a document has.
     */
    static final Sql PUBLISH = Sql.of("""
            INSERT INTO persisted_documents AS kept (client_id, hash, text, operation_name, cost, app_versions)
            SELECT $1, hash, text, nullif(name, ''), cost, ARRAY[$2::text]
              FROM unnest($3::text[], $4::text[], $5::text[], $6::int[]) AS given (hash, text, name, cost)
             ORDER BY hash COLLATE "C"
                ON CONFLICT (client_id, hash) DO UPDATE
               SET app_versions = CASE WHEN $2 = ANY (kept.app_versions) OR cardinality(kept.app_versions) = 1000
                                       THEN kept.app_versions
                                       ELSE kept.app_versions || $2::text END,
                   retired_at = NULL,
                   cost = EXCLUDED.cost
             WHERE ($2 <> ALL (kept.app_versions) AND cardinality(kept.app_versions) < 1000) OR kept.cost <> EXCLUDED.cost
            RETURNING hash, xmax = 0""");

    /** {@code $1} is the app; {@code $2} are the app's own ids, and {@code $3} the hashes of what they stand for. */
    static final Sql NAME = Sql.of("""
            INSERT INTO document_ids (client_id, custom_id, document_id)
            SELECT $1, custom_id, persisted_documents.id
              FROM unnest($2::text[], $3::text[]) AS given (custom_id, hash)
              JOIN persisted_documents ON client_id = $1 AND persisted_documents.hash = given.hash
             ORDER BY custom_id COLLATE "C"
                ON CONFLICT (client_id, custom_id) DO NOTHING
            RETURNING custom_id""");

    /** The places of those of the app's own ids in {@code $2} that stand for something else than the hash in {@code $3}. */
    static final Sql FIND_OTHERWISE_NAMED = Sql.of("""
            SELECT place - 1
              FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS given (asked, hash, place)
              JOIN document_ids ON document_ids.client_id = $1 AND custom_id = asked
              JOIN persisted_documents ON persisted_documents.id = document_id AND persisted_documents.hash <> given.hash
             ORDER BY place""");

    /** Takes the version in {@code $2} from all documents of the app that it uses. */
    static final Sql RETIRE = Sql.of("""
            WITH taken AS (
                SELECT id AS taken_id, array_remove(app_versions, $2) AS left_over
                  FROM persisted_documents
                 WHERE client_id = $1 AND $2 = ANY (app_versions)
                 ORDER BY hash
                   FOR UPDATE)
            UPDATE persisted_documents
               SET app_versions = left_over, retired_at = CASE WHEN cardinality(left_over) = 0 THEN now() END
              FROM taken
             WHERE id = taken_id
            RETURNING retired_at IS NOT NULL""");

    private final Database database;

    DocumentRepository(Database database) {
        this.database = database;
    }

    /** One of its own, where there is no gateway. */
    static DocumentRepository ofACommand() {
        return new DocumentRepository(new Database());
    }

    Mono<List<PersistedDocument>> findAll(Collection<Long> ids) {
        return database.query(FIND_ALL.withAll(ids, Long[]::new), DocumentRepository::toDocument);
    }

    /** Those of an app with these hashes. */
    Mono<List<PersistedDocument>> findAllByHash(String clientId, Collection<String> hashes) {
        return database.query(
                FIND_ALL_BY_HASH.with(clientId, hashes.toArray(String[]::new)), DocumentRepository::toDocument);
    }

    /** Whether there is an app with this client id, for those too who may know no more of it. */
    Mono<Boolean> isApp(String clientId) {
        return database.query(IS_APP.with(clientId), Columns::bool).map(List::getFirst);
    }

    /**
     * A document that is new, or that a version has come to use.
     *
     * @param isNew whether the app had not published it before
     */
    record Published(String hash, boolean isNew) {}

    /** Publishes documents, each of them once; those for which nothing changes are not answered. */
    Mono<List<Published>> publish(String clientId, String appVersion, Collection<CheckedDocument> documents) {
        var statement = PUBLISH.with(
                clientId,
                appVersion,
                documents.stream().map(CheckedDocument::hash).toArray(String[]::new),
                documents.stream().map(CheckedDocument::text).toArray(String[]::new),
                documents.stream()
                        .map(document -> Objects.requireNonNullElse(document.operationName(), ""))
                        .toArray(String[]::new),
                documents.stream().map(CheckedDocument::cost).toArray(Integer[]::new));
        return database.query(statement, row -> new Published(row.text(), row.bool()));
    }

    /**
     * Gives documents the app's own ids, where they have one.
     *
     * @return the places of those whose id stands for something else already
     */
    Mono<List<Integer>> name(String clientId, List<CheckedDocument> checked) {
        var places = IntStream.range(0, checked.size())
                .filter(place -> checked.get(place).customId() != null)
                .toArray();
        if (places.length == 0) {
            return Mono.just(List.of());
        }
        var named = Arrays.stream(places).mapToObj(checked::get).toList();
        var ids = named.stream().map(CheckedDocument::customId).toArray(String[]::new);
        var hashes = named.stream().map(CheckedDocument::hash).toArray(String[]::new);
        return database.query(NAME.with(clientId, ids, hashes), Columns::text)
                .then(database.query(FIND_OTHERWISE_NAMED.with(clientId, ids, hashes), row -> places[row.integer()]));
    }

    /** For each document that the version used, whether it is retired now. */
    Mono<List<Boolean>> retire(String clientId, String appVersion) {
        return database.query(RETIRE.with(clientId, appVersion), Columns::bool);
    }

    /** All that may be called. */
    Mono<DocumentIndex> findCallable() {
        var index = new DocumentIndex.Builder();
        return database.query(FIND_CALLABLE.with(), row -> {
                    var clientId = row.text();
                    var policy = row.textOrNull();
                    if (policy == null) {
                        index.document(clientId, row.text(), row.bigint(), row.text());
                    } else {
                        index.app(clientId, DocumentPolicy.valueOf(policy.toUpperCase(Locale.ROOT)));
                    }
                    return true;
                })
                .map(_ -> index.build());
    }

    /** @param id its key, by which the next ones are found */
    record InUse(long id, SchemaCheck.Used document) {}

    /** The next documents that are not retired, in the order of their keys. */
    Mono<List<InUse>> findInUse(long behind, int most) {
        return database.query(
                FIND_IN_USE.with(behind, most),
                row -> new InUse(
                        row.bigint(), new SchemaCheck.Used(row.text(), row.texts(), row.textOrNull(), row.text())));
    }

    /** The text of a document; empty if it is gone. */
    Mono<String> findText(long id) {
        return database.query(FIND_TEXT.with(id), Columns::text)
                .flatMap(texts -> Mono.justOrEmpty(texts.stream().findFirst()));
    }

    /** Writes down when documents were last used. */
    Mono<Integer> use(Map<Long, Instant> uses) {
        var ids = uses.keySet().toArray(Long[]::new);
        var millis = Arrays.stream(ids)
                .map(id -> Objects.requireNonNull(uses.get(id)).toEpochMilli())
                .toArray(Long[]::new);
        return database.query(USE.with(ids, millis), Columns::bigint).map(List::size);
    }

    private static PersistedDocument toDocument(Columns row) {
        return new PersistedDocument(
                row.bigint(),
                row.text(),
                row.text(),
                row.textOrNull(),
                row.texts(),
                row.integer(),
                row.instant(),
                row.instantOrNull(),
                row.instantOrNull());
    }
}
