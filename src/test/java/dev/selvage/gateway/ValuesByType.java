package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.simplePrint;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What will do for a type of the schema, and what will not. */
final class ValuesByType {
    private static final List<Object> NO_NUMBERS = List.of(
            1.5, new BigDecimal("1e400"), 3_000_000_000L, -3_000_000_000L, "", "NaN", true, Map.of("a", 1), List.of());

    /** What is none of such a value, of the schema's own types and of the language's. */
    private static final Map<String, List<Object>> WRONG = Map.ofEntries(
            Map.entry("Int", NO_NUMBERS),
            Map.entry("NonNegativeInt", with(NO_NUMBERS, -1)),
            Map.entry("PositiveInt", with(NO_NUMBERS, 0)),
            Map.entry("Decimal", RefusedInputTest.NO_PRICES),
            Map.entry("String", List.of(1, 1.5, true, Map.of(), List.of("a"))),
            Map.entry("Boolean", List.of("true", 1, Map.of())),
            Map.entry("ID", List.of("", "x", "RXZlbnQ6MQ==", "RXZlbnQ6MA", 0, -1, 1.5, true, Map.of())),
            Map.entry("DateTime", List.of("", "yesterday", "2030-02-30T00:00:00Z", "2030-01-01", 5, true, Map.of())),
            Map.entry("Date", List.of("", "infinity", "2030-02-30", "2030-01-01T00:00:00Z", 5, true, List.of())),
            Map.entry("URL", List.of("", "example.com", "javascript:alert(1)", 1, Map.of())),
            Map.entry("EmailAddress", List.of("", "nobody", "a@b@c", 1, Map.of())),
            Map.entry("PhoneNumber", List.of("", "12", "+0", 14155550132L, Map.of())),
            Map.entry("CountryCode", List.of("", "us", "USA", 1)),
            Map.entry("CurrencyCode", List.of("", "usd", "US", 1)),
            Map.entry("JSON", List.of("text", true, List.of(1))));

    private static final Map<String, Object> RIGHT = Map.ofEntries(
            Map.entry("Int", 1),
            Map.entry("NonNegativeInt", 2),
            Map.entry("PositiveInt", 2),
            Map.entry("Decimal", "12.50"),
            Map.entry("String", "text"),
            Map.entry("Boolean", true),
            Map.entry("DateTime", "2020-01-01T09:30:00Z"),
            Map.entry("Date", "2020-01-01"),
            Map.entry("URL", "https://example.com/a.png"),
            Map.entry("EmailAddress", "clara@example.com"),
            Map.entry("PhoneNumber", "+14155550132"),
            Map.entry("CountryCode", "US"),
            Map.entry("CurrencyCode", "USD"),
            Map.entry("JSON", 1));

    private ValuesByType() {}

    static Object right(GraphQLScalarType type) {
        return Objects.requireNonNull(RIGHT.get(type.getName()), type.getName());
    }

    static Object wrong(GraphQLInputType type, Random random) {
        var wrong = switch (unwrapNonNull(type)) {
            case GraphQLInputObjectType _ -> List.<Object>of("text", 1, true, List.of(1));
            case GraphQLEnumType words ->
                List.of("", "NOPE", words.getValues().getFirst().getName().toLowerCase(Locale.ROOT), 1, true);
            case GraphQLScalarType scalar -> Objects.requireNonNull(WRONG.get(scalar.getName()), scalar.getName());
            default -> throw new IllegalStateException(simplePrint(type));
        };
        return wrong.get(random.nextInt(wrong.size()));
    }

    private static List<Object> with(List<Object> values, Object value) {
        var all = new ArrayList<>(values);
        all.add(value);
        return all;
    }
}
