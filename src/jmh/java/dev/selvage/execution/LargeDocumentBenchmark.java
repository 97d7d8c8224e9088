package dev.selvage.execution;

import dev.selvage.Measured;
import dev.selvage.gateway.ServedSchema;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a document costs that was made to cost much: as large as it may be, by one larger, and as large as a body. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LargeDocumentBenchmark extends Measured {
    private static final int BODY = 256 * 1024;

    /** What there is much of. */
    public enum Much {
        SPACES(262_144),
        COMMENTS(2_000),
        TOKENS(2_000),
        VALUES(1_980),
        DEPTH(15),
        NESTING(60),
        ALIASES(30),
        ROOT_FIELDS(20),
        DIRECTIVES(50),
        FRAGMENTS(50),
        FIELDS(2_000),
        EQUAL_FIELDS(1_995),
        TYPES_OF_FIELDS(497),
        VARIABLES(330),
        FAULTS(490);

        private final int most;

        Much(int most) {
            this.most = most;
        }
    }

    /** How much of it there is. */
    public enum Size {
        MOST,
        ONE_MORE,
        A_BODY
    }

    @Param
    Much much;

    @Param
    Size size;

    private ExecutableSchema schema;
    private String text;

    @Setup
    public void write() {
        schema = ServedSchema.load();
        text = switch (size) {
            case MOST -> text(much.most);
            case ONE_MORE -> text(much.most + 1);
            case A_BODY -> body();
        };
    }

    /** As much as fits. */
    private String body() {
        int few = 1;
        int many = BODY;
        while (few + 1 < many) {
            int n = (few + many) / 2;
            if (text(n).length() <= BODY) {
                few = n;
            } else {
                many = n;
            }
        }
        return text(few);
    }

    private String text(int n) {
        return switch (much) {
            case SPACES -> "{ __typename }" + " ".repeat(Math.max(0, n - 14));
            case COMMENTS -> "#\n".repeat(n) + "{ __typename }";
            case TOKENS ->
                "{ events { " + "totalCount(max: 5) ".repeat(Math.max(1, (n - 5) / 6))
                        + "__typename ".repeat(Math.max(0, (n - 5) % 6)) + "} }";
            case VALUES -> "{ nodes(ids: [" + "\"\" ".repeat(n) + "]) { id } }";
            case DEPTH ->
                "{ __type(name: \"Event\") { " + "ofType { ".repeat(Math.max(0, n - 2)) + "name"
                        + "}".repeat(Math.max(1, n - 1)) + "}";
            case NESTING -> "{ " + "... { ".repeat(n) + "__typename" + "}".repeat(n + 1);
            case ALIASES -> "{ viewer { " + numbered(n, "a%d: roles") + " } }";
            case ROOT_FIELDS -> "{ " + "__typename ".repeat(n) + "}";
            case DIRECTIVES -> "{ viewer { " + "roles @include(if: true) ".repeat(n) + "} }";
            case FRAGMENTS ->
                "{ viewer { " + numbered(n, "...F%d") + " } } " + numbered(n, "fragment F%d on Viewer { roles }");
            // Few words that are spread many times.
            case FIELDS ->
                "{ node(id: \"x\") { " + "...F ".repeat((n - 1) / 40) + "id ".repeat((n - 1) % 40)
                        + "} } fragment F on Node { " + "id ".repeat(40) + "}";
            case EQUAL_FIELDS -> "{ viewer { " + "roles ".repeat(n) + "} }";
            // Each of them is looked at for every type that a node may have.
            case TYPES_OF_FIELDS -> "{ node(id: \"x\") { " + "... { id } ".repeat(n) + "} }";
            case VARIABLES ->
                "query (" + numbered(n, "$v%d: ID") + ") { nodes(ids: [" + numbered(n, "$v%d") + "]) { id } }";
            case FAULTS -> "{ viewer { " + "nope(x: 1) ".repeat(n / 2) + "} }";
        };
    }

    private static String numbered(int times, String text) {
        return IntStream.range(0, times).mapToObj(text::formatted).collect(Collectors.joining(" "));
    }

    /** As for a request whose text nobody has sent before. */
    @Benchmark
    public Object readAndPlan() {
        var document = ExecutableDocument.of(schema, text, ServedSchema.LIMITS);
        return document.errors().isEmpty() ? document.prepare(null, Map.of()) : document.errors();
    }
}
