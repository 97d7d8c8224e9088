package dev.selvage.calendar;

/** What a platform takes; Pinterest takes posts only. */
public enum ContentType {
    POST,
    STORY,
    REEL
}
