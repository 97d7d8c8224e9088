package dev.selvage.support;

import dev.selvage.execution.ExecutableSchema;
import graphql.introspection.IntrospectionQueryBuilder;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.InputObjectTypeDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The schema from several sides, in one form, so that they can be compared. */
public final class Schema {
    private static final SchemaPrinter.Options WHOLE = SchemaPrinter.Options.defaultOptions()
            .includeScalarTypes(true)
            .includeDirectiveDefinitions(true)
            .includeDirectives(true);

    /** Introspection does not tell where directives are written. */
    private static final SchemaPrinter.Options TOLD =
            WHOLE.includeDirectives(name -> name.equals("deprecated") || name.equals("oneOf"));

    private Schema() {}

    /** What {@code graphql/*.graphqls} say. */
    public static TypeDefinitionRegistry ofFiles() {
        var definitions = new TypeDefinitionRegistry();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:graphql/*.graphqls")) {
                definitions.merge(new SchemaParser().parse(file.getContentAsString(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return definitions;
    }

    /** One that can be looked at, though it answers nothing. */
    public static GraphQLSchema of(TypeDefinitionRegistry definitions) {
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(definitions);
    }

    /** The whole schema, directives included. */
    public static String print(TypeDefinitionRegistry definitions) {
        return new SchemaPrinter(WHOLE).print(of(definitions));
    }

    /** As much of it as introspection tells. */
    public static String printTold(TypeDefinitionRegistry definitions) {
        return new SchemaPrinter(TOLD).print(of(definitions));
    }

    /** What the gateway tells this caller about its schema. */
    public static TypeDefinitionRegistry introspected(Caller caller) {
        var question = IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions()
                .specifiedByUrl(true)
                .isOneOf(true)
                .directiveIsRepeatable(true)
                .inputValueDeprecation(true));
        var answer = caller.query(question).ok().at();
        Map<String, Object> told = JsonMapper.shared().convertValue(answer, new TypeReference<>() {});
        var oneOf = answer.path("__schema")
                .path("types")
                .valueStream()
                .filter(type -> type.path("isOneOf").asBoolean(false))
                .map(type -> type.path("name").asString())
                .toList();
        var document = Document.newDocument();
        for (Definition<?> definition :
                new IntrospectionResultToSchema().createSchemaDefinition(told).getDefinitions()) {
            document.definition(withOneOf(definition, oneOf));
        }
        return new SchemaParser().buildRegistry(document.build());
    }

    /** The library forgets it. */
    private static Definition<?> withOneOf(Definition<?> definition, List<String> oneOf) {
        return definition instanceof InputObjectTypeDefinition input && oneOf.contains(input.getName())
                ? input.transform(builder -> builder.directive(new Directive("oneOf")))
                : definition;
    }

    /** The schema that answers. */
    public static GraphQLSchema running(Gateway gateway) {
        return gateway.bean(ExecutableSchema.class).schema();
    }
}
