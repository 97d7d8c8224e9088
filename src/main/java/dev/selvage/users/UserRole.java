package dev.selvage.users;

/** What a user may do; given by administrators only, never by a token. */
public enum UserRole {
    ADMIN,
    USER
}
