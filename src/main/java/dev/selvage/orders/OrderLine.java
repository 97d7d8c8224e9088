package dev.selvage.orders;

import dev.selvage.fabrics.Fabric;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.kernel.Money;
import dev.selvage.kernel.Reference;
import java.math.BigDecimal;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One line as it was sold.
 *
 * @param subject what was bought
 * @param name the subject's on that day
 * @param unitPrice the subject's on that day
 */
public record OrderLine(Reference subject, String name, int quantity, Money unitPrice) {

    /** As an element of {@code orders.items} has it, whose shape the database checks. */
    static OrderLine of(JsonNode line) {
        return new OrderLine(
                subject(line),
                line.path("name").asString(),
                line.path("quantity").asInt(),
                new Money(line.path("unit_price").decimalValue().setScale(2)));
    }

    private static Reference subject(JsonNode line) {
        return switch (line.path("kind").asString()) {
            case "fabric" ->
                new Reference(
                        Fabric.class, UUID.fromString(line.path("fabric_id").asString()));
            case "inventory_item" ->
                new Reference(
                        InventoryItem.class, line.path("inventory_item_id").longValue());
            default -> throw new IllegalStateException("A line of kind " + line.path("kind"));
        };
    }

    Money total() {
        return new Money(unitPrice.amount().multiply(BigDecimal.valueOf(quantity)));
    }
}
