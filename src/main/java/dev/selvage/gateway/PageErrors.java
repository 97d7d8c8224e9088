package dev.selvage.gateway;

import dev.selvage.kernel.Refusal.Code;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** What goes wrong beside {@code /graphql} is told in the same form as what goes wrong there. */
@Component
@Order(PageErrors.BEFORE_BOOTS_OWN)
class PageErrors implements WebExceptionHandler, ServerExchangeRejectedHandler {
    static final int BEFORE_BOOTS_OWN = -2;

    private static final Logger log = LoggerFactory.getLogger(PageErrors.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return failure instanceof ResponseStatusException refused
                ? send(exchange, refused.getStatusCode())
                : send(exchange, failure);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException rejected) {
        return send(exchange, HttpStatus.BAD_REQUEST);
    }

    private static Mono<Void> send(ServerWebExchange exchange, Throwable failure) {
        log.error("{} failed", exchange.getRequest().getPath(), failure);
        return send(exchange, HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static Mono<Void> send(ServerWebExchange exchange, HttpStatusCode status) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(new IllegalStateException("The answer has begun"));
        }
        response.setStatusCode(status);
        var headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setCacheControl("no-store");
        headers.set("x-content-type-options", "nosniff");
        var body = WireAnswer.json(List.of(error(status)));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static WireError error(HttpStatusCode status) {
        if (status.value() == HttpStatus.NOT_FOUND.value()) {
            return new WireError(
                    Code.NOT_FOUND, "There is nothing at this address. GraphQL is at `/graphql`.", null, null);
        }
        return status.is4xxClientError()
                ? new WireError(Code.BAD_REQUEST, "This request is not one that this address takes.", null, null)
                : new WireError(
                        Code.INTERNAL_SERVER_ERROR,
                        "Something went wrong here. Try again; if it stays, report it.",
                        null,
                        null);
    }
}
