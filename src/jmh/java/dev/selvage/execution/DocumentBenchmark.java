package dev.selvage.execution;

import dev.selvage.Measured;
import dev.selvage.gateway.ServedSchema;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a document costs that is not known yet. */
public class DocumentBenchmark extends Measured {
    @Param({"OrderWithLines", "EventsWithItems"})
    String document;

    private ExecutableSchema schema;
    private String text;

    @Setup
    public void read() {
        schema = ServedSchema.load();
        text = ServedSchema.document(document);
    }

    @Benchmark
    public ExecutableDocument parseAndValidate() {
        return ExecutableDocument.of(schema, text, ServedSchema.LIMITS);
    }

    /** Planning is the difference from the other. */
    @Benchmark
    public Object parseValidateAndPlan() {
        return ExecutableDocument.of(schema, text, ServedSchema.LIMITS).prepare(null, Map.of("id", "T3JkZXI6MQ"));
    }
}
