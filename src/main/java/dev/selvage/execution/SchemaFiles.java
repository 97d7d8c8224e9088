package dev.selvage.execution;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The schema as it is written in {@code graphql/}. */
public final class SchemaFiles {
    private SchemaFiles() {}

    /** Whatever answers it. */
    public static GraphQLSchema read(RuntimeWiring wiring) {
        var definitions = new TypeDefinitionRegistry();
        var parser = new SchemaParser();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:graphql/*.graphqls")) {
                definitions.merge(parser.parse(file.getContentAsString(StandardCharsets.UTF_8)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new SchemaGenerator().makeExecutableSchema(definitions, wiring);
    }
}
