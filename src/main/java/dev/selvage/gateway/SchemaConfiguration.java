package dev.selvage.gateway;

import dev.selvage.execution.ExecutableSchema;
import dev.selvage.execution.SchemaFiles;
import dev.selvage.kernel.SchemaWiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the schema files in {@code graphql/} with what answers them. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    ExecutableSchema executableSchema(SchemaWiring wiring) {
        return new ExecutableSchema(SchemaFiles.read(SchemaWiring.runtimeWiring()), wiring);
    }
}
