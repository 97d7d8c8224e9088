package dev.selvage.orders;

import dev.selvage.inventory.Sales;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be bought, as it was sent.
 *
 * @param lines in the order sent
 * @param fabrics those of the lines that are of fabrics
 * @param items those that are of items; what is sold of them is told in the same order
 */
record WantedLines(List<Line> lines, List<FabricLine> fabrics, List<Sales.Wanted> items) {
    private static final int MOST_LINES = 100;

    /** As the database takes it: what one line may have. */
    private static final int MOST_UNITS = 999_999;

    /** A line, and where it stands in the input. */
    sealed interface Line {
        /** What is wrong with it is told there. */
        List<String> path();
    }

    record FabricLine(List<String> path, UUID id, int units) implements Line {}

    record ItemLine(List<String> path) implements Line {}

    List<UUID> fabricIds() {
        return fabrics.stream().map(FabricLine::id).toList();
    }

    List<Integer> units() {
        return fabrics.stream().map(FabricLine::units).toList();
    }

    /** What is wrong with them is collected in the input. */
    static WantedLines read(Input input) {
        var wanted = new WantedLines(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var each = input.each("lines");
        if (each.isEmpty() || each.size() > MOST_LINES) {
            input.refuse(
                    "lines",
                    each.isEmpty() ? ErrorCode.REQUIRED : ErrorCode.TOO_LONG,
                    "An order has 1 to " + MOST_LINES + " lines.");
            return wanted;
        }
        Set<Object> subjects = new HashSet<>();
        for (var line : each) {
            var fabric = line.in("fabric");
            var item = line.in("inventoryItem");
            if (fabric != null) {
                wanted.add(fabric, subjects);
            } else if (item != null) {
                wanted.addItem(item, subjects);
            }
        }
        return wanted;
    }

    private void add(Input fabric, Set<Object> subjects) {
        var id = fabric.id("Fabric", UUID.class);
        int units = fabric.integer("quantity");
        if (id == null) {
            fabric.refuse(UserError.notFound(fabric.at("id")));
        } else if (units > MOST_UNITS) {
            fabric.refuse("quantity", ErrorCode.OUT_OF_RANGE, "A line has at most " + MOST_UNITS + " units.");
        } else if (!subjects.add(id)) {
            fabric.refuse("id", ErrorCode.INVALID, "This fabric has a line already. Order all of it in one.");
        } else {
            var line = new FabricLine(fabric.at("id"), id, units);
            lines.add(line);
            fabrics.add(line);
        }
    }

    private void addItem(Input item, Set<Object> subjects) {
        boolean byId = item.value("id") != null;
        var id = byId ? item.id("InventoryItem", Long.class) : null;
        var barcode = byId ? null : item.text("barcode");
        var field = byId ? "id" : "barcode";
        if (id == null && barcode == null) {
            if (byId) {
                item.refuse(UserError.notFound(item.at(field)));
            }
        } else if (!subjects.add(id == null ? barcode : id)) {
            item.refuse(field, ErrorCode.INVALID, "This item has a line already, and there is one of it.");
        } else {
            lines.add(new ItemLine(item.at(field)));
            items.add(new Sales.Wanted(id, barcode));
        }
    }
}
