package dev.selvage.documents;

/** What a caller may send. */
public enum DocumentPolicy {
    /** Any operation. */
    OPEN,
    /** Only the id of a published one. */
    PUBLISHED_ONLY
}
