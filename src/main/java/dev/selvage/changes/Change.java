package dev.selvage.changes;

import dev.selvage.kernel.Reference;
import java.time.Instant;

/**
 * One committed change.
 *
 * @param key the record's, as the table has it
 */
record Change(Place place, Instant at, ChangeKind kind, ChangeTopic topic, String key) {
    String subjectId() {
        return topic.globalId(key);
    }

    Reference subject() {
        return topic.reference(key);
    }
}
