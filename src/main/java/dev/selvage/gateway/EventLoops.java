package dev.selvage.gateway;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** The threads that everything runs on: HTTP, the database's connections, and what is done between them. */
@Configuration(proxyBeanMethods = false)
class EventLoops {
    /**
     * One for each processor, where there would be four at least: with more of them than processors, a request is handed from
     * thread to thread oftener, and each time one of them has to be woken. They belong to this gateway alone, not to all
     * of a JVM.
     */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(
                () -> LoopResources.create("selvage", Runtime.getRuntime().availableProcessors(), true));
        return resources;
    }
}
