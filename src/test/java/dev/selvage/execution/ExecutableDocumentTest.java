package dev.selvage.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selvage.kernel.Refusal;
import dev.selvage.support.Gateway;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a document: enough that it is planned once, and no more than its text can say. */
class ExecutableDocumentTest {
    private static final Gateway gateway = Gateway.running();
    private static final ExecutableSchema schema = gateway.bean(ExecutableSchema.class);

    /** For documents that are larger than anybody may send. */
    private static final DocumentLimits ROOM =
            new DocumentLimits(100_000, 10_000, 100, 100, 100, 100, 100, 1_000_000, Integer.MAX_VALUE);

    private static final String TWO = """
            query A($x: Boolean!) { a: __typename @include(if: $x) viewer { roles } }
            query B($x: String) { events(filter: { search: $x }) { totalCount } }
            """;

    @Test
    void anOperationIsPlannedOnceForEachValueOfItsConditions() {
        var document = ExecutableDocument.of(schema, TWO, ROOM);

        var shown = document.prepare("A", Map.of("x", true)).plan();
        var left = document.prepare("A", Map.of("x", false)).plan();

        assertThat(document.prepare("A", Map.of("x", true)).plan()).isSameAs(shown);
        assertThat(document.prepare("A", Map.of("x", false)).plan())
                .isSameAs(left)
                .isNotSameAs(shown);
    }

    @Test
    void aVariableIsNoConditionBecauseAnotherOperationHasOneOfItsName() {
        var document = ExecutableDocument.of(schema, TWO, ROOM);

        var plan = document.prepare("B", Map.of("x", "linen")).plan();

        assertThat(document.prepare("B", Map.of("x", "wool")).plan()).isSameAs(plan);
        assertThat(document.prepare("B", Map.of()).plan()).isSameAs(plan);
    }

    /** Each further fragment, of some hundred characters, doubles the plan, of which a document could have 16. */
    @Test
    void aShortTextKeepsNoLongPlan() {
        var document = ExecutableDocument.of(schema, doubled(9), ROOM);

        assertThat(document.errors()).isEmpty();
        var plan = document.prepare(null, Map.of()).plan();
        assertThat(document.prepare(null, Map.of()).plan()).isNotSameAs(plan);
    }

    @Test
    void aPlanHasAnEnd() {
        var document = ExecutableDocument.of(schema, doubled(12), ROOM);

        assertThatThrownBy(() -> document.prepare(null, Map.of()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(Refusal.Code.LIMIT_EXCEEDED));
    }

    /** Each fragment spreads the next one twice. */
    private static String doubled(int times) {
        return IntStream.range(0, times)
                .mapToObj(i ->
                        "fragment F%d on Event { x: inventoryItems { nodes { event { ...F%d } } } y: inventoryItems { nodes { event { ...F%d } } } }"
                                .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(
                        " ",
                        "{ node(id: \"RXZlbnQ6MQ\") { ...F0 } } ",
                        " fragment F%d on Event { id }".formatted(times)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query($v: Boolean = true) { viewer { roles @include(if: $v) } }",
                "query($v: Boolean = true) { viewer { roles @include(if: false) @skip(if: $v) scopes @skip(if: $v) } }",
                "query($v: Boolean = true) { __schema { queryType { name @include(if: $v) } } }",
                "query($v: Boolean = true) { __type(name: \"Event\") { ...F } } fragment F on __Type { name @skip(if: $v) }",
                "query($v: String = \"Event\") { __type(name: $v) { name } }"
            })
    void aConditionThatIsNullIsTheCallersMistake(String query) {
        assertThat(gateway.anonymous()
                        .query(query, Collections.singletonMap("v", null))
                        .errorCodes())
                .containsExactly("BAD_USER_INPUT");
    }
}
