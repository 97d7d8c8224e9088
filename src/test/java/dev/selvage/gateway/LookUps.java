package dev.selvage.gateway;

import static graphql.schema.GraphQLTypeUtil.unwrapAll;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All the ways in which a schema lets callers name a record: by an id wherever one is taken, and by each key of a {@code by}. */
final class LookUps {
    /**
     * One way.
     *
     * @param place the field and what of its arguments names the record
     * @param type the type of the record that is named
     * @param key what names it, as the schema calls it
     * @param query with {@code %s} for the key's value
     */
    record Way(String place, String type, String key, String query) {
        String with(String value) {
            return query.replace("%s", value);
        }

        @Override
        public String toString() {
            return place + " of " + type;
        }
    }

    private final ServedSchema served;
    private final Map<String, List<String>> parents;
    private final Set<String> records;
    private final List<Way> ways = new ArrayList<>();

    /** @param parents how a query comes to a record of a type: with {@code %s} for what is selected there */
    LookUps(GraphQLSchema schema, ServedSchema served, Map<String, List<String>> parents) {
        this.served = served;
        this.parents = parents;
        this.records = schema.getAllTypesAsList().stream()
                .filter(type -> type instanceof GraphQLObjectType object
                        && object.getInterfaces().stream()
                                .anyMatch(of -> of.getName().equals("Node")))
                .map(GraphQLNamedSchemaElement::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        for (var type : schema.getAllTypesAsList()) {
            // What a mutation is told of a record that is not the viewer's, each domain's own tests say.
            if (type instanceof GraphQLObjectType object
                    && !object.getName().startsWith("__")
                    && !object.getName().equals("Mutation")) {
                object.getFieldDefinitions().forEach(field -> visit(object.getName(), field));
            }
        }
    }

    /** The types of everything that has an id. */
    Set<String> records() {
        return records;
    }

    List<Way> ways() {
        return ways;
    }

    private void visit(String owner, GraphQLFieldDefinition field) {
        for (var argument : field.getArguments()) {
            visit(owner, field, argument.getName(), argument.getName() + ": %s", argument.getType(), false);
        }
    }

    private void visit(
            String owner, GraphQLFieldDefinition field, String name, String text, GraphQLType declared, boolean oneOf) {
        var type = unwrapAll(declared);
        if (type instanceof GraphQLInputObjectType input) {
            for (var key : input.getFields()) {
                var inner = text.replace("%s", "{ " + key.getName() + ": %s }");
                visit(owner, field, key.getName(), inner, key.getType(), input.isOneOf());
            }
        } else if (oneOf || type.getName().equals("ID")) {
            add(owner, field, name, text, oneOf);
        }
    }

    private void add(String owner, GraphQLFieldDefinition field, String name, String text, boolean oneOf) {
        var place = owner + "." + field.getName() + "(" + text.replace("%s", "…") + ")";
        for (var record : named(place, field, name, oneOf)) {
            var query = field.getName() + "(" + text + ") { " + selection(field, record) + " }";
            for (var parent : parentsOf(owner)) {
                ways.add(new Way(place, record, oneOf ? name : "id", "{ " + parent.replace("%s", query) + " }"));
            }
        }
    }

    /** What an id is of, by where it stands or by its own name. */
    private Set<String> named(String place, GraphQLFieldDefinition field, String name, boolean oneOf) {
        var answered = unwrapAll(field.getType()).getName();
        if (answered.equals("Node") || name.equals("subjectId")) {
            return records;
        }
        if (oneOf || name.equals("id")) {
            return Set.of(answered);
        }
        var type = name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1).replaceFirst("Id$", "");
        if (!records.contains(type)) {
            throw new AssertionError(
                    place + " takes the id of a record, and its name does not tell of which type. Call it"
                            + " after the type, such as `eventId`, or tell LookUps.");
        }
        return Set.of(type);
    }

    private String selection(GraphQLFieldDefinition field, String record) {
        var answered = unwrapAll(field.getType()).getName();
        return answered.equals("Node")
                ? "__typename id ... on " + record + " { " + served.selectionOfAll(record) + " }"
                : served.selectionOfAll(answered);
    }

    private List<String> parentsOf(String owner) {
        if (owner.equals("Query")) {
            return List.of("%s");
        }
        var known = parents.get(owner);
        if (known == null) {
            throw new AssertionError("A field of " + owner
                    + " takes the id of a record. Tell this test how a query comes to" + " that type.");
        }
        return known;
    }
}
