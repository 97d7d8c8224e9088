package dev.selvage.changes;

import dev.selvage.kernel.Columns;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.Sql;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Reads only what was done by transactions older than all that still run. A change of one of those would stand before later
 * ones that were read already, and a reader who has passed its place never sees it.
 */
@Repository
class ChangeRepository {
    private static final String SETTLED = "xact < pg_snapshot_xmin(pg_current_snapshot())";
    private static final String CHANGE = "xact, id, at, kind, topic, subject";
    private static final String ENTRY = CHANGE + ", actor, actor_subject, operation, request_id, changed";

    static final Sql FIND_ALL_AFTER = Sql.of("""
            SELECT %s
              FROM changes
             WHERE (xact, id) > ($1::bigint::text::xid8, $2)
               AND %s
             ORDER BY xact, id
             LIMIT $3
            """.formatted(CHANGE, SETTLED));

    /** Each topic by itself, so that a rare one is not looked for among all others. */
    static final Sql FIND_ALL_OF_TOPICS_AFTER = Sql.of("""
            SELECT %1$s
              FROM unnest($4::text[]) AS asked (word)
             CROSS JOIN LATERAL (
                   SELECT %1$s
                     FROM changes
                    WHERE topic = word
                      AND (xact, id) > ($1::bigint::text::xid8, $2)
                      AND %2$s
                    ORDER BY xact, id
                    LIMIT $3) AS found
             ORDER BY xact, id
             LIMIT $3
            """.formatted(CHANGE, SETTLED));

    static final Sql FIND_ALL_BEFORE = Sql.of("""
            SELECT %s
              FROM changes
             WHERE (xact, id) < ($1::bigint::text::xid8, $2)
               AND %s
             ORDER BY xact DESC, id DESC
             LIMIT $3
            """.formatted(ENTRY, SETTLED));

    static final Sql FIND_ALL_OF_SUBJECT_BEFORE = Sql.of("""
            SELECT %s
              FROM changes
             WHERE topic = $4
               AND subject = $5
               AND (xact, id) < ($1::bigint::text::xid8, $2)
               AND %s
             ORDER BY xact DESC, id DESC
             LIMIT $3
            """.formatted(ENTRY, SETTLED));

    private final Database database;

    ChangeRepository(Database database) {
        this.database = database;
    }

    /** The next ones of these topics. */
    Mono<List<Change>> findAllAfter(Place place, Set<ChangeTopic> topics, int most) {
        if (topics.isEmpty()) {
            return Mono.just(List.of());
        }
        var statement = topics.size() == ChangeTopic.values().length
                ? FIND_ALL_AFTER.with(place.xact(), place.id(), most)
                : FIND_ALL_OF_TOPICS_AFTER.with(place.xact(), place.id(), most, words(topics));
        return database.query(statement, ChangeRepository::toChange);
    }

    private static String[] words(Set<ChangeTopic> topics) {
        return topics.stream().map(ChangeTopic::word).toArray(String[]::new);
    }

    /** The last ones before that place, the latest first: of a record, or of all. */
    Mono<List<AuditEntry>> findAllBefore(Place place, ChangeTopic.@Nullable Subject subject, int most) {
        var statement = subject == null
                ? FIND_ALL_BEFORE.with(place.xact(), place.id(), most)
                : FIND_ALL_OF_SUBJECT_BEFORE.with(
                        place.xact(), place.id(), most, subject.topic().word(), subject.key());
        return database.query(statement, ChangeRepository::toEntry);
    }

    private static Change toChange(Columns row) {
        return new Change(
                place(row), row.instant(), row.word(ChangeKind.class), row.word(ChangeTopic.class), row.text());
    }

    private static AuditEntry toEntry(Columns row) {
        return new AuditEntry(
                place(row),
                row.instant(),
                row.word(ChangeKind.class),
                row.word(ChangeTopic.class),
                row.text(),
                row.uuidOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.json());
    }

    private static Place place(Columns row) {
        return new Place(row.bigint(), row.bigint());
    }
}
