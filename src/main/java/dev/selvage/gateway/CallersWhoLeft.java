package dev.selvage.gateway;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Nobody is there to be told that a connection was closed under an answer, and a log that callers can fill helps nobody. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CallersWhoLeft implements WebExceptionHandler {
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return AbortedException.isConnectionReset(failure) ? Mono.empty() : Mono.error(failure);
    }
}
