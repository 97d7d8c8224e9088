package dev.selvage.gateway;

import dev.selvage.execution.ExecutableSchema;
import dev.selvage.kernel.SchemaWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Joins the schema files in {@code graphql/} with what answers them. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    ExecutableSchema executableSchema(SchemaWiring wiring) throws IOException {
        var schema = new SchemaGenerator().makeExecutableSchema(definitions(), wiring.runtimeWiring());
        return new ExecutableSchema(schema, wiring);
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
