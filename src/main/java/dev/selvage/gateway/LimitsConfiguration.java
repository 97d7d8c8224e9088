package dev.selvage.gateway;

import dev.selvage.execution.DocumentLimits;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads {@code gateway.limits}; one that is missing or not above zero stops the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class LimitsConfiguration {
    /** What documents are checked for that are to be published. */
    @Bean
    DocumentLimits publishedDocumentLimits(Limits limits) {
        return limits.published();
    }
}
