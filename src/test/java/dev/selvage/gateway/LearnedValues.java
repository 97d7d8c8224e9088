package dev.selvage.gateway;

import dev.selvage.gateway.GeneratedQuery.Reader;
import dev.selvage.gateway.GeneratedQuery.Selected;
import dev.selvage.gateway.GeneratedQuery.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values that stood in answers, to ask with: ids, words, codes, days, cursors. Other people's too. */
final class LearnedValues implements Reader {
    /**
     * Where a page ended or began.
     *
     * @param arguments that it holds for
     */
    record Cursor(String text, Map<String, Object> arguments) {}

    private static final int MOST = 200;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{3,}");
    private static final Map<String, Object> FALLBACK = Map.of(
            "DateTime", "2026-11-22T09:30:00Z",
            "Date", "2026-11-22",
            "Decimal", "12.50",
            "EmailAddress", "nobody@example.com",
            "Boolean", true,
            "Int", 10,
            "ID", "RXZlbnQ6MQ",
            "String", "linen");

    /** Bounds that leave something within. */
    private static final Map<String, Object> WIDE = Map.of(
            "DateTime gte", "2020-01-01T00:00:00Z",
            "DateTime lt", "2040-01-01T00:00:00+02:00",
            "Date gte", "2020-01-01",
            "Date lte", "2040-01-01",
            "Decimal gte", "0",
            "Decimal lte", 10_000);

    private final Map<String, List<Object>> pools = new HashMap<>();
    private final Map<String, List<Cursor>> cursors = new HashMap<>();

    private final Set<String> askers = new LinkedHashSet<>(Set.of(""));
    private String asker = "";

    /** Whose the answer is that is read next. */
    void from(String name) {
        asker = name;
        askers.add(name);
    }

    @Override
    public void record(String path) {}

    @Override
    public void value(String type, Selected selected, JsonNode value) {
        var name = selected.field().getName();
        if (name.equals("id")) {
            add("id of " + type, value.asString());
            add("id of " + type + " for " + asker, value.asString());
        }
        if (selected.outputType().endsWith("Connection")) {
            cursorsOf(selected, value);
        } else if (value.isValueNode()
                && !selected.outputType().equals("ID")
                && !name.toLowerCase(Locale.ROOT).endsWith("cursor")) {
            Object plain = value.isInt() ? value.asInt() : value.isBoolean() ? value.asBoolean() : value.asString();
            add(selected.outputType() + " " + name, plain);
            add(selected.outputType(), plain);
            if (selected.outputType().equals("String")) {
                WORD.matcher(value.asString()).results().forEach(word -> add("word", word.group()));
            }
        } else if (selected.outputType().equals("JSON")) {
            value.propertyNames().forEach(path -> add("String path", path));
        }
    }

    private void cursorsOf(Selected connection, JsonNode value) {
        if (connection.below() == null) {
            return;
        }
        for (var part : connection.below().fields()) {
            if (part.outputType().equals("PageInfo") && part.below() != null) {
                for (var end : part.below().fields()) {
                    var cursor = value.path(part.key()).path(end.key());
                    if (cursor.isString()) {
                        var among = cursors.computeIfAbsent(connection.outputType(), _ -> new ArrayList<>());
                        if (among.size() < MOST) {
                            among.add(new Cursor(cursor.asString(), heldFor(connection.arguments())));
                        }
                    }
                }
            }
        }
    }

    private static Map<String, Object> heldFor(Map<String, Object> arguments) {
        Map<String, Object> kept = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            if (!name.matches("first|last|after|before|filter")) {
                kept.put(name, withoutVariables(value));
            }
        });
        return kept;
    }

    /** Another query has variables of its own. */
    private static Object withoutVariables(Object value) {
        return switch (value) {
            case Variable variable -> withoutVariables(variable.value());
            case List<?> list ->
                list.stream().map(LearnedValues::withoutVariables).toList();
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<Object, Object>();
                map.forEach((name, field) -> plain.put(name, withoutVariables(field)));
                yield plain;
            }
            default -> value;
        };
    }

    private void add(String pool, Object value) {
        var values = pools.computeIfAbsent(pool, _ -> new ArrayList<>());
        if (values.size() < MOST && !values.contains(value)) {
            values.add(value);
        }
    }

    @Nullable
    Cursor cursor(String connection, Random random) {
        var among = cursors.get(connection);
        return among == null ? null : among.get(random.nextInt(among.size()));
    }

    /**
     * A value of this scalar.
     *
     * @param name of the argument or input field
     * @param record the type that the whole field answers
     */
    Object value(String scalar, String name, String record, Random random) {
        var wide = WIDE.get(scalar + " " + name);
        if (wide != null && random.nextInt(10) < 7) {
            return wide;
        }
        if (scalar.equals("ID")) {
            return id(name, record, random);
        }
        if (name.equals("search") || name.equals("query")) {
            return search(random);
        }
        if (name.equals("max")) {
            return List.of(0, 1, 10, 10_000, 100_000).get(random.nextInt(5));
        }
        var named = pools.get(scalar + " " + singular(name));
        if (named != null && random.nextInt(20) > 0) {
            return any(named, random);
        }
        return any(pools.getOrDefault(scalar, fallback(scalar)), random);
    }

    private Object id(String name, String record, Random random) {
        var named = name.equals("id")
                ? record
                : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.replaceAll("^.|Id$", "");
        // Few records are one's own, so it is one of those every other time.
        var own = pools.get("id of " + named + " for " + any(List.copyOf(askers), random));
        var known = own == null || random.nextBoolean() ? pools.get("id of " + named) : own;
        return known != null && random.nextInt(10) > 0 ? any(known, random) : anyId(random);
    }

    /** Of any type: what is nothing's id is one of something else. */
    private Object anyId(Random random) {
        var types = pools.keySet().stream()
                .filter(pool -> pool.startsWith("id of "))
                .sorted()
                .toList();
        return types.isEmpty()
                ? any(fallback("ID"), random)
                : any(pools.getOrDefault(types.get(random.nextInt(types.size())), fallback("ID")), random);
    }

    private String search(Random random) {
        var words = pools.getOrDefault("word", fallback("String"));
        var word = (String) any(words, random);
        return switch (random.nextInt(8)) {
            case 0 -> word + " " + any(words, random);
            case 1 -> word + " or " + any(words, random);
            case 2 -> word.substring(0, 3) + "*";
            case 3 -> word.substring(0, word.length() / 2) + word.substring(word.length() / 2 + 1);
            case 4 -> "\"" + word + "\" -" + any(words, random);
            default -> word;
        };
    }

    private static String singular(String name) {
        return name.equals("tags") || name.equals("path") ? name : name.replaceAll("s$", "");
    }

    private static List<Object> fallback(String scalar) {
        var value = FALLBACK.get(scalar);
        if (value == null) {
            throw new IllegalArgumentException("Say what values of " + scalar + " look like.");
        }
        return List.of(value);
    }

    private static Object any(List<Object> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
