package dev.selvage.search;

import dev.selvage.kernel.Reference;

/**
 * Something that was found.
 *
 * @param tsquery what it was found by
 * @param key the record's, as text
 * @param rank above zero; only comparable within one answer
 */
record SearchHit(String tsquery, SearchKind kind, String key, float rank) {
    Reference node() {
        return kind.reference(key);
    }
}
