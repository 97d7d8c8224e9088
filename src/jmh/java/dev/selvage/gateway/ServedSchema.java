package dev.selvage.gateway;

import dev.selvage.execution.DocumentLimits;
import dev.selvage.execution.ExecutableSchema;
import dev.selvage.kernel.Cursors;
import dev.selvage.kernel.Database;
import dev.selvage.kernel.SchemaWiring;
import dev.selvage.kernel.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.stereotype.Repository;

/** The schema with everything that answers it, and no database. */
public final class ServedSchema {
    /** Those of free text, as {@code application.yml} has them. */
    public static final DocumentLimits LIMITS = new DocumentLimits(262_144, 2_000, 15, 30, 20, 50, 50, 2_000, 5_000);

    private ServedSchema() {}

    public static ExecutableSchema load() {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "benchmark",
                        Map.of(
                                "gateway.currency", "USD",
                                "gateway.time-zone", "UTC",
                                "gateway.cursor-secret", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")));
        // Some of what is found by the way wants to ask the database when it is made.
        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        context.register(SchemaConfiguration.class, SchemaWiring.class, Database.class, Cursors.class);
        var domains = new ClassPathBeanDefinitionScanner(context, false);
        domains.addIncludeFilter(new AssignableTypeFilter(Wiring.class));
        domains.addIncludeFilter(new AnnotationTypeFilter(Repository.class));
        domains.scan("dev.selvage");
        context.refresh();
        return context.getBean(ExecutableSchema.class);
    }

    /** The text of one of the saved operations. */
    public static String document(String name) {
        try {
            return new ClassPathResource("graphql/documents/" + name + ".graphql")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
