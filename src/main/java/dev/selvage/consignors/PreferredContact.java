package dev.selvage.consignors;

/** How a consignor wants to be reached. */
public enum PreferredContact {
    EMAIL,
    PHONE
}
