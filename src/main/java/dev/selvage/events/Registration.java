package dev.selvage.events;

import java.time.Instant;

/** A consignor's place at an event, or on its waiting list. */
public record Registration(
        long id,
        int version,
        long eventId,
        long consignorId,
        RegistrationStatus status,
        Instant createdAt,
        Instant updatedAt) {}
