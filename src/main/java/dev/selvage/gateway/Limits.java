package dev.selvage.gateway;

import dev.selvage.execution.DocumentLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How large documents may be.
 *
 * @param freeText those that come with their request
 * @param published those that were looked at before anybody asked for them
 */
@ConfigurationProperties("gateway.limits")
record Limits(DocumentLimits freeText, DocumentLimits published) {}
