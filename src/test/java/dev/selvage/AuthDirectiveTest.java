package dev.selvage;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selvage.RequiredAccess.Level;
import dev.selvage.TableAccess.Right;
import dev.selvage.kernel.GlobalId;
import dev.selvage.kernel.ListingShapes;
import dev.selvage.kernel.Viewer;
import dev.selvage.support.Schema;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The schema's {@code @auth} where it does not stand on a field: on types, whose rows the database keeps back, and on filters.
 * Whoever changes the one without the other is told here.
 */
class AuthDirectiveTest {
    private static final GraphQLSchema schema = Schema.of(Schema.ofFiles());

    /** Where no list says it: registrations have no list whose records are theirs alone, and apps have none with pages. */
    private static final Map<String, String> TABLES =
            Map.of("Registration", "event_registrations", "ClientApp", "client_apps");

    @Test
    void aTypesRowsAreSeenByThoseWhomItNames() {
        var compared = new HashSet<Level>();
        for (var type : nodes()) {
            var access = RequiredAccess.of(type);
            compared.add(access.level());
            var table = table(type.getName());

            assertThat(rows(table, "anonymous").equals(Set.of("none")))
                    .as("%s is kept from anonymous callers, as %s says", table, type.getName())
                    .isEqualTo(access.level() != Level.PUBLIC);
            if (access.level() != Level.PUBLIC) {
                assertThat(rows(table, "user"))
                        .as("users and %s", table)
                        .isEqualTo(Set.of(access.level() == Level.OWNER ? "own" : "none"));
                assertThat(rows(table, "integrator"))
                        .as("integrators and %s", table)
                        .isEqualTo(Set.of(access.scope() == null ? "none" : access.scope()));
            }
            assertThat(rows(table, "admin")).as("administrators and %s", table).isEqualTo(Set.of("all"));
        }
        assertThat(compared).contains(Level.PUBLIC, Level.OWNER, Level.ADMIN);
    }

    /** Also where a list lies between them. */
    @Test
    void aFieldThatLeadsFromWhatEverybodySeesToWhatNotEverybodyMaySeeSaysForWhomItIs() {
        var leading = new ArrayList<String>();
        for (var type : objects()
                .filter(type -> isPublic(type) && !isPartOfAList(type))
                // What somebody changed they may see.
                .filter(type -> !type.getName().endsWith("Payload"))
                .toList()) {
            for (var field : type.getFieldDefinitions()) {
                if (!isPublic(listed(field)) && !isOfTheViewer(type, field)) {
                    leading.add(type.getName() + "." + field.getName());
                    assertThat(field.hasAppliedDirective("auth"))
                            .as(leading.getLast())
                            .isTrue();
                }
            }
        }
        assertThat(leading).contains("Query.orders", "InventoryItem.consignor", "Event.registrations");
    }

    /** What is one's own is named so, and is never anybody else's. */
    private static boolean isOfTheViewer(GraphQLObjectType type, GraphQLFieldDefinition field) {
        return type.getName().equals("Viewer") || field.getName().startsWith("viewer");
    }

    private static boolean isPublic(GraphQLNamedType type) {
        return !(type instanceof GraphQLObjectType object)
                || RequiredAccess.of(object).level() == Level.PUBLIC;
    }

    private static boolean isPartOfAList(GraphQLObjectType type) {
        return type.getName().endsWith("Connection") || type.getName().endsWith("Edge");
    }

    private static GraphQLNamedType listed(GraphQLFieldDefinition field) {
        var type = GraphQLTypeUtil.unwrapAll(field.getType());
        return type.getName().endsWith("Connection")
                ? GraphQLTypeUtil.unwrapAll(
                        Objects.requireNonNull(((GraphQLObjectType) type).getFieldDefinition("nodes"))
                                .getType())
                : type;
    }

    @Test
    void aFilterUnderAuthAsksForItsScopeAndForNothingElse() {
        var guarded = 0;
        for (var list : Repositories.listings()) {
            if (!(schema.getType(list.type() + "Filter") instanceof GraphQLInputObjectType input)) {
                continue;
            }
            for (var field : input.getFields()) {
                if (!RequiredAccess.of(field).equals(new RequiredAccess(Level.PUBLIC, null))) {
                    guarded++;
                    var access = RequiredAccess.of(field);
                    var text = textOf(list.shapes(), field);

                    assertThat(access.level()).as(field.getName()).isEqualTo(Level.OWNER);
                    assertThat(text)
                            .contains("user_id = (SELECT viewer_id())")
                            .contains("viewer_reads_all('" + access.scope() + "')");
                }
            }
        }
        assertThat(guarded).isPositive();
    }

    /** A list that everybody may ask for would tell by its order, or by what it leaves out, what its records do not show. */
    @Test
    void filtersAndOrdersSpeakOfWhatWhoeverMayAskIsShown() {
        var compared = new HashSet<String>();
        for (var list : Repositories.listings()) {
            var type = (GraphQLObjectType) Objects.requireNonNull(schema.getType(list.type()));
            for (var root : rootLists(list.type())) {
                var asked = RequiredAccess.of(root);
                spokenOf(root).forEach((name, access) -> {
                    var shown = type.getFieldDefinition(name);
                    if (shown != null) {
                        compared.add(type.getName() + "." + name);
                        assertThat(RequiredAccess.of(shown)
                                        .refusesAnyOf(access.level() == Level.PUBLIC ? asked : access))
                                .as("%s tells %s.%s", root.getName(), type.getName(), name)
                                .isFalse();
                    }
                });
            }
        }
        assertThat(compared).hasSizeGreaterThan(20).contains("InventoryItem.consignor");
    }

    private static Stream<GraphQLObjectType> objects() {
        return schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast);
    }

    private static List<GraphQLObjectType> nodes() {
        return objects()
                .filter(type -> type.getInterfaces().stream()
                        .anyMatch(implemented -> implemented.getName().equals("Node")))
                .toList();
    }

    private static String table(String type) {
        return TABLES.getOrDefault(
                type,
                Repositories.listings().stream()
                        .filter(list -> list.type().equals(type))
                        .map(list -> list.shapes().name())
                        .findFirst()
                        .orElse("no table"));
    }

    /** Without what is seen only in the transaction that placed it, by whoever did. */
    private static Set<String> rows(String table, String role) {
        var rows =
                new HashSet<>(TableAccess.rows(new Right("SELECT", table, role)).before());
        if (rows.remove("placed") && rows.isEmpty()) {
            rows.add("none");
        }
        return rows;
    }

    private static String textOf(ListingShapes shapes, GraphQLInputObjectField field) {
        var type = Stream.of("Consignor", "User", "Event", "Fabric")
                .filter(one -> field.getName().equals(one.toLowerCase(Locale.ROOT) + "Id"))
                .findFirst()
                .orElseThrow();
        var samples = shapes.samples(Map.of(field.getName(), List.of(GlobalId.of(type, 1L))), _ -> false);
        return shapes.firstPages(Viewer.ANONYMOUS, samples.subList(1, 2), true, Map.of())
                .getFirst()
                .text();
    }

    private static List<GraphQLFieldDefinition> rootLists(String type) {
        return schema.getQueryType().getFieldDefinitions().stream()
                .filter(field ->
                        GraphQLTypeUtil.unwrapAll(field.getType()).getName().equals(type + "Connection"))
                .toList();
    }

    /** Names of fields, each with what the argument itself requires. */
    private static Map<String, RequiredAccess> spokenOf(GraphQLFieldDefinition list) {
        var spoken = new java.util.HashMap<String, RequiredAccess>();
        for (var argument : list.getArguments()) {
            if (GraphQLTypeUtil.unwrapAll(argument.getType()) instanceof GraphQLInputObjectType input) {
                for (var field : input.getFields()) {
                    spoken.put(field.getName().replaceFirst("Id$", ""), RequiredAccess.of(field));
                    if (GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLEnumType words
                            && words.getName().endsWith("SortField")) {
                        words.getValues()
                                .forEach(word -> spoken.put(camelCase(word.getName()), RequiredAccess.of(field)));
                    }
                }
            }
        }
        return spoken;
    }

    private static String camelCase(String word) {
        var joined = Arrays.stream(word.split("_", -1))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(joining());
        return joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
    }
}
