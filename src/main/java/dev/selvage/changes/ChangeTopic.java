package dev.selvage.changes;

import dev.selvage.analytics.Metric;
import dev.selvage.calendar.CalendarEntry;
import dev.selvage.consignors.Consignor;
import dev.selvage.documents.ClientApp;
import dev.selvage.events.Event;
import dev.selvage.events.Registration;
import dev.selvage.fabrics.Fabric;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.Reference;
import dev.selvage.orders.Order;
import dev.selvage.users.User;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** What kind of record a change is of; every type with a global id is one. */
enum ChangeTopic {
    USER(User.class, UUID.class),
    CONSIGNOR(Consignor.class, Long.class),
    EVENT(Event.class, Long.class),
    REGISTRATION(Registration.class, Long.class),
    INVENTORY_ITEM(InventoryItem.class, Long.class),
    FABRIC(Fabric.class, UUID.class),
    ORDER(Order.class, UUID.class),
    CALENDAR_ENTRY(CalendarEntry.class, UUID.class),
    METRIC(Metric.class, UUID.class),
    CLIENT_APP(ClientApp.class, UUID.class);

    private final Class<?> record;
    private final Class<?> keyType;
    private final String word = name().toLowerCase(Locale.ROOT);

    ChangeTopic(Class<?> record, Class<?> keyType) {
        this.record = record;
        this.keyType = keyType;
    }

    /** As the table has it. */
    String word() {
        return word;
    }

    /** The global id of the record with this key. */
    String globalId(String key) {
        return GlobalId.of(record.getSimpleName(), key);
    }

    Reference reference(String key) {
        return new Reference(record, keyType == UUID.class ? UUID.fromString(key) : Long.valueOf(key));
    }

    /**
     * A record, whether it still is there or not.
     *
     * @param key as the table has it
     */
    record Subject(ChangeTopic topic, String key) {
        /** @throws dev.selvage.kernel.Refusal BAD_USER_INPUT if no record could have this global id */
        static Subject of(String globalId) {
            var id = GlobalId.parse(globalId);
            var topic = Arrays.stream(values())
                    .filter(one -> one.record.getSimpleName().equals(id.type()))
                    .findFirst()
                    .orElseThrow(GlobalId::malformed);
            // Refused if it is no key of that type.
            GlobalId.keyOf(globalId, id.type(), topic.keyType);
            return new Subject(topic, id.key());
        }
    }
}
