package dev.selvage.kernel;

import dev.selvage.Measured;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Ids of records with either type of key. */
public class GlobalIdBenchmark extends Measured {
    @Param({"bigint", "uuid"})
    String keyType;

    private String type;
    private Object key;
    private String written;
    private GlobalId parsed;

    @Setup
    public void writeOne() {
        type = keyType.equals("uuid") ? "Fabric" : "InventoryItem";
        key = keyType.equals("uuid") ? UUID.fromString("7f0c2a52-9d5c-4f0e-9a57-1f6c1f0b2d11") : (Object) 123_456L;
        written = of();
        parsed = parse();
    }

    @Benchmark
    public String of() {
        return GlobalId.of(type, key);
    }

    @Benchmark
    public GlobalId parse() {
        return GlobalId.parse(written);
    }

    @Benchmark
    public Object keyAs() {
        return parsed.keyAs(key.getClass());
    }
}
