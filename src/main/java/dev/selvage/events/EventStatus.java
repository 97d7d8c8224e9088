package dev.selvage.events;

/** Where an event is in its life. */
public enum EventStatus {
    DRAFT,
    PUBLISHED,
    CANCELLED,
    COMPLETED
}
