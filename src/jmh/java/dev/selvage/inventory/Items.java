package dev.selvage.inventory;

import dev.selvage.kernel.Listing;
import dev.selvage.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The list of items, and items to put on it. */
public final class Items {
    public static final Listing<InventoryItem> LIST = InventoryItemRepository.ITEMS;

    private static final List<String> NAMES = List.of(
            "Winter jacket, down, hardly worn", "Bedtime stories", "Kleid für Mädchen, größere Größe", "Wooden train");
    private static final List<String> CATEGORIES = List.of("Outerwear", "Books", "Dresses", "Toys & games");

    private Items() {}

    /** So many approved items. */
    public static List<InventoryItem> of(int count) {
        return IntStream.range(0, count).mapToObj(Items::item).toList();
    }

    private static InventoryItem item(int number) {
        var created = Instant.parse("2026-09-01T08:15:30.123456Z").plusSeconds(977L * number);
        return new InventoryItem(
                100_000L + number,
                3,
                42,
                1_000L + number % 50,
                new UUID(7, number % 50),
                NAMES.get(number % NAMES.size()),
                "Size as labelled. No stains, no tears.",
                CATEGORIES.get(number % CATEGORIES.size()),
                "M",
                new Money(BigDecimal.valueOf(450 + 25L * number, 2)),
                ItemCondition.values()[number % 4],
                ItemStatus.APPROVED,
                null,
                "2%012d".formatted(number),
                null,
                created,
                created.plusSeconds(86_400));
    }
}
