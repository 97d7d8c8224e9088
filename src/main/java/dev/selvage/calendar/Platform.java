package dev.selvage.calendar;

/** Where content is posted. */
public enum Platform {
    INSTAGRAM,
    FACEBOOK,
    PINTEREST
}
