package dev.selvage.kernel;

import dev.selvage.Measured;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A cursor of the list of items, for each type of sort key. */
public class CursorsBenchmark extends Measured {
    @Param({"CREATED_AT", "PRICE", "NAME"})
    String sort;

    private final Cursors cursors = Asked.cursors();
    private SortKey key;
    private Cursors.Position position;
    private String written;

    @Setup
    public void writeOne() {
        key = switch (sort) {
            case "CREATED_AT" -> new SortKey(sort, "created_at", Instant.class);
            case "PRICE" -> new SortKey(sort, "price_cents", Long.class);
            default -> new SortKey(sort, "name_sort", String.class);
        };
        Object value = switch (sort) {
            case "CREATED_AT" -> Instant.parse("2026-09-01T08:15:30.123456Z");
            case "PRICE" -> 1_250L;
            default -> "winter jacket, down, hardly worn";
        };
        position = new Cursors.Position(value, 123_456L);
        written = write();
    }

    @Benchmark
    public String write() {
        return cursors.write("inventory_items", key, position);
    }

    @Benchmark
    public Object read() {
        return cursors.read("inventory_items", key, Long.class, written);
    }
}
