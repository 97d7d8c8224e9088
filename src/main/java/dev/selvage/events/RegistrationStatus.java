package dev.selvage.events;

/** Where a consignor's registration is in its life. Registered, checked in and checked out hold a place. */
public enum RegistrationStatus {
    WAITLISTED,
    REGISTERED,
    CHECKED_IN,
    CHECKED_OUT,
    CANCELLED
}
