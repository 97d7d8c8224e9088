package dev.selvage.orders;

import dev.selvage.fabrics.Stock;
import dev.selvage.inventory.Sales;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.Money;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import dev.selvage.orders.WantedLines.FabricLine;
import dev.selvage.orders.WantedLines.ItemLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was taken for an order's lines, at which prices. */
final class TakenLines {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WantedLines wanted;
    private final Map<UUID, Stock.Taken> fabrics = new HashMap<>();
    private final List<Sales.@Nullable Sale> items;

    TakenLines(WantedLines wanted, List<Stock.Taken> taken, List<Sales.Sale> sold) {
        this.wanted = wanted;
        taken.forEach(fabric -> fabrics.put(fabric.id(), fabric));
        items = new ArrayList<>();
        wanted.items().forEach(_ -> items.add(null));
        sold.forEach(sale -> items.set(sale.place() - 1, sale));
    }

    WantedLines wanted() {
        return wanted;
    }

    /** The fabric of a line; null if there is none. */
    Stock.@Nullable Taken fabric(FabricLine line) {
        return fabrics.get(line.id());
    }

    /** The items of the item lines, in their order; null where there is none. */
    List<Sales.@Nullable Sale> items() {
        return items;
    }

    /** Whether everything was taken. */
    boolean areAll() {
        return wanted.fabrics().stream().allMatch(line -> {
                    var fabric = fabric(line);
                    return fabric != null && fabric.taken();
                })
                && items.stream().allMatch(item -> item != null && item.outcome() == Sales.Outcome.SOLD);
    }

    /** One may be named by its id and by its barcode. */
    void refuseRepeated(Input input) {
        var seen = new HashSet<Long>();
        var lines = wanted.lines().stream().filter(ItemLine.class::isInstance).toList();
        for (int place = 0; place < items.size(); place++) {
            if (!seen.add(Objects.requireNonNull(items.get(place)).id())) {
                input.refuse(new InputError(
                        ErrorCode.INVALID,
                        "This item has a line already, and there is one of it.",
                        lines.get(place).path()));
            }
        }
    }

    BigDecimal subtotal() {
        var ofFabrics =
                wanted.fabrics().stream().map(line -> price(line).amount().multiply(BigDecimal.valueOf(line.units())));
        var ofItems =
                items.stream().map(item -> Objects.requireNonNull(item).price().amount());
        return Stream.concat(ofFabrics, ofItems).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Money price(FabricLine line) {
        return Objects.requireNonNull(fabric(line)).price();
    }

    /** As {@code orders.items} has them. */
    String json() {
        var json = JSON.createArrayNode();
        var nextItem = items.iterator();
        for (var line : wanted.lines()) {
            switch (line) {
                case FabricLine fabric -> {
                    var taken = Objects.requireNonNull(fabric(fabric));
                    add(json, "fabric", taken.name(), fabric.units(), taken.price())
                            .put("fabric_id", fabric.id().toString());
                }
                case ItemLine _ -> {
                    var sold = Objects.requireNonNull(nextItem.next());
                    add(json, "inventory_item", sold.name(), 1, sold.price()).put("inventory_item_id", sold.id());
                }
            }
        }
        return JSON.writeValueAsString(json);
    }

    private static ObjectNode add(ArrayNode json, String kind, String name, int quantity, Money price) {
        return json.addObject()
                .put("kind", kind)
                .put("name", name)
                .put("quantity", quantity)
                .put("unit_price", price.amount());
    }
}
