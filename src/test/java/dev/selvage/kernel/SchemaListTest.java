package dev.selvage.kernel;

import static graphql.schema.GraphQLTypeUtil.unwrapAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.selvage.support.Gateway;
import dev.selvage.support.Schema;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A list does what its arguments promise: a filter or a sort that its listing does not know would go unnoticed. */
class SchemaListTest {
    private static final GraphQLSchema schema = Schema.running(Gateway.running());

    /** A listing, and the type of its records. */
    record Declared(String type, Listing<?> listing) {
        @Override
        public String toString() {
            return type;
        }
    }

    static List<Declared> listings() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.selvage").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Listing.class)
                                && field.getModifiers().contains(JavaModifier.STATIC))
                        .map(SchemaListTest::declared)
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("listings")
    void everyFilterAndSortOfTheSchemaIsOneOfTheListing(Declared declared) {
        var pages = schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .flatMap(type -> ((GraphQLObjectType) type).getFieldDefinitions().stream())
                .filter(field -> unwrapAll(field.getType()).getName().equals(declared.type() + "Connection"))
                .toList();

        assertThat(pages).isNotEmpty().allSatisfy(page -> {
            assertThat(filters(page))
                    .containsExactlyInAnyOrderElementsOf(
                            declared.listing().filters().keySet());
            if (page.getArgument("sort") != null) {
                assertThat(sorts(page))
                        .containsExactlyElementsOf(declared.listing().sorts().keySet());
            }
        });
    }

    private static List<String> filters(GraphQLFieldDefinition page) {
        if (page.getArgument("filter") == null) {
            return List.of();
        }
        return ((GraphQLInputObjectType) type(page.getArgument("filter")))
                .getFields().stream().map(GraphQLInputObjectField::getName).toList();
    }

    private static List<String> sorts(GraphQLFieldDefinition page) {
        var sort = (GraphQLInputObjectType) type(page.getArgument("sort"));
        return ((GraphQLEnumType) unwrapAll(sort.getField("field").getType()))
                .getValues().stream().map(GraphQLEnumValueDefinition::getName).toList();
    }

    private static GraphQLNamedType type(GraphQLArgument argument) {
        return unwrapAll(Objects.requireNonNull(argument).getType());
    }

    private static Declared declared(JavaField field) {
        try {
            var found = field.reflect();
            found.setAccessible(true);
            var of = ((ParameterizedType) found.getGenericType()).getActualTypeArguments()[0];
            return new Declared(((Class<?>) of).getSimpleName(), (Listing<?>) Objects.requireNonNull(found.get(null)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
