package dev.selvage.changes;

/** What was done to a record. */
enum ChangeKind {
    CREATED,
    UPDATED,
    DELETED
}
