package dev.selvage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.support.Answer;
import dev.selvage.support.Caller;
import dev.selvage.support.Gateway;
import dev.selvage.support.Given;
import dev.selvage.support.Schema;
import dev.selvage.support.TestPostgres;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever of an input will not do: its place is told, and nothing is done. */
class RefusedInputTest {
    private static final long SEED = 20_261_130;
    private static final int CALLS = 1_500;

    static final List<Object> NO_PRICES = List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "1e400",
            new BigDecimal("1e400"),
            new BigDecimal("-1e400"),
            "1e-400",
            "much",
            "",
            "12,50",
            "0x10",
            true,
            Map.of("amount", 1),
            List.of(1));

    /** Numbers they are. */
    private static final List<Object> BAD_PRICES = List.of(
            -1,
            "-0.01",
            new BigDecimal("12.505"),
            "0.0000000000001",
            new BigDecimal("99999999999999999999"),
            "10000000000");

    private static Gateway gateway;
    private static Caller admin;
    private static Map<String, String> ids;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(TestPostgres.embedded18().database("refused_input"));
        var given = new Given(gateway);
        var user = given.user();
        var event = given.event("published");
        var consignor = given.consignor(user);
        var fabric = given.fabric();
        admin = gateway.user(given.admin());
        ids = Map.of(
                "User", user.globalId(),
                "Consignor", consignor.globalId(),
                "Event", event.globalId(),
                "Registration",
                        given.registration(event, consignor, "registered").globalId(),
                "InventoryItem", given.item(event, consignor, "pending").globalId(),
                "Fabric", fabric.globalId(),
                "Order", given.order(user, "pending", fabric).globalId(),
                "CalendarEntry", given.calendarEntry(user, "Spring", null).globalId());
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    private static List<GraphQLFieldDefinition> mutations() {
        return Objects.requireNonNull(Schema.running(gateway).getMutationType()).getFields();
    }

    /** All rows of all tables, but for what a sign-in writes. */
    private static List<String> rows() {
        var database = gateway.database();
        var each = database.query("""
                SELECT string_agg(format('SELECT %L || coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '''') FROM %I t',
                                         relname, relname), ' UNION ALL ' ORDER BY relname)
                  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                """, row -> row.getString(1)).getFirst();
        return database.query(each, row -> row.getString(1));
    }

    @Test
    void whereverSomethingIsMalformedThatPlaceIsToldAndNothingIsDone() {
        var random = new Random(SEED);
        var inputs = new MalformedInputs(ids, random);
        var mutations = mutations();
        var before = rows();
        var seen = new HashSet<String>();
        for (int i = 0; i < CALLS; i++) {
            var call = inputs.of(mutations.get(i % mutations.size()));
            var answer = admin.query(call.text(), call.variables());

            assertRefused(call, answer);
            seen.add(answer.errorCodes() + (call.isWritten() ? " written" : ""));
            if (i % 50 == 0 || i == CALLS - 1) {
                assertThat(rows()).as(call.toString()).isEqualTo(before);
            }
        }
        assertThat(seen).contains("[BAD_USER_INPUT]", "[GRAPHQL_VALIDATION_FAILED] written", "[]");
    }

    private static void assertRefused(MalformedInputs.Call call, Answer answer) {
        var said = call + " " + answer.body();
        if (answer.errorCodes().isEmpty()) {
            // Of what else will not do, such as a barcode that nothing has, others may tell.
            assertThat(answer.at(call.mutation()).findValues("userErrors").stream()
                            .flatMap(errors -> errors.valueStream().map(error -> texts(error.path("path")))))
                    .as(said)
                    .anySatisfy(path -> {
                        assertThat(path).isNotEmpty();
                        assertThat(call.place()).startsWith(path);
                    });
        } else if (call.isWritten() && answer.errorCodes().contains("GRAPHQL_VALIDATION_FAILED")) {
            assertThat(answer.errorCodes()).as(said).containsOnly("GRAPHQL_VALIDATION_FAILED");
        } else {
            assertThat(answer.errorCodes()).as(said).containsExactly("BAD_USER_INPUT");
            assertThat(List.of(argumentPath(answer))).as(said).isEqualTo(call.place());
        }
    }

    private static String[] argumentPath(Answer answer) {
        return texts(answer.body().path("errors").path(0).path("extensions").path("argumentPath"));
    }

    private static String[] texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toArray(String[]::new);
    }

    /** Every number with decimals that a mutation takes: prices, and what a fabric measures. */
    static Stream<List<String>> numbers() {
        var numbers = new ArrayList<List<String>>();
        for (var mutation : mutations()) {
            for (var argument : mutation.getArguments()) {
                if (GraphQLTypeUtil.unwrapAll(argument.getType()) instanceof GraphQLInputObjectType input) {
                    input.getFields().stream()
                            .filter(field -> isDecimal(field))
                            .forEach(field ->
                                    numbers.add(List.of(mutation.getName(), input.getName(), field.getName())));
                }
            }
        }
        return numbers.stream();
    }

    private static boolean isDecimal(GraphQLInputObjectField field) {
        return GraphQLTypeUtil.unwrapAll(field.getType()).getName().equals("Decimal");
    }

    private static Map<String, Object> input(String mutation) {
        return switch (mutation) {
            case "createFabric" -> new HashMap<>(Map.of("name", "Linen", "category", "linen", "price", 12));
            case "updateFabric" ->
                new HashMap<>(Map.of("id", Objects.requireNonNull(ids.get("Fabric")), "expectedVersion", 1));
            case "createInventoryItem" ->
                new HashMap<>(Map.of(
                        "eventId", Objects.requireNonNull(ids.get("Event")),
                        "consignorId", Objects.requireNonNull(ids.get("Consignor")),
                        "name", "Doll",
                        "category", "toys",
                        "size", "M",
                        "condition", "GOOD",
                        "price", 12));
            case "updateInventoryItem" ->
                new HashMap<>(Map.of("id", Objects.requireNonNull(ids.get("InventoryItem")), "expectedVersion", 1));
            default -> throw new IllegalStateException("Say what else " + mutation + " takes.");
        };
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void whatIsNoPriceIsRefusedWithItsPath(List<String> number) {
        var mutation = number.getFirst();
        var field = number.getLast();
        var text = "mutation ($input: %s!) { %s(input: $input) { userErrors { code path } } }"
                .formatted(number.get(1), mutation);
        var before = rows();
        for (var price : NO_PRICES) {
            var input = input(mutation);
            input.put(field, price);
            var answer = admin.query(text, Map.of("input", input));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCodes()).as("%s", price).containsExactly("BAD_USER_INPUT");
            assertThat(argumentPath(answer)).containsExactly("input", field);
            assertThat(answer.body().path("errors").path(0).path("message").asString())
                    .startsWith("`input." + field + "`: This is not a decimal number");
        }
        for (var price : BAD_PRICES) {
            var input = input(mutation);
            input.put(field, price);
            var answer = admin.query(text, Map.of("input", input)).ok();

            assertThat(answer.at(mutation, "userErrors").size()).as("%s", price).isEqualTo(1);
            assertThat(texts(answer.at(mutation, "userErrors", 0, "path"))).containsExactly("input", field);
            assertThat(answer.text(mutation, "userErrors", 0, "code")).isIn("OUT_OF_RANGE", "INVALID");
        }
        assertThat(rows()).isEqualTo(before);
    }

    /** JSON has no such numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "+1", ".5", "0x10", "1_000", "1e"})
    void whatIsNoJsonIsNoRequest(String price) {
        var answer = admin.send("""
                {"query": "mutation ($p: Decimal!) { createFabric(input: { name: \\"a\\", category: \\"a\\", price: $p }) { userErrors { code } } }",
                 "variables": {"p": %s}}
                """.formatted(price));

        assertThat(answer.errorCodes()).containsExactly("BAD_REQUEST");
    }
}
