package dev.selvage;

import static graphql.schema.GraphQLTypeUtil.isList;
import static graphql.schema.GraphQLTypeUtil.isNonNull;
import static graphql.schema.GraphQLTypeUtil.simplePrint;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapOne;

import graphql.introspection.Introspection.DirectiveLocation;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputValueDefinition;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLUnionType;
import graphql.schema.idl.ScalarInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What callers of one schema lose by another. Names are compared with the same names, so what was renamed is gone.
 *
 * <p>Neither comparison of graphql-java would do. {@code SchemaDiff} walks down from the root fields, so it does not see a
 * type that only {@code node} answers; it does not name an argument that is gone, calls a new one with a default breaking, and
 * says nothing of lost defaults and of directives. {@code SchemaDiffing} pairs what is gone with whatever new resembles it.
 */
final class BreakingChanges {
    @FunctionalInterface
    private interface Comparison<T> {
        void compare(String coordinate, T before, T after);
    }

    private final GraphQLSchema after;
    private final List<BreakingChange> found = new ArrayList<>();

    private BreakingChanges(GraphQLSchema after) {
        this.after = after;
    }

    static List<BreakingChange> between(GraphQLSchema before, GraphQLSchema after) {
        var changes = new BreakingChanges(after);
        changes.compareAll(name -> name, namedTypes(before), namedTypes(after), changes::compareTypes);
        changes.compareAll(
                name -> "@" + name, before.getDirectives(), after.getDirectives(), changes::compareDirectives);
        return changes.found;
    }

    /** Without the specification's own scalars, which a schema has exactly if it says their names. */
    private static List<GraphQLNamedType> namedTypes(GraphQLSchema schema) {
        return schema.getAllTypesAsList().stream()
                .filter(type -> !ScalarInfo.isGraphqlSpecifiedScalar(type.getName()))
                .toList();
    }

    private void compareTypes(String name, GraphQLNamedType before, GraphQLNamedType after) {
        if (before.getClass() != after.getClass()) {
            report(name, "is another kind of type");
            return;
        }
        UnaryOperator<String> member = child -> name + "." + child;
        switch (before) {
            case GraphQLFieldsContainer was -> {
                var is = (GraphQLFieldsContainer) after;
                compareAll(member, was.getFieldDefinitions(), is.getFieldDefinitions(), this::compareFields);
                compareTypeNames(
                        name + " implements ",
                        ((GraphQLImplementingType) was).getInterfaces(),
                        ((GraphQLImplementingType) is).getInterfaces());
            }
            case GraphQLInputObjectType was -> {
                var is = (GraphQLInputObjectType) after;
                compareInputs(member, was.getFields(), is.getFields());
                if (is.isOneOf() && !was.isOneOf()) {
                    report(name, "takes only one of its fields now");
                }
            }
            case GraphQLEnumType was ->
                compareAll(member, was.getValues(), ((GraphQLEnumType) after).getValues(), (_, _, _) -> {});
            case GraphQLUnionType was ->
                compareTypeNames(name + " = ", was.getTypes(), ((GraphQLUnionType) after).getTypes());
            default -> {}
        }
    }

    private void compareFields(String coordinate, GraphQLFieldDefinition before, GraphQLFieldDefinition after) {
        if (!isWithin(after.getType(), before.getType())) {
            reportType(coordinate, before.getType(), after.getType());
        }
        compareInputs(argument -> argumentOf(coordinate, argument), before.getArguments(), after.getArguments());
    }

    private void compareDirectives(String coordinate, GraphQLDirective before, GraphQLDirective after) {
        compareInputs(argument -> argumentOf(coordinate, argument), before.getArguments(), after.getArguments());
        before.validLocations().stream()
                .filter(location -> !after.validLocations().contains(location))
                .map(DirectiveLocation::name)
                .forEach(location -> report(coordinate + " on " + location, "is gone"));
        if (before.isRepeatable() && !after.isRepeatable()) {
            report(coordinate, "is no longer repeatable");
        }
    }

    private <T extends GraphQLInputValueDefinition> void compareInputs(
            UnaryOperator<String> coordinate, List<T> before, List<T> after) {
        compareAll(coordinate, before, after, (at, was, is) -> {
            if (!isWithin(was.getType(), is.getType())) {
                reportType(at, was.getType(), is.getType());
            } else if (isRequired(is) && !isRequired(was)) {
                report(at, "has no default any more, and must be given");
            }
        });
        var known = byName(before);
        after.stream()
                .filter(input -> isRequired(input) && !known.containsKey(input.getName()))
                .forEach(input -> report(coordinate.apply(input.getName()), "is new, and must be given"));
    }

    private void compareTypeNames(
            String prefix,
            List<? extends GraphQLNamedSchemaElement> before,
            List<? extends GraphQLNamedSchemaElement> after) {
        var kept = byName(after);
        byName(before).keySet().stream()
                // A type that is gone is told once.
                .filter(name -> !kept.containsKey(name) && this.after.containsType(name))
                .forEach(name -> report(prefix + name, "is gone"));
    }

    private <T extends GraphQLNamedSchemaElement> void compareAll(
            UnaryOperator<String> coordinate, List<T> before, List<T> after, Comparison<T> comparison) {
        var kept = byName(after);
        for (var was : before) {
            var at = coordinate.apply(was.getName());
            var is = kept.get(was.getName());
            if (is == null) {
                report(at, "is gone");
                continue;
            }
            comparison.compare(at, was, is);
            if (was instanceof GraphQLDirectiveContainer wasOpen && is instanceof GraphQLDirectiveContainer isOpen) {
                var then = RequiredAccess.of(wasOpen);
                var now = RequiredAccess.of(isOpen);
                if (now.refusesAnyOf(then)) {
                    report(at, "needs " + now + " instead of " + then);
                }
            }
        }
    }

    private static <T extends GraphQLNamedSchemaElement> Map<String, T> byName(List<T> elements) {
        return elements.stream().collect(Collectors.toMap(GraphQLNamedSchemaElement::getName, Function.identity()));
    }

    private static boolean isRequired(GraphQLInputValueDefinition input) {
        boolean hasDefault = input instanceof GraphQLArgument argument
                ? argument.hasSetDefaultValue()
                : ((GraphQLInputObjectField) input).hasSetDefaultValue();
        return isNonNull(input.getType()) && !hasDefault;
    }

    /** Whether every value of one type is also one of the other. */
    private static boolean isWithin(GraphQLType inner, GraphQLType outer) {
        if (isNonNull(inner)) {
            return isWithin(unwrapOne(inner), unwrapNonNull(outer));
        }
        if (isNonNull(outer)) {
            return false;
        }
        if (isList(inner) && isList(outer)) {
            return isWithin(unwrapOne(inner), unwrapOne(outer));
        }
        return simplePrint(inner).equals(simplePrint(outer));
    }

    private static String argumentOf(String coordinate, String argument) {
        return "%s(%s:)".formatted(coordinate, argument);
    }

    private void reportType(String coordinate, GraphQLType before, GraphQLType after) {
        report(coordinate, "is %s instead of %s".formatted(simplePrint(after), simplePrint(before)));
    }

    private void report(String coordinate, String what) {
        found.add(new BreakingChange(coordinate, what));
    }
}
