package dev.selvage.analytics;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the keys of groups look like, and their order. */
final class Keys {
    private Keys() {}

    static String day(LocalDate day) {
        return day.toString();
    }

    static String week(LocalDate day) {
        return "%04d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    static String month(LocalDate day) {
        return day.toString().substring(0, "2026-11".length());
    }

    /** Entry by entry, what is missing behind all else. */
    static int compare(List<@Nullable String> key, List<@Nullable String> other) {
        for (int i = 0; i < key.size(); i++) {
            int order = compare(key.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(@Nullable String one, @Nullable String other) {
        if (one == null) {
            return other == null ? 0 : 1;
        }
        return other == null ? -1 : one.compareTo(other);
    }
}
