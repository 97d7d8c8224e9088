package dev.selvage.execution;

import dev.selvage.Measured;
import dev.selvage.gateway.ServedSchema;
import graphql.schema.GraphQLOutputType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Single values of an answer, a hundred different ones of each kind. */
public class JsonOutputBenchmark extends Measured {
    private static final int VALUES = 100;

    @Param({"ascii", "umlauts", "escapes", "long", "int", "instant", "decimal"})
    String kind;

    private final JsonOutput out = new JsonOutput(1 << 20, 1 << 20);
    private LeafFormat format;
    private Object[] values;

    @Setup
    public void makeValues() {
        format = LeafFormat.of((GraphQLOutputType) ServedSchema.load().schema().getType(type()));
        IntFunction<Object> value = switch (kind) {
            case "ascii" -> i -> "Winter jacket, down, hardly worn, number " + i;
            case "umlauts" -> i -> "Kleid für Mädchen, größere Größe, Nummer " + i;
            case "escapes" -> i -> "The \"good\" coat,\nthe one with C:\\pockets, number " + i;
            case "long" -> i -> "Size as labelled. No stains, no tears. ".repeat(50) + i;
            case "int" -> i -> 977 * i;
            case "instant" -> i -> Instant.parse("2026-09-01T08:15:30.123456Z").plusSeconds(977L * i);
            default -> i -> BigDecimal.valueOf(450 + 25L * i, 2);
        };
        values = IntStream.range(0, VALUES).mapToObj(value).toArray();
    }

    private String type() {
        return switch (kind) {
            case "int" -> "Int";
            case "instant" -> "DateTime";
            case "decimal" -> "Decimal";
            default -> "String";
        };
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public int write() {
        out.truncate(0);
        for (var value : values) {
            format.write(out, value);
        }
        return out.size();
    }
}
