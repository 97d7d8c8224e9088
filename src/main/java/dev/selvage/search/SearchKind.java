package dev.selvage.search;

import dev.selvage.calendar.CalendarEntry;
import dev.selvage.consignors.Consignor;
import dev.selvage.events.Event;
import dev.selvage.fabrics.Fabric;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.kernel.Reference;
import dev.selvage.orders.Order;
import java.util.Locale;
import java.util.UUID;

/** What can be found. */
enum SearchKind {
    FABRIC(Fabric.class, true),
    INVENTORY_ITEM(InventoryItem.class, false),
    EVENT(Event.class, false),
    CONSIGNOR(Consignor.class, false),
    ORDER(Order.class, true),
    CALENDAR_ENTRY(CalendarEntry.class, true);

    private final Class<?> record;
    private final boolean uuid;
    private final String word = name().toLowerCase(Locale.ROOT);

    /** @param uuid whether that is what its keys are, and not numbers */
    SearchKind(Class<?> record, boolean uuid) {
        this.record = record;
        this.uuid = uuid;
    }

    /** As the statements have it. */
    String word() {
        return word;
    }

    Reference reference(String key) {
        return new Reference(record, uuid ? UUID.fromString(key) : Long.valueOf(key));
    }
}
