package dev.selvage;

import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.ListingShapes;
import dev.selvage.support.TestDatabase;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Values for every field of a list's filter input, found by its type in the schema and in the data: of each column a frequent
 * value, a rare one and one of none; of each range a wide one, narrow ones and an empty one; of words frequent ones, rare ones,
 * and those in the middle, for which it is least clear how to find them.
 */
final class FilterSamples {
    private static final String NOTHING = "nothinglikethis";

    private final TestDatabase database;
    private final TypeDefinitionRegistry schema;

    FilterSamples(TestDatabase database, TypeDefinitionRegistry schema) {
        this.database = database;
        this.schema = schema;
    }

    /** By the names of the input's fields. */
    Map<String, List<Object>> of(String input, ListingShapes listing) {
        var samples = new LinkedHashMap<String, List<Object>>();
        var fields = Objects.requireNonNull(schema.getTypeOrNull(input, InputObjectTypeDefinition.class), input)
                .getInputValueDefinitions();
        for (var field : fields) {
            samples.put(field.getName(), values(field, listing));
        }
        return samples;
    }

    private List<Object> values(InputValueDefinition field, ListingShapes listing) {
        var name = field.getName();
        var type = unwrapped(field.getType());
        if (name.equals("search")) {
            return words(listing.name());
        }
        boolean list = isList(field.getType());
        var one = Optional.ofNullable(schema.getTypeOrNull(type, EnumTypeDefinition.class))
                .map(FilterSamples::enumValues)
                .orElseGet(() -> switch (type) {
                    case "Boolean" -> List.of(true, false);
                    case "ID" -> ids(name, listing);
                    case "DateTimeRange" -> ranges(listing, name, someInstants(), "lt", FilterSamples::instant);
                    case "DateRange" ->
                        ranges(listing, name, someDays(), "lte", row -> row.getObject(1, LocalDate.class));
                    case "DecimalRange" -> ranges(listing, name, someAmounts(), "lte", FilterSamples::amount);
                    default -> texts(listing, listing.column(name, list ? List.of("a", "b") : "a"));
                });
        if (!list) {
            return one;
        }
        var lists = new ArrayList<Object>();
        one.forEach(value -> lists.add(List.of(value)));
        if (one.size() > 1) {
            lists.add(one.subList(0, 2));
            lists.add(List.of(one.getFirst(), one.getLast()));
        }
        return lists;
    }

    private static List<Object> enumValues(EnumTypeDefinition type) {
        return type.getEnumValueDefinitions().stream()
                .map(EnumValueDefinition::getName)
                .map(Object.class::cast)
                .toList();
    }

    private List<Object> texts(ListingShapes listing, String column) {
        var from = listing.name();
        var value = column;
        if (isJson(from, column)) {
            from += ", jsonb_array_elements_text(" + column + ") AS element";
            value = "element";
        }
        var counted = "SELECT " + value + " FROM " + from + " WHERE " + value
                + " IS NOT NULL GROUP BY 1 ORDER BY count(*) %s, 1 LIMIT 1";
        return List.of(text(counted.formatted("DESC")), text(counted.formatted("")), NOTHING);
    }

    private boolean isJson(String table, String column) {
        return text("SELECT data_type FROM information_schema.columns WHERE table_name = '" + table
                        + "' AND column_name = '" + column + "'")
                .equals("jsonb");
    }

    /** Of the record type that the filter takes ids of: those that the list has most and least of, and one of none. */
    private List<Object> ids(String field, ListingShapes listing) {
        for (var type : List.of("Event", "Consignor", "Fabric", "User", "Order", "InventoryItem")) {
            var keys = keysOf(type);
            if (listing.takes(field, GlobalId.of(type, keys.getFirst()))) {
                return keys.stream().map(key -> (Object) GlobalId.of(type, key)).toList();
            }
        }
        throw new IllegalStateException("No ids for " + listing.name() + "." + field);
    }

    /** Keys of records of this type that many others point to, or few. */
    private List<Object> keysOf(String type) {
        var sql = switch (type) {
            case "Event" -> counted("event_id", "inventory_items");
            case "Consignor" -> counted("consignor_id", "inventory_items");
            case "User" -> counted("user_id", "orders");
            case "Fabric" -> counted("(line ->> 'fabric_id')::uuid", "orders, jsonb_array_elements(items) AS line");
            case "Order" -> "SELECT id FROM orders ORDER BY id LIMIT 2";
            default -> "SELECT id FROM inventory_items ORDER BY id LIMIT 2";
        };
        return database.query(sql, row -> row.getObject(1));
    }

    private static String counted(String key, String from) {
        var order = "SELECT key FROM (SELECT " + key + " AS key, count(*) AS rows FROM " + from
                + " GROUP BY 1) AS counted WHERE key IS NOT NULL ORDER BY rows %s, key LIMIT 1";
        return "(" + order.formatted("DESC") + ") UNION ALL (" + order.formatted("") + ")";
    }

    private interface Reader {
        Object read(ResultSet row) throws SQLException;
    }

    private List<Object> ranges(
            ListingShapes listing, String field, Map<String, Object> some, String end, Reader reader) {
        var column = listing.column(field, some);
        Function<Double, Object> at = fraction -> database.query(
                        "SELECT percentile_disc(" + fraction + ") WITHIN GROUP (ORDER BY " + column + ") FROM "
                                + listing.name() + " WHERE " + column + "::text <> 'infinity'",
                        reader::read)
                .getFirst();
        return List.of(
                Map.of("gte", at.apply(0.05)),
                Map.of(end, at.apply(0.05)),
                Map.of("gte", at.apply(0.999)),
                Map.of("gte", at.apply(0.88)),
                Map.of(end, at.apply(0.12)),
                range("gte", at.apply(0.495), end, at.apply(0.505)),
                range("gte", at.apply(0.45), end, at.apply(0.55)),
                range("gte", at.apply(0.9), end, at.apply(0.05)));
    }

    private static Map<String, Object> someInstants() {
        return Map.of("gte", Instant.EPOCH);
    }

    private static Map<String, Object> someDays() {
        return Map.of("gte", LocalDate.EPOCH);
    }

    private static Map<String, Object> someAmounts() {
        return Map.of("gte", BigDecimal.ONE);
    }

    private static Object instant(ResultSet row) throws SQLException {
        return row.getTimestamp(1).toInstant();
    }

    private static Object amount(ResultSet row) throws SQLException {
        return BigDecimal.valueOf(row.getLong(1), 2);
    }

    /** In the schema's order, in which the engine hands its fields over. */
    private static Map<String, Object> range(String from, Object start, String to, Object end) {
        var range = new LinkedHashMap<String, Object>();
        range.put(from, start);
        range.put(to, end);
        return range;
    }

    private record Word(String text, long rows) {}

    /** The most frequent word, those that stand in so many rows, and one of none. */
    private List<Object> words(String table) {
        var counted = database.query(
                "SELECT word, ndoc FROM ts_stat('SELECT search FROM " + table
                        + "') WHERE word ~ '^[a-z]+$' ORDER BY word",
                row -> new Word(row.getString(1), row.getLong(2)));
        var rows = Long.parseLong(text("SELECT count(*) FROM " + table));
        var words = Stream.of(rows, rows / 7, Math.round(Math.sqrt(20.0 * rows)), rows / 500, 1L)
                .map(wanted -> counted.stream()
                        .min(Comparator.comparingLong(word -> Math.abs(word.rows() - wanted)))
                        .orElseThrow()
                        .text())
                .distinct()
                .toList();
        var all = new ArrayList<Object>(words);
        all.add(NOTHING);
        all.add(words.getFirst() + " " + words.getLast());
        all.add("-" + words.getFirst());
        return all;
    }

    private String text(String sql) {
        return database.query(sql, row -> row.getString(1)).getFirst();
    }

    private static boolean isList(Type<?> type) {
        return type instanceof ListType || (type instanceof NonNullType required && isList(required.getType()));
    }

    private static String unwrapped(Type<?> type) {
        return switch (type) {
            case ListType list -> unwrapped(list.getType());
            case NonNullType required -> unwrapped(required.getType());
            case TypeName named -> named.getName();
            default -> throw new IllegalStateException(type.toString());
        };
    }
}
