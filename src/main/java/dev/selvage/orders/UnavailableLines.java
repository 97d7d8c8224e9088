package dev.selvage.orders;

import dev.selvage.fabrics.Fabric;
import dev.selvage.fabrics.Stock;
import dev.selvage.inventory.InventoryItem;
import dev.selvage.inventory.ItemStatus;
import dev.selvage.inventory.Sales;
import dev.selvage.kernel.Input;
import dev.selvage.kernel.UserError;
import dev.selvage.kernel.UserError.ErrorCode;
import dev.selvage.kernel.UserError.InputError;
import dev.selvage.kernel.UserError.OutOfStock;
import dev.selvage.orders.WantedLines.FabricLine;
import dev.selvage.orders.WantedLines.ItemLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Why lines of an order could not be had: one reason for each of them. What the viewer does not see is not there. */
record UnavailableLines(Stock stock, Sales sales) {
    Mono<List<UserError>> why(Input input, TakenLines lines) {
        var fabrics = lines.wanted().fabrics().stream().map(FabricLine::id).toList();
        var items = lines.items().stream()
                .filter(Objects::nonNull)
                .map(sale -> Objects.requireNonNull(sale).id())
                .toList();
        return Mono.zip(
                fabrics.isEmpty() ? Mono.just(List.<Fabric>of()) : stock.findAll(fabrics),
                sales.findAll(items),
                (seenFabrics, seenItems) ->
                        why(lines, byKey(seenFabrics, Fabric::id), byKey(seenItems, InventoryItem::id)));
    }

    private static <K, V> Map<K, V> byKey(List<V> records, Function<V, K> key) {
        return records.stream().collect(Collectors.toMap(key, record -> record));
    }

    private static List<UserError> why(TakenLines lines, Map<UUID, Fabric> fabrics, Map<Long, InventoryItem> items) {
        var why = new ArrayList<UserError>();
        var nextItem = lines.items().iterator();
        for (var line : lines.wanted().lines()) {
            var error = switch (line) {
                case FabricLine fabric -> why(fabric, lines.fabric(fabric), fabrics.get(fabric.id()));
                case ItemLine _ -> {
                    var sale = nextItem.next();
                    yield why(line.path(), sale, sale == null ? null : items.get(sale.id()));
                }
            };
            if (error != null) {
                why.add(error);
            }
        }
        return why;
    }

    private static @Nullable UserError why(FabricLine line, Stock.@Nullable Taken taken, @Nullable Fabric fabric) {
        if (taken == null || fabric == null) {
            return UserError.notFound(line.path());
        }
        if (taken.taken()) {
            return null;
        }
        return fabric.archivedAt() == null
                ? new OutOfStock(line.path(), fabric, fabric.stockQuantity())
                : new InputError(ErrorCode.TRANSITION_BLOCKED, "This fabric is not offered any more.", line.path());
    }

    private static @Nullable UserError why(List<String> path, Sales.@Nullable Sale sale, @Nullable InventoryItem item) {
        if (sale == null || item == null) {
            return UserError.notFound(path);
        }
        return switch (sale.outcome()) {
            case SOLD -> null;
            case CLOSED -> new InputError(ErrorCode.WINDOW_CLOSED, "The sale is not open now.", path);
            case NOT_ON_OFFER ->
                item.status() == ItemStatus.SOLD
                        ? new OutOfStock(path, item, 0)
                        : new InputError(ErrorCode.TRANSITION_BLOCKED, "This item is not on offer.", path);
        };
    }
}
