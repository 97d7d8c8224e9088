package dev.selvage;

import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.Role;
import dev.selvage.kernel.Scope;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.TestPostgres;
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
    private static final TypeDefinitionRegistry SCHEMA = schema();

    /** A list at all the places where a viewer may ask for it. */
    record Places(ListingShapes shapes, boolean root, Set<String> parents) {
        List<ListingShapes.Shape> all(Viewer viewer, SqlSamples samples) {
            return shapes.all(viewer, samples.of(shapes), root, keys(samples));
        }

        List<ListingShapes.Shape> firstPages(Viewer viewer, SqlSamples samples) {
            return shapes.firstPages(viewer, samples.of(shapes), root, keys(samples));
        }

        private Map<String, Object[]> keys(SqlSamples samples) {
            var keys = new LinkedHashMap<String, Object[]>();
            // A column that holds another type's key has that type's name.
            parents.forEach(type -> keys.put(type.toLowerCase(Locale.ROOT) + "_id", samples.parents(type)));
            return keys;
        }
    }

    private record PageField(String owner, String type, FieldDefinition field) {}

    private SchemaLists() {}

    /** Types that the schema has pages of. */
    static Set<String> types() {
        return new TreeSet<>(pageFields().map(PageField::type).toList());
    }

    static List<Places> seenBy(Viewer viewer) {
        return Repositories.listings().stream()
                .map(listing -> {
                    var owners = pageFields()
                            .filter(page -> page.type().equals(listing.type()) && mayAsk(viewer, page.field()))
                            .map(PageField::owner)
                            .toList();
                    var parents = new TreeSet<>(owners);
                    return new Places(listing.shapes(), parents.remove("Query"), parents);
                })
                .toList();
    }

    /** What {@code @auth} refuses to a viewer asks the database nothing. */
    private static boolean mayAsk(Viewer viewer, FieldDefinition field) {
        if (field.getDirectives("auth").isEmpty() || viewer.role() == Role.ADMIN) {
            return true;
        }
        var scope = field.getDirectives("auth").getFirst().getArgument("scope");
        return viewer.role() == Role.INTEGRATOR
                && scope != null
                && viewer.scopes().stream()
                        .map(Scope::word)
                        .anyMatch(word -> word.equals(((StringValue) scope.getValue()).getValue()));
    }

    private static Stream<PageField> pageFields() {
        var types = Stream.concat(
                SCHEMA.getTypes(ObjectTypeDefinition.class).stream(),
                SCHEMA.objectTypeExtensions().values().stream().flatMap(List::stream));
        return types.flatMap(type -> type.getFieldDefinitions().stream()
                .filter(field -> typeName(field.getType()).endsWith(CONNECTION))
                .map(field -> new PageField(type.getName(), listed(field), field)));
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
