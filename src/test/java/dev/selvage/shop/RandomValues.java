package dev.selvage.shop;

import dev.selvage.support.Given;
import graphql.schema.GraphQLEnumType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up values of the schema's scalars: mostly such as people send, and some at the edge or beyond it. */
final class RandomValues {
    private static final List<String> ODD_TEXTS = List.of(
            "", " ", "x".repeat(201), "x".repeat(20_001), "a\u0000b", "\uD800", "#", "O'Brien; DROP TABLE users --");
    private static final List<String> ODD_DECIMALS =
            List.of("0", "-1", "-0.01", "0.001", "12.345", "99999999.99", "100000000", "1e3", "1e-9");
    private static final List<Duration> STARTS = List.of(
            Duration.ofHours(36),
            Duration.ofHours(36),
            Duration.ofHours(-12),
            Duration.ofDays(-10),
            Duration.ofDays(9));

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    private boolean isOdd() {
        return random.nextInt(40) == 0;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    String word(GraphQLEnumType words) {
        return oneOf(words.getValues()).getName();
    }

    /** @param name of the field */
    Object scalar(String type, String name) {
        return switch (type) {
            case "String" -> text(name);
            case "Boolean" -> random.nextBoolean();
            case "Int" -> isOdd() ? oneOf(List.of(0, Integer.MIN_VALUE, Integer.MAX_VALUE)) : random.nextInt(-3, 12);
            case "PositiveInt" -> isOdd() ? Integer.MAX_VALUE : 1 + random.nextInt(3);
            case "NonNegativeInt" -> isOdd() ? Integer.MAX_VALUE : random.nextInt(20);
            case "Decimal" ->
                isOdd()
                        ? oneOf(ODD_DECIMALS)
                        : BigDecimal.valueOf(1 + random.nextInt(10_000), 2).toString();
            case "DateTime" -> instant(random.nextInt(-500, 500));
            case "Date" ->
                LocalDate.now(ZoneOffset.UTC).plusDays(random.nextInt(-20, 3)).toString();
            case "URL" -> "https://example.com/" + random.nextInt(100);
            case "EmailAddress" -> "customer" + random.nextInt(50) + "@example.com";
            case "PhoneNumber" -> "+4930" + random.nextInt(100_000, 999_999);
            case "CountryCode" -> oneOf(List.of("US", "DE", "BR"));
            case "JSON" -> json();
            default ->
                throw new IllegalStateException("A value of " + type + " for " + name + " is to be made up here");
        };
    }

    private String text(String name) {
        if (isOdd()) {
            return oneOf(ODD_TEXTS);
        }
        return switch (name) {
            case "hashtags" -> "#tag" + random.nextInt(9);
            case "metricType" -> oneOf(List.of("revenue", "visits"));
            case "platform" -> oneOf(List.of("etsy", "instagram"));
            case "clientId" -> oneOf(List.of("web", "app", "selvage-gateway"));
            case "appVersion" -> "1." + random.nextInt(30);
            case "documents" -> oneOf(List.of("{ __typename }", "query Roles { viewer { roles } }", "{ nonsense }"));
            case "barcode" -> "2" + random.nextLong(100_000_000_000L, 999_999_999_999L);
            default -> Given.unique("Text");
        };
    }

    private Object json() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1000);
            case 1 -> "text";
            case 2 -> List.of(1, Map.of("a", "b"));
            default -> Map.of("amount", random.nextInt(1000), "currency", "USD");
        };
    }

    private static String instant(long hoursFromNow) {
        return Instant.now().plus(Duration.ofHours(hoursFromNow)).toString();
    }

    /** The three times of an event, mostly one after the other. */
    Map<String, Map<String, String>> windows() {
        long start = oneOf(STARTS).toHours();
        return Map.of(
                "dropOff", window(start - 48, start - 24),
                "sale", window(start, start + 24),
                "pickUp", window(start + 24, start + 48));
    }

    private Map<String, String> window(long start, long end) {
        return isOdd()
                ? Map.of("start", instant(end), "end", instant(start))
                : Map.of("start", instant(start), "end", instant(end));
    }
}
