package dev.selvage.inventory;

import dev.selvage.consignors.Consignor;
import dev.selvage.events.Event;
import dev.selvage.kernel.By;
import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Lookup;
import dev.selvage.kernel.Wiring;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** {@code Query.inventoryItem}, {@code Query.inventoryItems}, the type {@code InventoryItem}, and where it hangs. */
@Component
class InventoryFields implements Wiring {
    private final InventoryItemRepository items;

    InventoryFields(InventoryItemRepository items) {
        this.items = items;
    }

    @Override
    public void wire(Fields fields) {
        var byBarcode =
                new Lookup<>(String.class, items::findAllByBarcode, item -> Objects.requireNonNull(item.barcode()));

        fields.query()
                .by("inventoryItem", InventoryItem.class, new By("barcode", By::text, byBarcode))
                .page("inventoryItems", InventoryItemRepository.ITEMS);
        fields.type(InventoryItem.class)
                .id(new Lookup<>(Long.class, items::findAll, InventoryItem::id))
                .toOne("event", InventoryItem::eventId, Event.class)
                .toOne("consignor", InventoryItem::consignorId, Consignor.class)
                .transitions(
                        InventoryItemRepository.ITEM, InventoryItem::id, InventoryItem::status, InventoryRules.ALL);
        fields.extend(Event.class).page("inventoryItems", InventoryItemRepository.ITEMS, "event_id", Event::id);
        fields.extend(Consignor.class)
                .page("inventoryItems", InventoryItemRepository.ITEMS, "consignor_id", Consignor::id);
    }
}
