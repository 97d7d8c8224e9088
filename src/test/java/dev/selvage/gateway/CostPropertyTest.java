package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.execution.DocumentLimits;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.execution.Execution;
import dev.selvage.kernel.Budget;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Schema;
import dev.selvage.support.TestPostgres;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is sent along, an answer costs no more than was said before, and that no more than was said of the document. */
class CostPropertyTest {
    private static final long SEED = 20_261_124;
    private static final int VALUES = 100_000;
    private static final int EXECUTED = 1_500;
    private static final int QUERIES = 300;
    private static final DocumentLimits ROOM =
            new DocumentLimits(1_000_000, 100_000, 100, 1000, 1000, 1000, 1000, 1_000_000, Integer.MAX_VALUE);

    private record Shipped(ExecutableDocument document, List<VariableDefinition> variables, int most) {
        static Shipped of(ExecutableSchema schema, String text) {
            var operation = Parser.parse(text)
                    .getFirstDefinitionOfType(OperationDefinition.class)
                    .orElseThrow();
            var document = ExecutableDocument.of(schema, text, ROOM);
            return new Shipped(document, operation.getVariableDefinitions(), document.maxCost());
        }

        Map<String, Object> values(Random random) {
            Map<String, Object> values = new HashMap<>();
            for (var variable : variables) {
                boolean mayBeAbsent =
                        !(variable.getType() instanceof NonNullType) || variable.getDefaultValue() != null;
                if (!mayBeAbsent || random.nextInt(4) > 0) {
                    values.put(variable.getName(), value(variable.getType(), random));
                }
            }
            return values;
        }

        private static @Nullable Object value(Type<?> type, Random random) {
            return switch (type) {
                case NonNullType some -> notNull(some.getType(), random);
                default -> random.nextInt(5) == 0 && !isCondition(type) ? null : notNull(type, random);
            };
        }

        /** Null decides nothing. */
        private static boolean isCondition(Type<?> type) {
            return type instanceof TypeName name && name.getName().equals("Boolean");
        }

        private static Object notNull(Type<?> type, Random random) {
            if (type instanceof ListType list) {
                return IntStream.range(0, random.nextInt(5))
                        .mapToObj(_ -> value(list.getType(), random))
                        .toList();
            }
            return switch (((TypeName) type).getName()) {
                case "Int" -> random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(1, 101);
                case "Boolean" -> random.nextBoolean();
                case "Date" -> "2026-%02d-01".formatted(random.nextInt(1, 13));
                case "SearchKind" -> "EVENT";
                case "ID" -> "T3JkZXI6MQ";
                default -> List.of("cotton", "x", "toys wool").get(random.nextInt(3));
            };
        }
    }

    @Test
    void shippedDocumentsCostWhatTheyMayWithAnyVariables() {
        var gateway = Gateway.running();
        var given = new Given(gateway);
        var event = given.event("published");
        var consignor = given.consignor();
        IntStream.range(0, 12).forEach(_ -> given.item(event, consignor, "approved"));
        IntStream.range(0, 5).forEach(_ -> given.order(given.user(), "pending", given.fabric()));
        var schema = gateway.bean(ExecutableSchema.class);
        var shipped = TestPostgres.resources("classpath*:graphql/documents/*.graphql").stream()
                .map(text -> Shipped.of(schema, text))
                .toList();
        var admin = Viewer.user(Role.ADMIN, given.admin().id());
        var random = new Random(SEED);
        int answered = 0;
        for (int i = 0; i < VALUES; i++) {
            var one = shipped.get(i % shipped.size());
            var values = one.values(random);
            var prepared = one.document().prepare(null, values);
            assertThat(prepared.cost())
                    .as("%s", values)
                    .isBetween(0, one.document().maxCost());
            if (i < EXECUTED) {
                int actual = actual(gateway, prepared, admin);
                assertThat(actual).as("%s", values).isBetween(0, prepared.cost());
                answered += actual;
            }
        }
        assertThat(answered).isGreaterThan(EXECUTED);
    }

    @Test
    void generatedQueriesCostNoMoreThanWasSaid() {
        var world = new GeneratedWorld();
        var costs = new ArrayList<Integer>();
        try {
            var gateway = world.gateway();
            var graph = Schema.running(gateway);
            var learned = new LearnedValues();
            var generator = new QueryGenerator(graph, new Coverage(graph), learned, new Random(SEED));
            var schema = gateway.bean(ExecutableSchema.class);
            var asker = world.administrator();
            var admin = Viewer.user(Role.ADMIN, Objects.requireNonNull(asker.user()));
            for (int i = 0; i < QUERIES; i++) {
                var query = generator.next();
                learned.from(asker.name());
                query.read(
                        asker.caller().query(query.text(3), query.variables(3)).at(), learned);
                for (int size : new int[] {1, 2, 50}) {
                    var document = ExecutableDocument.of(schema, query.text(size), ROOM);
                    var prepared = document.prepare(null, query.variables(size));
                    int actual = actual(gateway, prepared, admin);
                    assertThat(actual)
                            .as("%s%n%s", query.text(size), query.variables(size))
                            .isLessThanOrEqualTo(prepared.cost());
                    assertThat(prepared.cost()).as("%s", query.text(size)).isLessThanOrEqualTo(document.maxCost());
                    costs.add(prepared.cost() == 0 ? 0 : Math.ceilDiv(100 * actual, prepared.cost()));
                }
            }
        } finally {
            world.gateway().stop();
        }
        // What was said is come to, and not far above all answers.
        assertThat(costs).contains(100);
        assertThat(costs.stream().filter(percent -> percent > 0).count()).isGreaterThan(QUERIES);
    }

    private static int actual(Gateway gateway, ExecutableDocument.Prepared prepared, Viewer viewer) {
        var operation = gateway.bean(Operations.class).begin(viewer, Budget.NONE);
        try {
            var answer =
                    Execution.execute(prepared, operation).onErrorComplete().block();
            return answer == null ? 0 : answer.cost();
        } finally {
            operation.end();
        }
    }
}
