package dev.selvage.gateway;

import dev.selvage.execution.DocumentLimits;
import dev.selvage.execution.ExecutableSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.stereotype.Component;

/** The schema with everything that answers it, and no database. */
public final class ServedSchema {
    /** Those of free text, as {@code application.yml} has them. */
    public static final DocumentLimits LIMITS = new DocumentLimits(262_144, 2_000, 15, 30, 20, 50, 50, 2_000, 5_000);

    /** What looks at the database first of all, and what brings one along. */
    private static final Pattern ITS_START = Pattern.compile("dev\\.selvage\\.([A-Z]\\w*|local\\..*)");

    private ServedSchema() {}

    public static ExecutableSchema load() {
        var context = new AnnotationConfigApplicationContext();
        new ConfigDataApplicationContextInitializer().initialize(context);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "benchmark", Map.of("gateway.cursor-secret", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        // Some of what is found by the way wants to ask the database when it is made.
        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        var domains = new ClassPathBeanDefinitionScanner(context, false);
        domains.addIncludeFilter(new AnnotationTypeFilter(Component.class));
        domains.addExcludeFilter(new RegexPatternTypeFilter(ITS_START));
        context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
        // Which nobody connects to.
        context.registerBean(
                ConnectionFactory.class, () -> ConnectionFactories.get("r2dbc:postgresql://nobody@localhost/none"));
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
