package dev.selvage.inventory;

/** The state an item is in, best first. */
public enum ItemCondition {
    NEW,
    LIKE_NEW,
    GOOD,
    FAIR
}
