package dev.selvage.changes;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what, from which value to which.
 *
 * @param actorId the actor's {@code users.id}; null for an integrator, an administrator's tool or the system itself
 * @param actorSubject the actor's subject as the token names it
 * @param key the record's, as the table has it
 * @param changes JSON: by column the old and the new value, or only that it changed where it is personal
 */
record AuditEntry(
        Place place,
        Instant at,
        ChangeKind kind,
        ChangeTopic topic,
        String key,
        @Nullable UUID actorId,
        @Nullable String actorSubject,
        @Nullable String operation,
        @Nullable String requestId,
        Object changes) {
    String subjectId() {
        return topic.globalId(key);
    }
}
