package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.isNonNull;
import static graphql.schema.GraphQLTypeUtil.simplePrint;
import static graphql.schema.GraphQLTypeUtil.unwrapAll;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapOne;

import dev.selvage.gateway.GeneratedQuery.Size;
import dev.selvage.gateway.GeneratedQuery.Variable;
import dev.selvage.gateway.GeneratedQuery.Word;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up the arguments of a field: valid ones, and such that there often is something to find. */
final class ArgumentValues {
    private static final Word NULL = new Word("null");

    private final Random random;
    private final Coverage coverage;
    private final LearnedValues learned;
    private int variables;

    ArgumentValues(Random random, Coverage coverage, LearnedValues learned) {
        this.random = random;
        this.coverage = coverage;
        this.learned = learned;
    }

    /**
     * @param record the type that is answered, or that had better be
     * @param most rows of a page
     * @param few whether to say no more than must be said, so that everything is found
     */
    Map<String, Object> of(String parent, GraphQLFieldDefinition field, String record, int most, boolean few) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        page(parent, field, record, most, few, arguments);
        boolean fromCursor = arguments.containsKey("after") || arguments.containsKey("before");
        for (var argument : field.getArguments()) {
            var name = argument.getName();
            if (name.matches("first|last|after|before")
                    || arguments.containsKey(name)
                    || (fromCursor && !name.equals("filter"))) {
                continue;
            }
            boolean required = isNonNull(argument.getType()) && !argument.hasSetDefaultValue();
            boolean unused = coverage.unusedArguments.remove(parent + "." + field.getName() + "(" + name + ")");
            if (required || (!few && (unused || isNewWithin(argument.getType()) || random.nextInt(4) == 0))) {
                arguments.put(
                        name,
                        !isNonNull(argument.getType()) && random.nextInt(30) == 0
                                ? NULL
                                : value(argument.getType(), name, record, simplePrint(argument.getType()), 30));
            }
        }
        return arguments;
    }

    /** Where a page begins and how long it is; a cursor brings along what it was made for. */
    private void page(
            String parent,
            GraphQLFieldDefinition field,
            String record,
            int most,
            boolean few,
            Map<String, Object> arguments) {
        if (field.getArgument("first") == null) {
            return;
        }
        boolean bothWays = field.getArgument("last") != null;
        boolean backward = bothWays && (isUnused(parent, field, "last") || random.nextInt(3) == 0);
        if (random.nextInt(12) > 0 || few) {
            use(parent, field, backward ? "last" : "first");
            arguments.put(backward ? "last" : "first", perhapsVariable(new Size(most), "Int", 30));
        }
        boolean isNew = isUnused(parent, field, "after") || (bothWays && isUnused(parent, field, "before"));
        var cursor = few || (!isNew && random.nextInt(4) > 0) ? null : learned.cursor(record, random);
        if (cursor != null) {
            boolean before = bothWays && (isUnused(parent, field, "before") || random.nextInt(3) == 0);
            arguments.putAll(cursor.arguments());
            use(parent, field, before ? "before" : "after");
            arguments.put(before ? "before" : "after", perhapsVariable(cursor.text(), "String", 30));
            if (random.nextInt(8) == 0 && bothWays) {
                use(parent, field, before ? "after" : "before");
                arguments.put(before ? "after" : "before", cursor.text());
            }
        }
    }

    private boolean isNewWithin(GraphQLInputType type) {
        var parts = switch (unwrapAll(type)) {
            case GraphQLInputObjectType input -> input.getFields();
            case GraphQLEnumType words -> words.getValues();
            default -> List.<GraphQLNamedSchemaElement>of();
        };
        var name = unwrapAll(type).getName();
        return parts.stream()
                .anyMatch(part -> coverage.unusedArguments.contains(name + "." + part.getName())
                        || (part instanceof GraphQLInputObjectField field
                                && unwrapAll(field.getType()) instanceof GraphQLEnumType words
                                && isNewWithin(words)));
    }

    private boolean isUnused(String parent, GraphQLFieldDefinition field, String argument) {
        return coverage.unusedArguments.contains(parent + "." + field.getName() + "(" + argument + ")");
    }

    private void use(String parent, GraphQLFieldDefinition field, String argument) {
        coverage.unusedArguments.remove(parent + "." + field.getName() + "(" + argument + ")");
    }

    private Object perhapsVariable(Object value, String type, int percent) {
        return random.nextInt(100) < percent ? new Variable("v" + ++variables, type, value) : value;
    }

    /**
     * @param name of the argument or input field
     * @param record the type that the whole field answers
     * @param declared the type that a variable for it has
     * @param percent how often it is a variable; none where it is within one
     */
    private Object value(GraphQLInputType type, String name, String record, String declared, int percent) {
        boolean variable = random.nextInt(100) < percent;
        int inner = variable ? 0 : percent / 2;
        var value = switch (unwrapNonNull(type)) {
            case GraphQLList list -> {
                var element = (GraphQLInputType) unwrapOne(list);
                var values = new ArrayList<Object>();
                for (int i = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
                    values.add(value(element, name, record, simplePrint(element), inner));
                }
                yield values;
            }
            case GraphQLInputObjectType input -> object(input, record, inner);
            case GraphQLEnumType words -> word(words);
            default -> learned.value(((GraphQLNamedType) unwrapAll(type)).getName(), name, record, random);
        };
        return variable ? perhapsVariable(value, declared, 100) : value;
    }

    private Word word(GraphQLEnumType words) {
        var unused = words.getValues().stream()
                .filter(word -> coverage.unusedArguments.contains(words.getName() + "." + word.getName()))
                .toList();
        var among = unused.isEmpty() ? words.getValues() : unused;
        var word = among.get(random.nextInt(among.size())).getName();
        coverage.unusedArguments.remove(words.getName() + "." + word);
        return new Word(word);
    }

    private Map<String, Object> object(GraphQLInputObjectType input, String record, int percent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var field : fieldsOf(input)) {
            coverage.unusedArguments.remove(input.getName() + "." + field.getName());
            var declared = simplePrint(field.getType()) + (input.isOneOf() ? "!" : "");
            fields.put(field.getName(), value(field.getType(), field.getName(), record, declared, percent));
        }
        return fields;
    }

    /** Of a oneOf input one field; of others those that must be, and some of the rest: one that is new, or a few. */
    private List<GraphQLInputObjectField> fieldsOf(GraphQLInputObjectType input) {
        var unused = input.getFields().stream()
                .filter(field -> coverage.unusedArguments.contains(input.getName() + "." + field.getName())
                        || isNewWithin(field.getType()))
                .toList();
        var one = unused.isEmpty() ? input.getFields() : unused;
        var chosen = one.get(random.nextInt(one.size()));
        if (input.isOneOf()) {
            return List.of(chosen);
        }
        boolean all = random.nextInt(30) == 0;
        int odds = unused.isEmpty() ? 1 + input.getFields().size() : 8;
        return input.getFields().stream()
                .filter(field -> field.equals(chosen)
                        || all
                        || random.nextInt(odds) == 0
                        || (isNonNull(field.getType()) && !field.hasSetDefaultValue()))
                .toList();
    }
}
