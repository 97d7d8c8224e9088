package dev.selvage.gateway;

import dev.selvage.gateway.RequestMetrics.Outcome;
import dev.selvage.kernel.Refusal.Code;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * {@code /graphql}: each request is one operation of its caller, ended with the answer, an error or the caller's leaving.
 *
 * <p>It is answered by the HTTP server itself, ahead of WebFlux and its filters: those took more time than everything else
 * about a request for one record.
 */
@Component
class GraphQlEndpoint implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private static final String PATH = "/graphql";
    private static final String METHODS = "GET, POST, OPTIONS";

    private final CrossSite crossSite;
    private final RequestContent content;
    private final Callers callers;
    private final CallerAddresses addresses;
    private final RequestExecution executions;
    private final RefusedAnswers refused;
    private final RequestMetrics metrics;

    GraphQlEndpoint(
            CrossSite crossSite,
            RequestContent content,
            Callers callers,
            CallerAddresses addresses,
            RequestExecution executions,
            RefusedAnswers refused,
            RequestMetrics metrics) {
        this.crossSite = crossSite;
        this.content = content;
        this.callers = callers;
        this.addresses = addresses;
        this.executions = executions;
        this.refused = refused;
        this.metrics = metrics;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory server) {
        server.addRouteProviders(routes -> routes.route(request -> RequestLine.isOf(PATH, request.uri()), this::handle)
                // WebFlux would say nothing but 400.
                .route(request -> !RequestLine.isAddress(request.uri()), GraphQlEndpoint::refuseAddress));
    }

    private static Publisher<Void> refuseAddress(HttpServerRequest request, HttpServerResponse response) {
        return new AnswerSender(response, Trace.of(request.requestHeaders()), AnswerType.JSON, Map.of())
                .send(RefusedAnswers.of(400, "The address is not encoded as addresses are.", Map.of()));
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        long began = System.nanoTime();
        var headers = request.requestHeaders();
        var trace = Trace.of(headers);
        var type = AnswerType.accepted(headers.get(HttpHeaderNames.ACCEPT));
        var sender = new AnswerSender(
                response, trace, type == null ? AnswerType.GRAPHQL_RESPONSE : type, crossSite.answerHeaders(headers));
        return answer(request, sender, type != null)
                .onErrorResume(why -> !isGone(why), why -> Mono.just(trace.with(() -> refused.of(why, content))))
                .flatMap(answer -> sender.send(answer).doFinally(signal -> count(signal, answer, began)))
                // Nobody is there to be told, and a log that callers can fill helps nobody.
                .onErrorResume(GraphQlEndpoint::isGone, _ -> Mono.fromRunnable(() -> left(began)))
                .doOnCancel(() -> left(began));
    }

    private static boolean isGone(Throwable why) {
        return why instanceof AbortedException || AbortedException.isConnectionReset(why);
    }

    private static boolean isRefused(WireAnswer answer) {
        return answer.status() >= 400 || answer.codes().contains(Code.PERSISTED_QUERY_NOT_FOUND);
    }

    private void left(long began) {
        metrics.ended(Outcome.LEFT, System.nanoTime() - began);
    }

    private void count(SignalType signal, WireAnswer answer, long began) {
        if (signal == SignalType.ON_COMPLETE) {
            metrics.answered(answer.codes());
            metrics.ended(isRefused(answer) ? Outcome.REFUSED : Outcome.EXECUTED, System.nanoTime() - began);
        }
    }

    private Mono<WireAnswer> answer(HttpServerRequest request, AnswerSender sender, boolean isAcceptable) {
        var headers = request.requestHeaders();
        if (!sender.isOfOurSites()) {
            return Mono.just(refused.of(CrossSite.refusal(), content));
        }
        var method = request.method();
        if (method.equals(HttpMethod.OPTIONS)) {
            return Mono.just(WireAnswer.empty(
                    204, CrossSite.isPreflight(headers) ? CrossSite.preflightHeaders() : Map.of("allow", METHODS)));
        }
        if (!isAcceptable) {
            return Mono.just(RefusedAnswers.of(
                    406, "Accept `application/graphql-response+json` or `application/json`.", Map.of()));
        }
        boolean isPost = method.equals(HttpMethod.POST);
        if (!isPost && !method.equals(HttpMethod.GET)) {
            return Mono.just(
                    RefusedAnswers.of(405, "Send a POST with a JSON body, or a GET.", Map.of("allow", METHODS)));
        }
        var refusal = isPost ? content.refusal(headers) : null;
        if (refusal != null) {
            return Mono.just(refusal);
        }
        return callers.of(headers.getAll(HttpHeaderNames.AUTHORIZATION))
                .map(caller -> Call.of(caller, request, sender.trace(), addresses))
                .flatMap(call -> isPost
                        ? content.read(request)
                                .flatMap(body ->
                                        executions.execute(RequestReader.read(body), call.withBody(body.length)))
                        : executions.execute(RequestReader.read(request.uri()), call));
    }
}
