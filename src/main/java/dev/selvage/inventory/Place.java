package dev.selvage.inventory;

/**
 * How it stands with a consignor's place at an event.
 *
 * @param hasEvent whether the viewer knows of such an event
 * @param hasConsignor whether the viewer knows of such a consignor
 * @param isOpen whether drop-off has not ended
 * @param isTaken whether the consignor has a place there, and not only one on the waiting list, or needs none
 */
record Place(boolean hasEvent, boolean hasConsignor, boolean isPublished, boolean isOpen, boolean isTaken) {}
