package dev.selvage;

import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.TestPostgres;
import graphql.language.EnumValue;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where the schema has pages: as root fields, and below which types. */
final class SchemaLists {
    private static final String CONNECTION = "Connection";
    static final TypeDefinitionRegistry SCHEMA = schema();

    /** A list at all the places where a viewer may ask for it. */
    record Places(ListingShapes shapes, String filterInput, boolean root, Set<String> parents) {
        List<ListingShapes.Shape> all(Viewer viewer, SqlSamples samples) {
            return shapes.all(viewer, samples.of(shapes, filterInput), root, keys(samples));
        }

        List<ListingShapes.Shape> firstPages(Viewer viewer, SqlSamples samples) {
            return shapes.firstPages(viewer, samples.of(shapes, filterInput), root, keys(samples));
        }

        private Map<String, Object[]> keys(SqlSamples samples) {
            var keys = new LinkedHashMap<String, Object[]>();
            parents.forEach(type -> keys.put(rowsOf(type), samples.parents(type)));
            return keys;
        }

        /** A column that holds another type's key has that type's name; what an order is made of stands in its lines. */
        private static String rowsOf(String type) {
            return switch (type) {
                case "Fabric" -> "id = ANY (ARRAY(SELECT orders_containing(parent_key)))";
                case "ClientApp" -> "client_id = (SELECT client_id FROM client_apps WHERE client_apps.id = parent_key)";
                default -> type.toLowerCase(Locale.ROOT) + "_id = parent_key";
            };
        }
    }

    /** @param owner the type that it is a field of */
    private record PageField(String owner, boolean ofAdministrators, String type, FieldDefinition field) {}

    private SchemaLists() {}

    /** Types that the schema has pages of. */
    static Set<String> types() {
        return new TreeSet<>(pageFields().map(PageField::type).toList());
    }

    static List<Places> seenBy(Viewer viewer) {
        return Repositories.listings().stream()
                .map(listing -> {
                    var fields = pageFields()
                            .filter(page -> page.type().equals(listing.type()))
                            .toList();
                    var parents = new TreeSet<>(fields.stream()
                            .filter(page -> !page.ofAdministrators() || viewer.role() == Role.ADMIN)
                            .filter(page -> mayAsk(viewer, page.field()))
                            .map(PageField::owner)
                            .toList());
                    return new Places(
                            listing.shapes(), filterInput(fields.getFirst().field()), parents.remove("Query"), parents);
                })
                .toList();
    }

    /** Empty for a list without one. */
    private static String filterInput(FieldDefinition field) {
        return field.getInputValueDefinitions().stream()
                .filter(argument -> argument.getName().equals("filter"))
                .map(argument -> typeName(argument.getType()))
                .findFirst()
                .orElse("");
    }

    /** What {@code @auth} refuses to a viewer asks the database nothing. */
    private static boolean mayAsk(Viewer viewer, FieldDefinition field) {
        if (field.getDirectives("auth").isEmpty() || viewer.role() == Role.ADMIN) {
            return true;
        }
        var auth = field.getDirectives("auth").getFirst();
        var requires = auth.getArgument("requires");
        var scope = auth.getArgument("scope");
        return switch (viewer.role()) {
            case USER ->
                requires == null || !((EnumValue) requires.getValue()).getName().equals("ADMIN");
            case INTEGRATOR ->
                scope != null
                        && viewer.scopes().stream()
                                .map(Scope::word)
                                .anyMatch(word -> word.equals(((StringValue) scope.getValue()).getValue()));
            default -> false;
        };
    }

    private static Stream<PageField> pageFields() {
        var types = Stream.concat(
                SCHEMA.getTypes(ObjectTypeDefinition.class).stream(),
                SCHEMA.objectTypeExtensions().values().stream().flatMap(List::stream));
        return types.flatMap(type -> type.getFieldDefinitions().stream()
                // What has no filter at the root is a ranking, and no table's list.
                .filter(field -> typeName(field.getType()).endsWith(CONNECTION)
                        && (!type.getName().equals("Query")
                                || !filterInput(field).isEmpty()))
                .map(field -> new PageField(type.getName(), isOfAdministrators(type), listed(field), field)));
    }

    private static boolean isOfAdministrators(ObjectTypeDefinition type) {
        return type.getDirectives("auth").stream()
                .map(auth -> auth.getArgument("requires"))
                .anyMatch(requires -> requires != null
                        && ((EnumValue) requires.getValue()).getName().equals("ADMIN"));
    }

    private static String listed(FieldDefinition field) {
        var name = typeName(field.getType());
        return name.substring(0, name.length() - CONNECTION.length());
    }

    private static String typeName(Type<?> type) {
        return type instanceof TypeName named
                ? named.getName()
                : Objects.requireNonNull(type.getChildren()).stream()
                        .map(child -> typeName((Type<?>) child))
                        .findFirst()
                        .orElseThrow();
    }

    private static TypeDefinitionRegistry schema() {
        var registry = new TypeDefinitionRegistry();
        for (var file : TestPostgres.resources("classpath*:graphql/*.graphqls")) {
            registry.merge(new SchemaParser().parse(file));
        }
        return registry;
    }
}
