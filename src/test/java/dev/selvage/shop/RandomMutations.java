package dev.selvage.shop;

import static graphql.schema.GraphQLTypeUtil.isNonNull;
import static graphql.schema.GraphQLTypeUtil.simplePrint;
import static graphql.schema.GraphQLTypeUtil.unwrapAll;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapOne;

import dev.selvage.kernel.GlobalId;
import dev.selvage.support.Schema;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes up mutations: every one that the schema has, of records that are there, with inputs that often are right. */
final class RandomMutations {
    private static final String ERRORS = "userErrors { __typename code message path }";

    private final Shop shop;
    private final Random random;
    private final RandomValues values;
    private final GraphQLSchema schema;
    private final List<GraphQLFieldDefinition> mutations;

    RandomMutations(Shop shop, Random random) {
        this.shop = shop;
        this.random = random;
        values = new RandomValues(random);
        schema = Schema.running(shop.gateway());
        mutations = Objects.requireNonNull(schema.getMutationType()).getFieldDefinitions();
    }

    List<String> names() {
        return mutations.stream().map(GraphQLFieldDefinition::getName).toList();
    }

    Attempt any() {
        return of(mutations.get(random.nextInt(mutations.size())));
    }

    Attempt of(String name) {
        return of(mutations.stream()
                .filter(mutation -> mutation.getName().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private Attempt of(GraphQLFieldDefinition mutation) {
        var person = shop.somebody();
        var argument = mutation.getArguments().getFirst();
        var input = new Made(person, record(mutation)).value(argument.getType(), argument.getName());
        return new Attempt(
                person,
                mutation.getName(),
                payload(mutation),
                argument.getName(),
                simplePrint(argument.getType()),
                Map.of(argument.getName(), Objects.requireNonNull(input)));
    }

    /** The type of the record that the mutation is about. */
    private String record(GraphQLFieldDefinition mutation) {
        var payload = (GraphQLObjectType) unwrapAll(mutation.getType());
        return payload.getFields().stream()
                .map(field -> unwrapAll(field.getType()))
                .filter(type -> type instanceof GraphQLObjectType object && isRecord(object))
                .map(type -> ((GraphQLObjectType) type).getName())
                .findFirst()
                .orElseGet(() -> payload.getName().replaceAll("^Delete|Payload$", ""));
    }

    private boolean isRecord(GraphQLObjectType type) {
        return type.getInterfaces().contains(schema.getType("Node"));
    }

    private String payload(GraphQLFieldDefinition mutation) {
        var selection = new StringBuilder("{ ");
        for (var field : ((GraphQLObjectType) unwrapAll(mutation.getType())).getFields()) {
            if (!field.getName().equals("userErrors")) {
                selection.append(select(field, 0));
            }
        }
        return selection.append(ERRORS).append(" }").toString();
    }

    /** All that a record has of its own. */
    private String select(GraphQLFieldDefinition field, int depth) {
        GraphQLOutputType type = field.getType();
        return switch (unwrapAll(type)) {
            case GraphQLScalarType _, GraphQLEnumType _ -> field.getName() + " ";
            case GraphQLObjectType object
            when (depth == 0 || !isRecord(object)) && !isPage(object) -> {
                var inner = new StringBuilder();
                object.getFields().forEach(one -> inner.append(select(one, depth + 1)));
                yield inner.isEmpty() ? "" : field.getName() + " { " + inner + "} ";
            }
            case GraphQLObjectType object when isRecord(object) -> field.getName() + " { id } ";
            case GraphQLInterfaceType _, GraphQLUnionType _ -> "";
            default -> "";
        };
    }

    private static boolean isPage(GraphQLObjectType type) {
        return type.getName().endsWith("Connection");
    }

    /** The input of one mutation. */
    private final class Made {
        private final Shop.Person person;
        private final String record;

        Made(Shop.Person person, String record) {
            this.person = person;
            this.record = record;
        }

        @Nullable
        Object value(GraphQLInputType type, String name) {
            return switch (unwrapNonNull(type)) {
                case GraphQLList list -> {
                    var element = (GraphQLInputType) unwrapOne(list);
                    var elements = new ArrayList<@Nullable Object>();
                    for (int i = random.nextInt(30) == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
                        elements.add(value(element, name));
                    }
                    yield elements;
                }
                case GraphQLInputObjectType object
                when object.isOneOf() -> {
                    var field = object.getFields()
                            .get(random.nextInt(object.getFields().size()));
                    yield Map.of(field.getName(), Objects.requireNonNull(oneOf(object, field)));
                }
                case GraphQLInputObjectType object -> object(object);
                case GraphQLEnumType words -> values.word(words);
                case GraphQLScalarType scalar ->
                    scalar.getName().equals("ID") ? id(typeOf(name)) : values.scalar(scalar.getName(), name);
                default -> throw new IllegalStateException(simplePrint(type));
            };
        }

        private @Nullable Object oneOf(GraphQLInputObjectType object, GraphQLInputObjectField field) {
            // An item that is bought, by its id or by what stands on its label.
            if (object.getName().equals("InventoryItemBy") && field.getName().equals("id")) {
                return id("ItemForSale");
            }
            return value(field.getType(), field.getName());
        }

        private String typeOf(String name) {
            return name.equals("id")
                    ? record
                    : Character.toUpperCase(name.charAt(0)) + name.substring(1, name.length() - 2);
        }

        private String id(String type) {
            var row = shop.any(type, person);
            return globalId(type, row);
        }

        private String globalId(String type, Shop.@Nullable Row row) {
            return row == null || random.nextInt(60) == 0
                    ? GlobalId.of(
                            random.nextInt(3) == 0 ? "Order" : type, random.nextBoolean() ? 4711 : UUID.randomUUID())
                    : GlobalId.of(type.equals("ItemForSale") ? "InventoryItem" : type, row.id());
        }

        private Map<String, @Nullable Object> object(GraphQLInputObjectType type) {
            var made = new LinkedHashMap<String, @Nullable Object>();
            var windows = values.windows();
            // A line of an order names what it is of by its own id.
            var of = type.getName().equals("FabricLineInput") ? "Fabric" : record;
            var row = type.getField("id") == null ? null : shop.any(of, person);
            for (var field : type.getFields()) {
                var name = field.getName();
                boolean required = isNonNull(field.getType()) && !field.hasSetDefaultValue();
                if (!required && random.nextInt(5) < 2) {
                    continue;
                }
                if (!required && !isNonNull(field.getType()) && random.nextInt(15) == 0) {
                    made.put(name, null);
                } else if (name.equals("id")) {
                    made.put(name, globalId(of, row));
                } else if (name.equals("expectedVersion")) {
                    made.put(name, (row == null ? 1 : row.version()) + (random.nextInt(12) == 0 ? 1 : 0));
                } else if (windows.containsKey(name)) {
                    made.put(name, windows.get(name));
                } else {
                    made.put(name, value(field.getType(), name));
                }
            }
            return made;
        }
    }
}
