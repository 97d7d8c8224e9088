package dev.selvage.gateway;

import dev.selvage.execution.Answer;
import dev.selvage.execution.ExecutableDocument;
import dev.selvage.execution.Execution;
import dev.selvage.kernel.Operation;
import dev.selvage.kernel.Operations;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
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
    private static final String JSON = "application/json";
    private static final String GRAPHQL_RESPONSE = "application/graphql-response+json";
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final String SECONDS_TO_WAIT = "5";

    /** How a request ended, for the metrics. */
    private enum Outcome {
        EXECUTED,
        REFUSED,
        /** Nobody waited for the end. */
        LEFT
    }

    private final Callers callers;
    private final DocumentCache documents;
    private final Operations operations;
    private final Errors errors;
    private final Deadlines deadlines;
    private final Duration timeout;
    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

    /** @param timeout how long an operation may take, whatever it asks for */
    GraphQlEndpoint(
            Callers callers,
            DocumentCache documents,
            Operations operations,
            Errors errors,
            Deadlines deadlines,
            MeterRegistry metrics,
            @Value("${gateway.operation-timeout}") Duration timeout) {
        this.callers = callers;
        this.documents = documents;
        this.operations = operations;
        this.errors = errors;
        this.deadlines = deadlines;
        this.timeout = timeout;
        for (var outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("selvage.requests")
                            .description("GraphQL requests, from their headers to the end of their answer")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
    }

    @Override
    public void customize(NettyReactiveWebServerFactory server) {
        server.addRouteProviders(routes -> routes.route(GraphQlEndpoint::isOurs, this::handle));
    }

    private static boolean isOurs(HttpServerRequest request) {
        var uri = request.uri();
        return uri.startsWith(PATH) && (uri.length() == PATH.length() || uri.charAt(PATH.length()) == '?');
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        long began = System.nanoTime();
        var requestId = RequestId.of(request.requestHeaders().get(RequestId.HEADER));
        return answer(request, requestId)
                .onErrorResume(why -> !isGone(why), why -> Mono.just(refused(why)))
                .flatMap(answer ->
                        send(request, response, answer, requestId).doFinally(signal -> count(signal, answer, began)))
                // Nobody is there to be told, and a log that callers can fill helps nobody.
                .onErrorResume(GraphQlEndpoint::isGone, _ -> Mono.fromRunnable(() -> left(began)))
                .doOnCancel(() -> left(began));
    }

    private static boolean isGone(Throwable why) {
        return why instanceof AbortedException || AbortedException.isConnectionReset(why);
    }

    private void left(long began) {
        timer(Outcome.LEFT).record(Duration.ofNanos(System.nanoTime() - began));
    }

    private void count(SignalType signal, WireAnswer answer, long began) {
        if (signal == SignalType.ON_COMPLETE) {
            var outcome = answer.status() == 200 ? Outcome.EXECUTED : Outcome.REFUSED;
            timer(outcome).record(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Timer timer(Outcome outcome) {
        return Objects.requireNonNull(timers.get(outcome));
    }

    private Mono<WireAnswer> answer(HttpServerRequest request, String requestId) {
        if (!request.method().equals(HttpMethod.POST)) {
            var refusal = new Refusal(Code.BAD_REQUEST, "Send a POST with a JSON body.");
            return Mono.just(WireAnswer.of(405, errors.ofRequest(refusal), Map.of("allow", "POST")));
        }
        return callers.of(request.requestHeaders().getAll(HttpHeaderNames.AUTHORIZATION))
                .flatMap(caller -> isJson(request) ? post(request, caller, requestId) : Mono.just(notJson()));
    }

    private static boolean isJson(HttpServerRequest request) {
        var type = request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null
                && type.regionMatches(true, 0, JSON, 0, JSON.length())
                && (type.length() == JSON.length() || ";, ".indexOf(type.charAt(JSON.length())) >= 0);
    }

    private WireAnswer notJson() {
        var refusal = new Refusal(Code.BAD_REQUEST, "Send JSON, as `Content-Type: application/json`.");
        return WireAnswer.of(415, errors.ofRequest(refusal), Map.of());
    }

    private Mono<WireAnswer> post(HttpServerRequest request, Caller caller, String requestId) {
        return request.receive()
                .reduceWith(ByteArrayOutputStream::new, (body, part) -> {
                    if (body.size() + part.readableBytes() > MAX_BODY_BYTES) {
                        throw new BodyTooLong();
                    }
                    byte[] bytes = new byte[part.readableBytes()];
                    part.readBytes(bytes);
                    body.writeBytes(bytes);
                    return body;
                })
                .flatMap(body -> execute(RequestBody.read(body.toByteArray()), caller, requestId));
    }

    private static final class BodyTooLong extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        BodyTooLong() {
            super(null, null, false, false);
        }
    }

    private Mono<WireAnswer> execute(RequestBody body, Caller caller, String requestId) {
        var document = documents.get(body.document());
        if (!document.errors().isEmpty()) {
            return Mono.just(WireAnswer.of(
                    document.errors().stream().map(errors::ofDocument).toList()));
        }
        return Mono.create(waiting -> {
            var prepared = document.prepare(body.operationName(), body.values());
            var attempts = new Attempts(prepared, caller, requestId, waiting);
            var deadline = deadlines.after(timeout, () -> waiting.error(attempts.tookTooLong()));
            waiting.onDispose(() -> {
                deadline.cancel();
                attempts.end();
            });
            attempts.begin();
        });
    }

    /**
     * One operation, begun anew if it could not be done for a reason that passes: two changes that waited for each other, a
     * connection that was lost before the last word. Of what was begun nothing is left, and nothing has been answered.
     */
    private final class Attempts {
        private static final int MOST = 4;
        private static final int LONGEST_PAUSE_MILLIS = 60;

        private final ExecutableDocument.Prepared prepared;
        private final Caller caller;
        private final String requestId;
        private final MonoSink<WireAnswer> waiting;
        private int begun;
        private boolean ended;
        private @Nullable Operation operation;

        private Attempts(
                ExecutableDocument.Prepared prepared, Caller caller, String requestId, MonoSink<WireAnswer> waiting) {
            this.prepared = prepared;
            this.caller = caller;
            this.requestId = requestId;
            this.waiting = waiting;
        }

        private void begin() {
            var next = prepared.isMutation()
                    ? operations.beginToWrite(caller.viewer(), caller.origin(requestId, prepared.operationName()))
                    : operations.begin(caller.viewer());
            synchronized (this) {
                if (ended) {
                    return;
                }
                begun++;
                operation = next;
            }
            Execution.execute(prepared, next)
                    .subscribe(answer -> waiting.success(wire(answer, next)), why -> failed(next, why));
        }

        private void failed(Operation attempt, Throwable why) {
            boolean isLast = !prepared.isMutation() || begun == MOST || !attempt.mayBeRepeated();
            // Before its answer goes out: whoever reads the answer finds it counted.
            attempt.end();
            if (isLast) {
                waiting.error(why);
                return;
            }
            // Not at once, and not all at the same time: what was in the way goes on meanwhile.
            int pause = ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS);
            deadlines.after(Duration.ofMillis(pause), this::beginAgain);
        }

        private void beginAgain() {
            try {
                begin();
            } catch (RuntimeException why) {
                waiting.error(why);
            }
        }

        private synchronized Refusal tookTooLong() {
            // Ended first, so that what it says holds: from then on nothing is begun to be kept.
            end();
            return operation != null && operation.mayBeKept()
                    ? Operation.inDoubt()
                    : new Refusal(Code.TIMEOUT, "This took too long. Ask for less at once, or try again.");
        }

        private synchronized void end() {
            ended = true;
            if (operation != null) {
                operation.end();
            }
        }
    }

    private WireAnswer wire(Answer answer, Operation operation) {
        refuseHalf(operation);
        // Before its answer goes out: whoever reads the answer finds it counted.
        operation.end();
        return WireAnswer.of(answer, errors);
    }

    /** After a failed statement nothing more was read: half an answer would look like a whole one. */
    private static void refuseHalf(Operation operation) {
        var failure = operation.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private WireAnswer refused(Throwable why) {
        return switch (why) {
            case TokenRefused token
            when token.cannotTell() ->
                WireAnswer.of(
                        503,
                        new WireError(Code.SERVICE_UNAVAILABLE, token.sentence(), null, null),
                        Map.of("retry-after", SECONDS_TO_WAIT));
            case TokenRefused token ->
                WireAnswer.of(
                        401,
                        new WireError(Code.UNAUTHENTICATED, token.sentence(), null, null),
                        Map.of(
                                "www-authenticate",
                                "Bearer error=\"invalid_token\", error_description=\"" + token.sentence() + "\""));
            case BodyTooLong _ ->
                WireAnswer.of(
                        413,
                        new WireError(Code.LIMIT_EXCEEDED, "The body is longer than 256 KiB.", null, null),
                        Map.of());
            default -> WireAnswer.of(List.of(errors.ofRequest(why)));
        };
    }

    private static Mono<Void> send(
            HttpServerRequest request, HttpServerResponse response, WireAnswer answer, String requestId) {
        var accepts = request.requestHeaders().get(HttpHeaderNames.ACCEPT);
        boolean isDraft = accepts != null && accepts.contains(GRAPHQL_RESPONSE);
        // Only in the type that was made for it the status says that a request was not executed.
        int status = answer.status() != WireAnswer.NOT_EXECUTED ? answer.status() : isDraft ? 400 : 200;
        boolean isExecuted = status == 200;
        response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, isDraft || !isExecuted ? GRAPHQL_RESPONSE : JSON)
                .header(
                        HttpHeaderNames.CONTENT_LENGTH,
                        Integer.toString(answer.body().readableBytes()))
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.VARY, "Authorization")
                .header("x-content-type-options", "nosniff")
                .header(RequestId.HEADER, requestId);
        answer.headers().forEach(response::header);
        return response.sendObject(answer.body()).then();
    }
}
