package dev.selvage;

import static graphql.schema.GraphQLTypeUtil.isList;
import static graphql.schema.GraphQLTypeUtil.isNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapAll;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapOne;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.selvage.kernel.SchemaWiring;
import dev.selvage.support.Gateway;
import dev.selvage.support.Schema;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every type and field of the schema, today's and next year's. */
class SchemaShapeTest {
    private record Field(GraphQLFieldsContainer parent, GraphQLFieldDefinition definition) {
        String name() {
            return parent.getName() + "." + definition.getName();
        }

        GraphQLOutputType type() {
            return definition.getType();
        }
    }

    private static final Gateway gateway = Gateway.running();
    private static final GraphQLSchema schema = Schema.running(gateway);
    private static final List<GraphQLNamedType> types = schema.getAllTypesAsList().stream()
            .filter(type -> !type.getName().startsWith("__"))
            .toList();
    private static final List<Field> fields = of(GraphQLFieldsContainer.class)
            .flatMap(type -> type.getFieldDefinitions().stream().map(field -> new Field(type, field)))
            .toList();

    @Test
    void aFieldIsNullableInJavaExactlyWhereItIsInTheSchema() {
        var wiring = gateway.bean(SchemaWiring.class);
        var seen = new ArrayList<Boolean>();
        var faults = new ArrayList<String>();
        for (var field : fields) {
            var method =
                    wiring.method(field.parent().getName(), field.definition().getName());
            if (method != null) {
                seen.add(isNonNull(field.type()));
                compare(field.name(), field.type(), method.getAnnotatedReturnType(), faults);
            }
        }

        assertThat(faults).isEmpty();
        assertThat(seen).as("fields that methods answer").contains(true, false);
    }

    private static void compare(String place, GraphQLType told, AnnotatedType java, List<String> faults) {
        boolean mayBeNull = java.isAnnotationPresent(Nullable.class);
        if (mayBeNull == isNonNull(told)) {
            faults.add(place + (mayBeNull ? " may be null in Java, but not" : " is never null in Java, but may be")
                    + " in the schema");
        }
        if (isList(unwrapNonNull(told))) {
            assertThat(java).as(place).isInstanceOf(AnnotatedParameterizedType.class);
            var element = ((AnnotatedParameterizedType) java).getAnnotatedActualTypeArguments()[0];
            compare("an element of " + place, unwrapOne(unwrapNonNull(told)), element, faults);
        }
    }

    @Test
    void anEnumHasTheSameWordsInJava() {
        var java = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.selvage").stream()
                        .filter(JavaClass::isEnum)
                        .toList();
        var compared = new ArrayList<String>();
        of(GraphQLEnumType.class)
                .forEach(told -> java.stream()
                        .filter(type -> type.getSimpleName().equals(told.getName()))
                        .forEach(type -> {
                            compared.add(told.getName());
                            assertThat(Arrays.stream(type.reflect().getEnumConstants())
                                            .map(constant -> ((Enum<?>) constant).name()))
                                    .as(told.getName())
                                    .containsExactlyElementsOf(told.getValues().stream()
                                            .map(GraphQLEnumValueDefinition::getName)
                                            .toList());
                        }));
        // A list's sort is words of its declaration, and the directives' words have no type in Java.
        var answered = fields.stream()
                .filter(field -> field.parent() instanceof GraphQLObjectType)
                .map(field -> unwrapAll(field.type()))
                .filter(type -> type instanceof GraphQLEnumType)
                .map(GraphQLNamedType::getName);

        assertThat(compared).doesNotHaveDuplicates().containsAll(answered.toList());
    }

    @Test
    void everyNameIsWrittenAsTheOthers() {
        var typeNames = types.stream().filter(type -> !(type instanceof GraphQLScalarType));
        var arguments = Stream.concat(
                        fields.stream().map(Field::definition).flatMap(field -> field.getArguments().stream()),
                        schema.getDirectives().stream().flatMap(directive -> directive.getArguments().stream()))
                .map(GraphQLArgument::getName);
        var members = Stream.concat(
                fields.stream().map(field -> field.definition().getName()),
                of(GraphQLInputObjectType.class)
                        .flatMap(type -> type.getFields().stream())
                        .map(GraphQLInputObjectField::getName));

        assertThat(typeNames.map(GraphQLNamedSchemaElement::getName))
                .allMatch(name -> name.matches("([A-Z][a-z0-9]+)+"));
        assertThat(Stream.concat(members, arguments)).allMatch(name -> name.matches("[a-z][a-z0-9]*([A-Z][a-z0-9]+)*"));
        assertThat(of(GraphQLEnumType.class).flatMap(type -> type.getValues().stream()))
                .extracting(GraphQLEnumValueDefinition::getName)
                .allMatch(name -> name.matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"));
    }

    /** By its own {@code @listSize}, or by that of every field that its parent is reached by. */
    @Test
    void everyListOfObjectsHasABound() {
        var unbounded = fields.stream()
                .filter(field -> isList(unwrapNonNull(field.type())))
                .filter(field -> unwrapAll(field.type()) instanceof GraphQLCompositeType)
                .filter(field -> directive(field, "listSize") == null && !isSizedFromAbove(field))
                .map(Field::name);
        assertThat(unbounded).isEmpty();

        var slicedByNothing = fields.stream()
                .filter(field -> directive(field, "listSize") != null)
                .filter(field -> words(field, "slicingArguments").stream()
                        .anyMatch(argument -> field.definition().getArgument(argument) == null))
                .map(Field::name);
        assertThat(slicedByNothing).isEmpty();
    }

    /** By its payload, so that one of many inputs costs as much as one alone. */
    @Test
    void everyChangeCostsTheSame() {
        var payloads = fields.stream()
                .filter(field -> field.parent().getName().equals("Mutation"))
                .map(field -> (GraphQLObjectType) unwrapAll(field.type()))
                .toList();

        assertThat(payloads).isNotEmpty().allSatisfy(type -> {
            var cost = Objects.requireNonNull(type.getAppliedDirective("cost"), type.getName());
            String weight = Objects.requireNonNull(cost.getArgument("weight")).getValue();
            assertThat(weight).as(type.getName()).isEqualTo("5");
        });
    }

    private static boolean isSizedFromAbove(Field list) {
        var ways = fields.stream()
                .filter(field -> unwrapAll(field.type()).equals(list.parent()))
                .toList();
        return !ways.isEmpty()
                && ways.stream()
                        .allMatch(way -> words(way, "sizedFields")
                                .contains(list.definition().getName()));
    }

    @Test
    void personalDataStandOnTypesThatNotEverybodyMaySee() {
        var personal =
                fields.stream().filter(field -> directive(field, "pii") != null).toList();

        assertThat(personal)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.parent())
                        .as(field.name())
                        .isInstanceOfSatisfying(
                                GraphQLObjectType.class,
                                type -> assertThat(type.hasAppliedDirective("auth"))
                                        .isTrue()));
    }

    private static @Nullable GraphQLAppliedDirective directive(Field field, String name) {
        return field.definition().getAppliedDirective(name);
    }

    private static List<String> words(Field field, String argument) {
        var listSize = directive(field, "listSize");
        if (listSize == null) {
            return List.of();
        }
        List<String> words =
                Objects.requireNonNull(listSize.getArgument(argument)).getValue();
        return Objects.requireNonNullElse(words, List.of());
    }

    private static <T> Stream<T> of(Class<T> kind) {
        return types.stream().filter(kind::isInstance).map(kind::cast);
    }
}
