package dev.selvage.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The page to try the gateway with, at {@code /graphiql}. Everything it needs comes from here. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.graphiql.enabled")
class GraphiQl {
    /** Nothing from elsewhere, and nothing inline but the editor's styles and images. A worker takes it from its script's answer. */
    private static final String CONTENT_SECURITY_POLICY = """
            default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
            font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
            frame-ancestors 'none'""";

    private static final ClassPathResource PAGE = new ClassPathResource("static/graphiql/index.html");

    /** An operation the page offers. */
    private record SavedOperation(String name, String query) {}

    /** @param personas whether {@code /dev/token} answers */
    private record Settings(boolean personas, List<SavedOperation> operations) {}

    @Bean
    RouterFunction<ServerResponse> graphiQlPage(@Value("${gateway.graphiql.personas:false}") boolean personas)
            throws IOException {
        var settings = new Settings(personas, savedOperations());
        return RouterFunctions.route(
                        GET("/graphiql").or(GET("/graphiql/")),
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.TEXT_HTML)
                                .cacheControl(CacheControl.noCache())
                                .bodyValue(PAGE))
                .andRoute(
                        GET("/graphiql/settings.json"),
                        _ -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(settings))
                .and(RouterFunctions.resources("/graphiql/**", new ClassPathResource("static/graphiql/")))
                .filter((request, next) -> {
                    request.exchange()
                            .getResponse()
                            .getHeaders()
                            .set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
                    return next.handle(request);
                });
    }

    private static List<SavedOperation> savedOperations() throws IOException {
        var operations = new ArrayList<SavedOperation>();
        for (var file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:graphql/documents/*.graphql")) {
            var name = Objects.requireNonNull(file.getFilename()).replace(".graphql", "");
            operations.add(new SavedOperation(name, file.getContentAsString(StandardCharsets.UTF_8)));
        }
        operations.sort(Comparator.comparing(SavedOperation::name));
        return operations;
    }
}
