package dev.selvage.kernel;

import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What was done under which key, by whom, in the last 24 hours. Whose key it is the database knows from the transaction. */
@Repository
class IdempotencyRepository {
    static final Sql CLAIM = Sql.of("SELECT is_fresh, is_same, outcome FROM claim_idempotency_key($1, $2, $3)");

    static final Sql KEEP = Sql.of("SELECT keep_idempotent_outcome($1, $2, $3)");

    /** The gateway's own work. */
    static final Sql FORGET = Sql.of("""
            DELETE FROM idempotency_keys
             WHERE id IN (SELECT id FROM idempotency_keys
                           WHERE created_at < now() - interval '24 hours'
                           ORDER BY created_at
                           LIMIT $1
                             FOR UPDATE SKIP LOCKED)
            RETURNING id
            """);

    private final Database database;

    IdempotencyRepository(Database database) {
        this.database = database;
    }

    /** What a key is to a change. */
    sealed interface Claim {
        /** Nobody has used it. */
        record Fresh() implements Claim {}

        /** The same change has been made under it. */
        record Done(String outcome) implements Claim {}

        /** It stands for something else. */
        record Reused() implements Claim {}
    }

    /**
     * Takes a key for this transaction, after any other that has taken it.
     *
     * @param fingerprint of what was sent
     */
    Mono<Claim> claim(String key, String mutation, String fingerprint) {
        return database.query(CLAIM.with(key, mutation, fingerprint), IdempotencyRepository::toClaim)
                .map(claims -> claims.getFirst());
    }

    private static Claim toClaim(Columns row) {
        boolean isFresh = row.bool();
        boolean isSame = row.bool();
        var outcome = row.textOrNull();
        if (isFresh) {
            return new Claim.Fresh();
        }
        return isSame && outcome != null ? new Claim.Done(outcome) : new Claim.Reused();
    }

    /**
     * Clears keys that stand for nothing any more.
     *
     * @param most of them
     * @return how many
     */
    Mono<Integer> forget(int most) {
        return database.query(FORGET.with(most), Columns::bigint).map(List::size);
    }

    /** What the change under a key that was claimed has come to. */
    Mono<?> keep(String key, String fingerprint, String outcome) {
        return database.query(KEEP.with(key, fingerprint, outcome), _ -> true);
    }
}
