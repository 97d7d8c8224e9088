package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.simplePrint;
import static graphql.schema.GraphQLTypeUtil.unwrapAll;

import dev.selvage.gateway.GeneratedQuery.Below;
import dev.selvage.gateway.GeneratedQuery.Fragment;
import dev.selvage.gateway.GeneratedQuery.Selected;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes valid queries of a schema, each unlike the others: with what no answer had before, and with chance for the rest. It
 * knows nothing of any type by name, so what is new in the schema is asked for.
 */
final class QueryGenerator {
    private static final int MOST_ALIASES = 25;

    private final GraphQLSchema schema;
    private final Coverage coverage;
    private final Random random;
    private final ArgumentValues values;
    private final Map<String, Integer> asked = new HashMap<>();
    private int names;
    private int aliases;

    /** The way that this query goes for certain. */
    private String plan = "";

    QueryGenerator(GraphQLSchema schema, Coverage coverage, LearnedValues learned, Random random) {
        this.schema = schema;
        this.coverage = coverage;
        this.random = random;
        this.values = new ArgumentValues(random, coverage, learned);
    }

    GeneratedQuery next() {
        aliases = 0;
        plan = coverage.untrodden.isEmpty() ? "" : any(coverage.untrodden);
        var query = schema.getQueryType();
        var roots = new LinkedHashSet<GraphQLFieldDefinition>();
        roots.add(leastAsked(query.getFields()));
        if (!plan.isEmpty()) {
            roots.add(leastAsked(query.getFields().stream()
                    .filter(field -> leadsTo(plan.replaceAll("\\..*", ""), field))
                    .toList()));
        }
        var fields = new ArrayList<Selected>();
        for (var root : roots) {
            asked.merge(root.getName(), 1, Integer::sum);
            fields.add(selected(query, root, 0, "", "", false));
        }
        return new GeneratedQuery(new Below(query.getName(), false, "", fields, List.of()));
    }

    private GraphQLFieldDefinition leastAsked(List<GraphQLFieldDefinition> fields) {
        var shuffled = new ArrayList<>(fields);
        Collections.shuffle(shuffled, random);
        return Collections.min(shuffled, Comparator.comparingInt(field -> asked.getOrDefault(field.getName(), 0)));
    }

    /** Whether the first record that the root field leads to can be of this type. */
    private boolean leadsTo(String record, GraphQLFieldDefinition field) {
        if (!coverage.leadsToRecords(field)) {
            return false;
        }
        var type = (GraphQLCompositeType) unwrapAll(field.getType());
        return Coverage.isRecord(type)
                ? coverage.possible(type).stream()
                        .anyMatch(possible -> possible.getName().equals(record))
                : ((GraphQLFieldsContainer) type).getFields().stream().anyMatch(below -> leadsTo(record, below));
    }

    private boolean isPlanned(String way) {
        return plan.equals(way) || plan.startsWith(way + ".");
    }

    private Selected selected(
            GraphQLFieldsContainer parent,
            GraphQLFieldDefinition field,
            int depth,
            String path,
            String via,
            boolean certain) {
        int most = depth < 2 ? 100 : certain ? 20 : 3;
        boolean few = certain || (!plan.isEmpty() && depth == 0 && random.nextBoolean());
        var answered = unwrapAll(field.getType());
        var record = answered instanceof GraphQLInterfaceType && !plan.isEmpty()
                ? plan.replaceAll("\\..*", "")
                : ((GraphQLNamedType) answered).getName();
        var arguments = values.of(parent.getName(), field, record, most, few);
        var below = answered instanceof GraphQLCompositeType type
                ? below(type, depth, path, Coverage.isRecord((GraphQLCompositeType) parent) ? field.getName() : via)
                : null;
        return new Selected(
                parent.getName(),
                field,
                random.nextInt(15) == 0 && !isCursor(field) ? alias(field.getName()) : field.getName(),
                arguments,
                StatementCost.of(parent, field, arguments, coverage),
                below);
    }

    /** Cursors are learned by their names. */
    private static boolean isCursor(GraphQLFieldDefinition field) {
        return field.getName().endsWith("Cursor");
    }

    private String alias(String name) {
        return ++aliases > MOST_ALIASES ? name : "a" + ++names;
    }

    private Below below(GraphQLCompositeType type, int depth, String path, String via) {
        var possible = coverage.possible(type);
        if (!Coverage.isRecord(type)) {
            return concrete((GraphQLObjectType) type, depth, path, via, "");
        }
        if (possible.size() == 1 && possible.contains(type)) {
            var way = Coverage.way(path, via, type, type);
            return perhapsFragment(concrete((GraphQLObjectType) type, depth + 1, way, "", way));
        }
        var chosen = new ArrayList<>(possible);
        Collections.shuffle(chosen, random);
        chosen.sort(Comparator.comparing(record -> !isPlanned(Coverage.way(path, via, type, record))));
        var fragments = new ArrayList<Fragment>();
        Map<String, String> keys = new HashMap<>();
        var shared = new ArrayList<Selected>();
        for (var field : ((GraphQLFieldsContainer) type).getFields()) {
            if (random.nextBoolean()) {
                var selected = selected((GraphQLFieldsContainer) type, field, depth + 1, "", "", false);
                keys.put(selected.key(), simplePrint(field.getType()));
                shared.add(selected);
            }
        }
        for (var record : chosen.subList(0, Math.min(chosen.size(), 3))) {
            var way = Coverage.way(path, via, type, record);
            var below = concrete(record, depth + 1, way, "", way);
            fragments.add(new Fragment(random.nextBoolean() ? "F" + ++names : "", apart(below, keys)));
        }
        return new Below(type.getName(), true, "", shared, fragments);
    }

    /** Fragments on different types meet in one answer, where one key has one kind of value. */
    private Below apart(Below below, Map<String, String> keys) {
        var fields = new ArrayList<Selected>();
        for (var field : below.fields()) {
            var type = simplePrint(field.field().getType());
            var taken = keys.putIfAbsent(field.key(), type);
            fields.add(
                    taken == null || (taken.equals(type) && field.below() == null)
                            ? field
                            : new Selected(
                                    field.parent(),
                                    field.field(),
                                    "a" + ++names,
                                    field.arguments(),
                                    field.statements(),
                                    field.below()));
        }
        return new Below(below.type(), false, below.path(), fields, List.of());
    }

    private Below perhapsFragment(Below below) {
        if (random.nextInt(8) > 0 || below.fields().size() < 2) {
            return below;
        }
        int half = below.fields().size() / 2;
        var name = random.nextBoolean() ? "F" + ++names : "";
        var inner = new Below(
                below.type(),
                false,
                "",
                below.fields().subList(half, below.fields().size()),
                List.of());
        return new Below(
                below.type(), false, below.path(), below.fields().subList(0, half), List.of(new Fragment(name, inner)));
    }

    /** @param path of a record: the way to it; of what is between records: the way to the one before */
    private Below concrete(GraphQLObjectType type, int depth, String path, String via, String record) {
        var fields = new ArrayList<Selected>();
        for (var field : choose(type, depth, path, via)) {
            fields.add(selected(type, field, depth, path, via, goesOn(type, field, path, via)));
        }
        return new Below(type.getName(), false, record, fields, List.of());
    }

    /** Whether the plan goes through this field. */
    private boolean goesOn(GraphQLObjectType type, GraphQLFieldDefinition field, String path, String via) {
        if (plan.isEmpty() || !coverage.leadsToRecords(field)) {
            return false;
        }
        if (path.isEmpty()) {
            return leadsTo(plan.replaceAll("\\..*", ""), field);
        }
        var name = Coverage.isRecord(type) ? field.getName() : via;
        var next = path + "." + name;
        return isPlanned(path) && (isPlanned(next) || plan.startsWith(next + "("));
    }

    private Collection<GraphQLFieldDefinition> choose(GraphQLObjectType type, int depth, String path, String via) {
        var chosen = new LinkedHashSet<GraphQLFieldDefinition>();
        var onward = new ArrayList<GraphQLFieldDefinition>();
        var here = new ArrayList<GraphQLFieldDefinition>();
        for (var field : type.getFields()) {
            if (!Coverage.isComparable(field)) {
                continue;
            }
            if (!coverage.leadsToRecords(field)) {
                here.add(field);
            } else if (depth < Coverage.DEPTH) {
                onward.add(field);
            }
        }
        Collections.shuffle(onward, random);
        Collections.shuffle(here, random);
        // Between records one way on is enough: there the fields are the same list in two forms.
        int ways = !Coverage.isRecord(type) ? 1 : depth < 2 ? 2 : random.nextInt(2);
        onward.stream().filter(field -> goesOn(type, field, path, via)).limit(1).forEach(chosen::add);
        onward.stream().filter(field -> isUnanswered(type, field)).limit(1).forEach(chosen::add);
        onward.stream().limit(Math.max(0, ways - chosen.size())).forEach(chosen::add);
        here.stream().filter(field -> isUnanswered(type, field)).limit(6).forEach(chosen::add);
        here.stream().limit(chosen.size() > 6 ? 0 : 1 + random.nextInt(3)).forEach(chosen::add);
        return chosen;
    }

    private boolean isUnanswered(GraphQLObjectType type, GraphQLFieldDefinition field) {
        return coverage.unansweredFields.contains(type.getName() + "." + field.getName());
    }

    private <T> T any(Collection<T> values) {
        return values.stream().skip(random.nextInt(values.size())).findFirst().orElseThrow();
    }
}
