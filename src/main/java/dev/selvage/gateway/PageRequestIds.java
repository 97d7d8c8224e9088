package dev.selvage.gateway;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** What is answered beside {@code /graphql} carries a request id, as the answers there do. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageRequestIds implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var sent = exchange.getRequest().getHeaders().getFirst(RequestId.HEADER);
        exchange.getResponse().getHeaders().set(RequestId.HEADER, RequestId.of(sent));
        return chain.filter(exchange);
    }
}
