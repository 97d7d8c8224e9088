package dev.selvage.kernel;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** How the driver is run. */
@Configuration(proxyBeanMethods = false)
class DriverConfiguration {
    /** On the HTTP server's threads: handing a request from one thread to another costs more than most of its steps. */
    @Bean
    ConnectionFactoryOptionsBuilderCustomizer sharedEventLoops(ReactorResourceFactory resources) {
        return options ->
                options.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, resources.getLoopResources());
    }
}
