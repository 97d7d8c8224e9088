package dev.selvage.gateway;

import dev.selvage.Measured;
import dev.selvage.execution.ExecutableDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Finding a document by its text, which comes anew with each request. */
public class DocumentCacheBenchmark extends Measured {
    @Param({"OrderWithLines", "EventsWithItems"})
    String document;

    private DocumentCache documents;
    private byte[] sent;

    @Setup
    public void keepOne() {
        documents = new DocumentCache(
                ServedSchema.load(), new Limits(ServedSchema.LIMITS, ServedSchema.LIMITS), new SimpleMeterRegistry());
        sent = ServedSchema.document(document).getBytes(StandardCharsets.UTF_8);
        documents.get(text());
    }

    /** A text knows its hash after the first time it is asked, and a request's never was. */
    private String text() {
        return new String(sent, StandardCharsets.UTF_8);
    }

    /** What making the text takes, to be deducted. */
    @Benchmark
    public String textAlone() {
        return text();
    }

    @Benchmark
    public ExecutableDocument hit() {
        return documents.get(text());
    }
}
