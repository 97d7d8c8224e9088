package dev.selvage.inventory;

/** Where an item is in its life. */
public enum ItemStatus {
    PENDING,
    APPROVED,
    REJECTED,
    SOLD,
    RETURNED
}
