package dev.selvage.gateway;

import dev.selvage.kernel.Authorization;
import dev.selvage.kernel.SchemaWiring;
import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.graphql.execution.GraphQlSource;

/** Makes the engine of the schema files in {@code graphql/} and the domains' wiring. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    GraphQlSource graphQlSource(SchemaWiring wiring, DocumentCache documents, Errors errors) throws IOException {
        var schema =
                Authorization.guard(new SchemaGenerator().makeExecutableSchema(definitions(), wiring.runtimeWiring()));
        var engine = GraphQL.newGraphQL(schema)
                .preparsedDocumentProvider(documents)
                .defaultDataFetcherExceptionHandler(errors)
                .build();
        return new GraphQlSource() {
            @Override
            public GraphQL graphQl() {
                return engine;
            }

            @Override
            public GraphQLSchema schema() {
                return schema;
            }
        };
    }

    private static TypeDefinitionRegistry definitions() throws IOException {
        var definitions = new TypeDefinitionRegistry();
        var parser = new SchemaParser();
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:graphql/*.graphqls")) {
            definitions.merge(parser.parse(file.getContentAsString(StandardCharsets.UTF_8)));
        }
        return definitions;
    }
}
